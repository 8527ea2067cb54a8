//! References that nothing else follows: those of parts that are not emitted, which must name something all the same.

use serde_json::{Map, Value};

use super::{Document, Node};
use crate::diagnostics::Diagnostics;

/// Reports every reference of the document that names nothing, once, wherever it stands.
pub fn check_references(document: &Document, out: &mut Diagnostics) {
    let root = document.root();
    if let Some(value) = document.value(&root) {
        Walk { document, out }.value(value, &root, false);
    }
}

struct Walk<'d, 'o> {
    document: &'d Document,
    out: &'o mut Diagnostics,
}

impl Walk<'_, '_> {
    /// `named` says that the members are called what the document likes: `properties` may hold one called `$ref`.
    fn value(&mut self, value: &Value, node: &Node, named: bool) {
        match value {
            Value::Object(members) => self.object(members, node, named),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(element, &node.join(index), false);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, members: &Map<String, Value>, node: &Node, named: bool) {
        if let Some(Value::String(_)) = members.get("$ref").filter(|_| !named)
            && let Err(fault) = self.document.follow(node)
        {
            self.document.report_reference(node, &fault, self.out);
        }
        for (key, member) in members {
            if named || !is_data(key, member) {
                self.value(member, &node.join(key), !named && NAMED.contains(&key.as_str()));
            }
        }
    }
}

/// Members whose own members are called what the document likes.
const NAMED: &[&str] = &["properties", "patternProperties", "$defs", "definitions", "schemas", "mapping"];

/// Whether a member is a value of the API's, in which nothing is a reference: an example, a default, an extension.
fn is_data(key: &str, member: &Value) -> bool {
    match key {
        "example" | "default" | "enum" | "const" | "value" => true,
        // The examples of a schema are values; those of a media type are objects with a value each.
        "examples" => member.is_array(),
        key => key.starts_with("x-"),
    }
}
