//! Numbers and booleans in places where a schema wants text. They are read as the text that their author wrote.
//!
//! YAML takes `1.10` for the number 1.1 unless it is in quotes. In an `enum` of strings, the text `1.10` is meant, so this stage puts it
//! there. The values of `enum`, `const` and `default` are texts if `type` says so, in this schema or in one of its parts. Names of
//! properties are always texts.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Document, Node, kind_of, references};
use crate::diagnostics::{Diagnostics, Mend, Severity, codes};
use crate::limits::MAX_TEXT_STEPS;

/// Replaces numbers and booleans by texts. Reports each.
pub(super) fn mend(document: &mut Document, out: &mut Diagnostics) {
    for file in document.files() {
        let mut texts = Texts { document, found: Vec::new() };
        let Some(tree) = document.trees.get(&file) else { continue };
        references::each_object(&tree.value, &mut |trail, members| {
            if members.keys().any(|key| LOOKED_AT.contains(&key.as_str())) {
                texts.object(members, &Node { file, pointer: trail.pointer() });
            }
        });
        for (node, text) in texts.found {
            report(document, &node, &text, out);
            let tree = document.trees.get_mut(&file);
            if let Some(value) = tree.and_then(|tree| node.pointer.resolve_mut(Arc::make_mut(&mut tree.value))) {
                *value = Value::String(text);
            }
        }
    }
}

fn report(document: &Document, node: &Node, text: &str, out: &mut Diagnostics) {
    let Some(value) = document.value(node).filter(|value| !value.is_string()) else { return };
    let message = format!("`{text}` is {}, but text is due here: read as \"{text}\"", kind_of(value));
    let diagnostic = document.diagnostic(Severity::Warning, codes::REPAIRED, message, node);
    out.push(document.mended(diagnostic.help("put it in quotes"), node, Mend::Write(Value::from(text))));
}

struct Texts<'d> {
    document: &'d Document,
    found: Vec<(Node, String)>,
}

impl Texts<'_> {
    fn object(&mut self, members: &Map<String, Value>, node: &Node) {
        self.names(members, node);
        if ["enum", "const", "default"].iter().any(|key| members.contains_key(*key)) {
            self.values(members, node);
        }
        // The keywords about a text may be divided among the schemas of a composition.
        if members.keys().any(|key| COMPOSITIONS.contains(&key.as_str())) && self.is_text(members, node) {
            self.untyped_parts(members, node, MAX_TEXT_STEPS);
        }
    }

    /// Names of properties and of alternatives.
    fn names(&mut self, members: &Map<String, Value>, node: &Node) {
        for key in ["required", "x-rust-names"] {
            self.elements(members.get(key), &node.join(key));
        }
        if let Some(Value::Object(discriminator)) = members.get("discriminator") {
            let at = node.join("discriminator");
            self.scalar(discriminator.get("propertyName"), &at.join("propertyName"));
            for (tag, target) in discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten() {
                self.scalar(Some(target), &at.join("mapping").join(tag));
            }
        }
    }

    fn values(&mut self, members: &Map<String, Value>, node: &Node) {
        if self.is_text(members, node) {
            self.texts(members, node);
        } else if let (Some(Value::Object(items)), Some(default)) = (members.get("items"), members.get("default"))
            && self.is_text(items, &node.join("items"))
        {
            self.elements(Some(default), &node.join("default"));
        }
    }

    fn texts(&mut self, members: &Map<String, Value>, node: &Node) {
        self.elements(members.get("enum"), &node.join("enum"));
        self.scalar(members.get("const"), &node.join("const"));
        self.scalar(members.get("default"), &node.join("default"));
    }

    fn untyped_parts(&mut self, members: &Map<String, Value>, node: &Node, steps: usize) {
        let Some(steps) = steps.checked_sub(1) else { return };
        for key in COMPOSITIONS {
            let parts = members.get(*key).and_then(Value::as_array).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                if let Some(part) = part.as_object().filter(|part| !part.contains_key("type")) {
                    let at = node.join(key).join(index);
                    self.texts(part, &at);
                    self.untyped_parts(part, &at, steps);
                }
            }
        }
    }

    /// Whether a schema admits only texts, and perhaps null.
    fn is_text(&self, members: &Map<String, Value>, node: &Node) -> bool {
        self.says_text(members, node, &mut { MAX_TEXT_STEPS })
    }

    fn says_text(&self, members: &Map<String, Value>, node: &Node, steps: &mut usize) -> bool {
        let is_string = |value: &Value| value == "string";
        let Some(left) = steps.checked_sub(1) else { return false };
        *steps = left;
        match members.get("type") {
            Some(Value::Array(types)) => {
                types.iter().any(is_string) && types.iter().all(|it| is_string(it) || it == "null" || it.is_null())
            }
            Some(one) => is_string(one),
            None => self.is_made_of_text(members, node, steps),
        }
    }

    fn is_made_of_text(&self, members: &Map<String, Value>, node: &Node, steps: &mut usize) -> bool {
        let referenced = members.contains_key("$ref").then(|| self.document.follow(node).ok()).flatten();
        let parts = members.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate();
        let parts = parts.map(|(index, _)| node.join("allOf").join(index)).take(*steps);
        referenced.into_iter().chain(parts).any(|part| {
            let schema = self.document.value(&part).and_then(Value::as_object);
            schema.is_some_and(|schema| self.says_text(schema, &part, steps))
        })
    }

    fn elements(&mut self, values: Option<&Value>, at: &Node) {
        let values = values.and_then(Value::as_array).into_iter().flatten();
        values.enumerate().for_each(|(index, value)| self.scalar(Some(value), &at.join(index)));
    }

    fn scalar(&mut self, value: Option<&Value>, at: &Node) {
        if let Some(value @ (Value::Number(_) | Value::Bool(_))) = value {
            self.found.push((at.clone(), self.document.written(at, value)));
        }
    }
}

const COMPOSITIONS: &[&str] = &["allOf", "anyOf", "oneOf"];

/// The members that may hold such texts.
const LOOKED_AT: &[&str] =
    &["required", "x-rust-names", "discriminator", "enum", "const", "default", "allOf", "anyOf", "oneOf"];
