//! Reading a schema's keywords, each of the kind it must have.

mod discriminator;
mod types;
mod value_texts;

use serde_json::{Map, Value, json};

use super::{Additional, JsonType, Schema, bounds, keywords, plausible};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Mend, Severity, codes};
use crate::document::{Document, Node, Version, kind_of};
use crate::limits::MAX_COMPARED_VALUES;
use crate::pointer::get;
use crate::similar::nearest;

/// The schema at a node. Keywords that cannot be read are reported and left out.
pub(super) fn read<'d>(document: &'d Document, node: &Node, out: &mut Diagnostics) -> Schema<'d> {
    let mut reader = Reader { document, node, out };
    let raw = document.value(node);
    let schema = Schema::empty(node.clone(), raw.unwrap_or(&Value::Null));
    match raw {
        Some(Value::Bool(boolean)) => {
            if document.version() == Version::V30 {
                reader.warn(
                    codes::BOOLEAN_SCHEMA,
                    "a boolean schema needs OpenAPI 3.1; it is read all the same".to_owned(),
                    node,
                );
            }
            Schema { boolean: Some(*boolean), ..schema }
        }
        Some(Value::Object(members)) => reader.members(members, schema),
        Some(other) => {
            let message = format!("a schema must be an object, found {}", kind_of(other));
            reader.error(codes::WRONG_KIND, message, node, "write a schema, `{}` for any value");
            schema
        }
        None => schema,
    }
}

struct Reader<'d, 'o> {
    document: &'d Document,
    node: &'d Node,
    out: &'o mut Diagnostics,
}

impl Reader<'_, '_> {
    fn members<'d>(&mut self, members: &'d Map<String, Value>, mut schema: Schema<'d>) -> Schema<'d> {
        self.reference(members, &mut schema);
        self.types(members, &mut schema);
        self.values(members, &mut schema);
        self.object(members, &mut schema);
        self.array(members, &mut schema);
        schema.all_of = self.nodes(members, "allOf");
        schema.one_of = self.nodes(members, "oneOf");
        schema.any_of = self.nodes(members, "anyOf");
        schema.discriminator = self.discriminator(members);
        self.words(members, &mut schema);
        self.extensions(members, &mut schema);
        schema.bounds = bounds::read(members);
        self.leftovers(members);
        for (keyword, message) in plausible::faults(&schema) {
            let at = keyword.split('/').fold(self.node.clone(), |node, segment| node.join(segment));
            self.warn(codes::IMPLAUSIBLE, message, &at);
        }
        schema
    }

    fn reference(&mut self, members: &Map<String, Value>, schema: &mut Schema<'_>) {
        for key in ["$ref", "$dynamicRef"] {
            match get(members, key) {
                Some(Value::String(text)) if key == "$dynamicRef" && self.document.is_ambiguous(self.node, text) => {
                    let message = format!("several schemas have the `$dynamicAnchor` of `{text}`: read as any JSON");
                    self.warn(codes::UNHONOURED_KEYWORD, message, &self.node.join(key));
                }
                Some(Value::String(_)) if schema.reference.is_some() => {
                    let message = format!("`{key}` beside `$ref` is not honoured");
                    self.warn_key(codes::UNHONOURED_KEYWORD, message, &self.node.join(key));
                }
                Some(Value::String(text)) => {
                    schema.reference = self.names_a_schema(text, &self.node.join(key)).then(|| text.clone());
                }
                Some(other) => {
                    let message = format!("the reference `{key}` must be text, found {}", kind_of(other));
                    self.error(
                        codes::REFERENCE_NOT_TEXT,
                        message,
                        &self.node.join(key),
                        "write a reference, as in `'#/components/schemas/Pet'`",
                    );
                }
                None => {}
            }
        }
        if schema.reference.is_some() && members.len() > 1 && self.document.version() == Version::V30 {
            self.beside_reference(members);
        }
    }

    /// Reports what is beside a reference in 3.0, where it has no effect.
    fn beside_reference(&mut self, members: &Map<String, Value>) {
        let lost = keywords::LOST_BESIDE_REFERENCE.iter().filter(|key| members.contains_key(**key));
        let lost = lost.map(|key| (key, Severity::Warning, format!("`{key}` beside `$ref` is ignored")));
        let kept = keywords::KEPT_BESIDE_REFERENCE.iter().filter(|key| members.get(**key) == Some(&Value::Bool(true)));
        let kept = kept.map(|key| {
            (key, Severity::Note, format!("`{key}` beside `$ref` is honoured, although it has no effect in 3.0"))
        });
        for (key, severity, message) in lost.chain(kept) {
            let diagnostic = self.document.diagnostic(severity, codes::BESIDE_REFERENCE, message, &self.node.join(key));
            // A correction may remove only what is ignored.
            let mend = diagnostic.mend.clone().filter(|_| severity == Severity::Warning);
            let diagnostic = Diagnostic { mend, ..diagnostic };
            self.out.push(diagnostic.about_key().help("write both as elements of an `allOf`"));
        }
    }

    /// Whether a reference may be followed. Reports a target that is not a schema. A missing target is allowed here.
    fn names_a_schema(&mut self, reference: &str, at: &Node) -> bool {
        let Ok(target) = self.document.target(self.node, reference) else { return true };
        let value = self.document.value(&target);
        let kind = match (self.document.other_than_schema(&target), value) {
            (Some(kind), _) => format!("of the kind `{kind}`"),
            (None, Some(value)) if !value.is_object() && !value.is_boolean() => kind_of(value).to_owned(),
            (None, _) => return true,
        };
        let message = format!("this reference must name a schema, but `{}` is {kind}", target.pointer);
        self.error(codes::REFERENCE_KIND, message, at, "refer to a schema, or write it here");
        false
    }

    fn values<'d>(&mut self, members: &'d Map<String, Value>, schema: &mut Schema<'d>) {
        schema.constant = get(members, "const");
        let at = self.node.join("const");
        schema.constant.into_iter().for_each(|value| self.check_listed(value, &at, &schema.types));
        let at = self.node.join("enum");
        match get(members, "enum") {
            Some(Value::Array(values)) if values.is_empty() => {
                let message = "`enum` lists no value: read as if it were not there".to_owned();
                self.advise(codes::EMPTY_ENUM, message, &at, "list the values, or remove `enum`");
            }
            Some(Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    if values.iter().take(index.min(MAX_COMPARED_VALUES)).any(|earlier| earlier == value) {
                        let message = format!("the value {} is listed twice", shown(value));
                        self.warn(codes::DUPLICATE_ENUM_VALUE, message, &at.join(index));
                    }
                }
                for (index, value) in values.iter().enumerate() {
                    self.check_listed(value, &at.join(index), &schema.types);
                }
                schema.enumeration = Some(values);
            }
            Some(Value::Null) => self.warn(codes::REPAIRED, "`enum` is null: read as absent".to_owned(), &at),
            Some(other) => {
                let message = format!("`enum` must be a list, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, &at, "write the values as a list");
            }
            None => {}
        }
    }

    /// Reports a text that is listed among integers. [`EffectiveSchema::listed`](super::EffectiveSchema::listed) gives the integer instead.
    fn check_listed(&mut self, value: &Value, at: &Node, types: &[JsonType]) {
        let integer = value.as_str().and_then(|text| text.parse::<i64>().ok());
        if let Some(integer) = integer.filter(|_| types == [JsonType::Integer]) {
            let message = format!("{value} is listed, but the type is integer: read as {integer}");
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPAIRED, message, at);
            let mend = Mend::Write(Value::from(integer));
            self.out.push(self.document.mended(diagnostic.help("remove the quotes"), at, mend));
        }
    }

    fn object(&mut self, members: &Map<String, Value>, schema: &mut Schema<'_>) {
        schema.properties = self.named_nodes(members, "properties");
        schema.patterns = self.named_nodes(members, "patternProperties");
        let at = self.node.join("required");
        match get(members, "required") {
            Some(Value::Array(names)) => {
                for (index, name) in names.iter().enumerate() {
                    match name {
                        Value::String(name) => schema.required.push(name.clone()),
                        other => {
                            let message = format!("`required` lists names of properties, found {}", kind_of(other));
                            self.error(
                                codes::WRONG_KIND,
                                message,
                                &at.join(index),
                                "write the name of a property, in quotes",
                            );
                        }
                    }
                }
            }
            Some(Value::Bool(required)) => {
                let state = if *required { "required" } else { "optional" };
                let message =
                    format!("`required` belongs to the schema of the object, as a list: this member is {state}");
                self.warn(codes::REPAIRED, message, &at);
                schema.required_here = *required;
            }
            Some(Value::String(name)) => {
                let message = format!("`required` must be a list of names, found a string: read as `[{name}]`");
                let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPAIRED, message, &at);
                self.out.push(self.document.mended(diagnostic, &at, Mend::Write(json!([name]))));
                schema.required.push(name.clone());
            }
            Some(Value::Null) | None => {}
            Some(other) => {
                let message = format!("`required` must be a list of names, found {}", kind_of(other));
                self.warn(codes::REPAIRED, message + ": read as absent", &at);
            }
        }
        let at = self.node.join("additionalProperties");
        schema.additional = match get(members, "additionalProperties") {
            None => Additional::Unspecified,
            Some(Value::Bool(false)) => Additional::Forbidden,
            Some(Value::Bool(true)) => Additional::Any,
            Some(Value::Object(members)) if members.is_empty() => Additional::Any,
            Some(Value::Object(_)) => Additional::Schema(at),
            Some(other) => {
                let message = format!("`additionalProperties` must be a schema or a boolean, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, &at, "write a schema, or `true` for any member");
                Additional::Unspecified
            }
        };
    }

    fn array(&mut self, members: &Map<String, Value>, schema: &mut Schema<'_>) {
        schema.prefix_items = self.nodes(members, "prefixItems");
        let at = self.node.join("items");
        match get(members, "items") {
            Some(Value::Object(_) | Value::Bool(_)) => schema.items = Some(at),
            Some(Value::Array(elements)) if elements.len() == 1 => {
                self.warn(codes::REPAIRED, "`items` is a list of one schema: read as that schema".to_owned(), &at);
                schema.items = Some(at.join(0));
            }
            Some(Value::Array(elements)) => {
                self.warn(
                    codes::REPAIRED,
                    "a list of `items` is `prefixItems` in OpenAPI 3.1: read as that".to_owned(),
                    &at,
                );
                schema.prefix_items = (0..elements.len()).map(|index| at.join(index)).collect();
            }
            Some(Value::Null) | None => {}
            Some(other) => {
                let message = format!("`items` must be a schema, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, &at, "write a schema, `{}` for any value");
            }
        }
    }

    fn words<'m>(&mut self, members: &'m Map<String, Value>, schema: &mut Schema<'m>) {
        schema.title = self.text(members, "title");
        schema.description = self.text(members, "description");
        schema.deprecated = self.flag(members, "deprecated");
        schema.read_only = self.flag(members, "readOnly");
        schema.write_only = self.flag(members, "writeOnly");
        schema.default = get(members, "default");
        schema.content_encoding = self.text(members, "contentEncoding");
        schema.content_media_type = self.text(members, "contentMediaType");
    }

    fn extensions<'m>(&mut self, members: &'m Map<String, Value>, schema: &mut Schema<'m>) {
        schema.rust_name = self.text(members, "x-rust-name");
        schema.secret = crate::document::says_secret(self.document, self.node, members, self.out);
        schema.nullable |= get(members, "x-nullable") == Some(&Value::Bool(true));
        let values = schema.enumeration.unwrap_or_default();
        schema.value_names = self.value_texts(members, &["x-rust-names", "x-enum-varnames", "x-enumNames"], values);
        schema.value_docs = self.value_texts(members, &["x-enum-descriptions", "x-enumDescriptions"], values);
    }

    /// Reports keywords that are unknown or not honoured, and extensions that look like a mistake.
    fn leftovers(&mut self, members: &Map<String, Value>) {
        for key in members.keys() {
            let at = || self.node.join(key);
            if key.starts_with("x-") {
                self.out.extend(crate::document::odd_extension(self.document, self.node, key));
            } else if keywords::UNHONOURED.contains(&key.as_str()) {
                let message = format!("`{key}` is not honoured: the type admits what it excludes");
                self.warn_key(codes::UNHONOURED_KEYWORD, message, &at());
            } else if !keywords::all().any(|known| known == key) {
                let message = format!("unknown keyword `{key}` is ignored");
                let at = at();
                let diagnostic =
                    self.document.diagnostic(Severity::Warning, codes::UNKNOWN_KEYWORD, message, &at).about_key();
                self.out.push(match nearest(key, keywords::all()) {
                    Some(near) if !members.contains_key(near) => {
                        let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                        self.document.mended(diagnostic, &at, Mend::Rename(near.to_owned()))
                    }
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help("remove it, or begin its name with `x-`"),
                });
            }
        }
    }

    fn nodes(&mut self, members: &Map<String, Value>, key: &str) -> Vec<Node> {
        let Some(value) = get(members, key) else { return Vec::new() };
        let at = self.node.join(key);
        match value {
            Value::Array(elements) => {
                if elements.is_empty() {
                    let message = format!("`{key}` lists no schema: read as if it were not there");
                    self.advise(codes::EMPTY_LIST, message, &at, "list schemas, or remove it");
                }
                (0..elements.len()).map(|index| at.join(index)).collect()
            }
            Value::Null => Vec::new(),
            other => {
                let message = format!("`{key}` must be a list of schemas, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, &at, "write the schemas as a list");
                Vec::new()
            }
        }
    }

    fn named_nodes(&mut self, members: &Map<String, Value>, key: &str) -> Vec<(String, Node)> {
        let Some(value) = get(members, key) else { return Vec::new() };
        let at = self.node.join(key);
        match value {
            Value::Object(named) => named.keys().map(|name| (name.clone(), at.join(name))).collect(),
            Value::Null => Vec::new(),
            // PHP writes an empty object as `[]`.
            Value::Array(none) if none.is_empty() => {
                let message = format!("`{key}` must be an object, found an empty list: read as an empty object");
                self.advise(codes::REPAIRED, message, &at, "write `{}`, or remove it");
                Vec::new()
            }
            other => {
                let message = format!("`{key}` must be an object, found {}", kind_of(other));
                self.error(codes::WRONG_KIND, message, &at, "write the schemas under their names");
                Vec::new()
            }
        }
    }

    fn text<'m>(&mut self, members: &'m Map<String, Value>, key: &str) -> Option<&'m str> {
        match get(members, key)? {
            Value::String(text) => Some(text),
            Value::Null => None,
            other => {
                let message = format!("`{key}` must be a string, found {}: it is ignored", kind_of(other));
                self.warn(codes::WRONG_KIND, message, &self.node.join(key));
                None
            }
        }
    }

    fn flag(&mut self, members: &Map<String, Value>, key: &str) -> bool {
        match get(members, key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) if text == "true" || text == "false" => {
                self.warn(codes::REPAIRED, format!("`{key}` must be a boolean: read as {text}"), &self.node.join(key));
                text == "true"
            }
            Some(Value::Null) | None => false,
            Some(other) => {
                let message = format!("`{key}` must be a boolean, found {}: it is ignored", kind_of(other));
                self.warn(codes::WRONG_KIND, message, &self.node.join(key));
                false
            }
        }
    }

    fn warn(&mut self, code: Code, message: String, node: &Node) {
        self.out.push(self.document.diagnostic(Severity::Warning, code, message, node));
    }

    fn warn_key(&mut self, code: Code, message: String, node: &Node) {
        self.out.push(self.document.diagnostic(Severity::Warning, code, message, node).about_key());
    }

    fn advise(&mut self, code: Code, message: String, node: &Node, help: &str) {
        self.out.push(self.document.diagnostic(Severity::Warning, code, message, node).help(help));
    }

    fn error(&mut self, code: Code, message: String, node: &Node, help: &str) {
        self.out.push(self.document.diagnostic(Severity::Error, code, message, node).help(help));
    }
}

/// A value for a message, cut to a readable length.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
