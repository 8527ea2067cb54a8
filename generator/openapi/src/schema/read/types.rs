//! `type`, with `nullable` and the `format` that belongs to it. An unknown name is read as the type that it must have meant, or as any
//! value.

use serde_json::{Map, Value, json};

use super::Reader;
use crate::diagnostics::{Diagnostic, Mend, Severity, codes};
use crate::document::{Node, Version, kind_of};
use crate::formats::{self, Rust};
use crate::pointer::get;
use crate::schema::{JsonType, Schema};
use crate::similar::nearest;

impl Reader<'_, '_> {
    pub(super) fn types<'m>(&mut self, members: &'m Map<String, Value>, schema: &mut Schema<'m>) {
        let at = self.node.join("type");
        match get(members, "type") {
            Some(Value::Array(types)) => {
                if self.document.version() == Version::V30 {
                    let message = "a list of types needs OpenAPI 3.1, but the document says 3.0".to_owned();
                    let diagnostic = self.document.diagnostic(Severity::Error, codes::TYPE_LIST, message, &at);
                    let diagnostic = diagnostic.help("use `nullable` or `anyOf`, or say `openapi: 3.1.1`");
                    self.out.push(self.one_of(diagnostic));
                }
                if types.is_empty() {
                    let message = "`type` lists no type".to_owned();
                    self.error(codes::WRONG_KIND, message, &at, "list the types, or remove `type`");
                }
                for (index, value) in types.iter().enumerate() {
                    self.one_type(value, &at.join(index), schema);
                }
            }
            Some(value) => self.one_type(value, &at, schema),
            None => {}
        }
        schema.only_null = schema.nullable && schema.types.is_empty();
        schema.nullable |= self.flag(members, "nullable");
        let format = self.text(members, "format").filter(|format| !format.is_empty());
        schema.format = format.or(schema.format);
        if let Some(format) = &schema.format
            && let Some(known) = formats::named(format).filter(|known| known.makes_a_type())
            && !schema.types.is_empty()
            && !schema
                .types
                .iter()
                .any(|ty| known.types.contains(ty) || (*ty == JsonType::Array && matches!(known.rust, Rust::Secret)))
        {
            let message = format!("the format `{format}` is of another type: it is ignored");
            let diagnostic = self.document.diagnostic(
                Severity::Warning,
                codes::UNFITTING_FORMAT,
                message,
                &self.node.join("format"),
            );
            self.out.push(diagnostic.help("remove the format, or change the `type`"));
        }
    }

    fn one_type(&mut self, value: &Value, at: &Node, schema: &mut Schema<'_>) {
        if value.is_null() {
            let message = "`null` without quotes is not the name of a type: read as the type `null`".to_owned();
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPAIRED, message, at);
            let diagnostic = diagnostic.help("put it in quotes, as in `type: [string, 'null']`");
            self.out.push(match self.document.version() {
                Version::V30 => self.one_of(diagnostic),
                _ => self.document.mended(diagnostic, at, Mend::Write("null".into())),
            });
            schema.nullable = true;
            return;
        }
        let Some(name) = value.as_str() else {
            let message = format!("`type` must be a string, found {}", kind_of(value));
            self.error(codes::WRONG_KIND, message, at, "write one of string, number, integer, boolean, array, object");
            return;
        };
        let known = match name {
            "string" => Some(JsonType::String),
            "number" => Some(JsonType::Number),
            "integer" => Some(JsonType::Integer),
            "boolean" => Some(JsonType::Boolean),
            "array" => Some(JsonType::Array),
            "object" => Some(JsonType::Object),
            "null" => {
                if self.document.version() == Version::V30 {
                    let message = "the type `null` needs OpenAPI 3.1; read as `nullable: true`".to_owned();
                    let diagnostic = self.document.diagnostic(Severity::Warning, codes::NULL_TYPE, message, at);
                    self.out.push(self.one_of(diagnostic));
                }
                schema.nullable = true;
                return;
            }
            // A type of Swagger 2.0.
            "file" => {
                let message = "`file` is not a type of JSON: read as a `string` of the format `binary`".to_owned();
                self.warn(codes::REPAIRED, message, at);
                schema.format = Some("binary");
                Some(JsonType::String)
            }
            _ => self.misspelt_type(name, at, schema),
        };
        schema.types.extend(known);
    }

    /// A message about a list of types in 3.0, with the correction if the list has one type besides `null`.
    fn one_of(&self, diagnostic: Diagnostic) -> Diagnostic {
        let types = self.document.value(&self.node.join("type")).and_then(Value::as_array);
        let (null, named): (Vec<&Value>, Vec<&Value>) = types.into_iter().flatten().partition(|ty| is_null_type(ty));
        let [only] = named.as_slice() else { return diagnostic };
        let mut members = Map::from_iter([("type".to_owned(), (*only).clone())]);
        if !null.is_empty() {
            members.insert("nullable".to_owned(), Value::Bool(true));
        }
        self.document.mended(diagnostic, self.node, Mend::Merge(Value::Object(members)))
    }

    /// The type that an unknown name is read as. `None` if it is read as any value. A name of a format is read as a string of the format.
    fn misspelt_type(&mut self, name: &str, at: &Node, schema: &mut Schema<'_>) -> Option<JsonType> {
        let is_alone = *at == self.node.join("type") && self.document.value(&self.node.join("format")).is_none();
        let format = meant_format(name).filter(|_| is_alone);
        let guess = another_language(name);
        let mut meant = guess.or_else(|| meant_type(name));
        let spelt = meant.map(|(_, spelt)| spelt).or_else(|| nearest(name, TYPES.iter().copied()));
        let (severity, code, result) = match (guess, spelt, format) {
            (Some((_, spelt)), ..) => (Severity::Warning, codes::REPAIRED, format!(": read as `{spelt}`")),
            (None, Some(_), _) => (Severity::Error, codes::UNKNOWN_TYPE, String::new()),
            (None, None, Some(format)) => {
                (schema.format, meant) = (Some(format), Some((JsonType::String, "string")));
                (Severity::Warning, codes::REPAIRED, format!(": read as a `string` of the format `{format}`"))
            }
            (None, None, None) => (Severity::Warning, codes::REPAIRED, ": read as any value".to_owned()),
        };
        let message = format!("`{name}` is not a type of JSON{result}");
        let diagnostic = self.document.diagnostic(severity, code, message, at);
        self.out.push(match (format, spelt) {
            (Some(format), _) => self.formatted(diagnostic, format),
            (None, None) => diagnostic.help(format!("write one of {}", TYPES.join(", "))),
            (None, Some(spelt)) => {
                let diagnostic = match severity {
                    Severity::Error => diagnostic.help(format!("did you mean `{spelt}`?")),
                    _ => diagnostic,
                };
                self.document.mended(diagnostic, at, Mend::Write(spelt.into()))
            }
        });
        meant.map(|(meant, _)| meant)
    }

    /// Adds the help to write a string with a format, because the format was written as a type.
    fn formatted(&self, diagnostic: Diagnostic, format: &str) -> Diagnostic {
        let diagnostic = diagnostic.help(format!("write `type: string, format: {format}`"));
        let members = json!({"type": "string", "format": format});
        self.document.mended(diagnostic, self.node, Mend::Merge(members))
    }
}

const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

/// The type that is meant by a name from another language, or by a name with other capitals or a stray sign.
fn another_language(name: &str) -> Option<(JsonType, &'static str)> {
    let bare = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    Some(match bare.as_str() {
        "string" | "str" | "text" | "uuid" => (JsonType::String, "string"),
        "integer" | "int" | "int32" | "int64" | "long" => (JsonType::Integer, "integer"),
        "number" | "float" | "double" => (JsonType::Number, "number"),
        "boolean" | "bool" => (JsonType::Boolean, "boolean"),
        "array" => (JsonType::Array, "array"),
        "object" => (JsonType::Object, "object"),
        _ => return None,
    })
}

/// The format of strings that a name of a type is meant for.
fn meant_format(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let format = formats::named(if name == "datetime" { "date-time" } else { &name })?;
    let may_be_string = meant_type(&name).is_none_or(|(ty, _)| ty == JsonType::String);
    (format.types == [JsonType::String] && may_be_string).then(|| format.name())
}

/// The nearest safe type for a name that may have meant several.
fn meant_type(name: &str) -> Option<(JsonType, &'static str)> {
    Some(match name {
        "date" | "datetime" | "date-time" | "ipv4" | "char" | "enum" => (JsonType::String, "string"),
        "timestamp" => (JsonType::Integer, "integer"),
        "decimal" | "numeric" => (JsonType::Number, "number"),
        "list" => (JsonType::Array, "array"),
        "dict" | "map" | "json" => (JsonType::Object, "object"),
        _ => return None,
    })
}

fn is_null_type(ty: &Value) -> bool {
    ty.is_null() || ty.as_str() == Some("null")
}
