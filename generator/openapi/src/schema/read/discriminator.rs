//! Reading a `discriminator`: the property that tells alternatives apart, and what its values select.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Reader;
use crate::diagnostics::codes;
use crate::document::{Node, kind_of};
use crate::pointer::get;
use crate::schema::Discriminator;

impl Reader<'_, '_> {
    pub(super) fn discriminator(&mut self, members: &Map<String, Value>) -> Option<Discriminator> {
        let value = get(members, "discriminator")?;
        let at = self.node.join("discriminator");
        // Swagger 2.0 had the property's name itself there.
        if let Value::String(property) = value {
            let message = "`discriminator` must be an object: read as `propertyName`".to_owned();
            self.warn(codes::REPAIRED, message, &at);
            return Some(Discriminator { property: property.clone(), mapping: Arc::default(), default: None });
        }
        let Some(property) = value.get("propertyName").and_then(Value::as_str) else {
            let message = "`discriminator` must have a `propertyName`".to_owned();
            self.error(codes::MISSING_MEMBER, message, &at, "name the property that tells the alternatives apart");
            return None;
        };
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !["propertyName", "mapping", "defaultMapping"].contains(&key.as_str()) && !key.starts_with("x-") {
                let message = format!("`{key}` of a discriminator is not honoured");
                self.warn_key(codes::UNHONOURED_KEYWORD, message, &at.join(key));
            }
        }
        let mapping = self.mapping(value.get("mapping"), &at.join("mapping"));
        let default = value.get("defaultMapping").and_then(Value::as_str).map(str::to_owned);
        Some(Discriminator { property: property.to_owned(), mapping: mapping.into(), default })
    }

    /// The values of a discriminator with what they select (OpenAPI 3.1.1, 4.8.25).
    fn mapping(&mut self, value: Option<&Value>, at: &Node) -> Vec<(String, String)> {
        let targets = match value {
            Some(Value::Object(targets)) => targets,
            Some(Value::Null) | None => return Vec::new(),
            Some(other) => {
                let message = format!("the `mapping` of a discriminator must be an object, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, at, "write each value of the property with its schema's name");
                return Vec::new();
            }
        };
        let mut mapping = Vec::new();
        for (tag, target) in targets {
            match target.as_str() {
                Some(target) => mapping.push((tag.clone(), target.to_owned())),
                None => {
                    let found = kind_of(target);
                    let message = format!("a discriminator must map `{tag}` to the name of a schema, found {found}");
                    let help = "write a name or a reference, as in `'#/components/schemas/Cat'`";
                    self.error(codes::DISCRIMINATOR_TARGET, message, &at.join(tag), help);
                }
            }
        }
        mapping
    }
}
