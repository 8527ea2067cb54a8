//! Which examples are valid against their schemas.
//!
//! The schemas are read in place: the validator gets the whole document and a reference into it, so that the references in
//! the document lead where they should. Nothing is fetched.

use std::collections::HashMap;

use generator::pointer::Pointer;
use jsonschema::{Draft, Registry, Validator};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::dialect;

/// The URI of the document for the validator.
const DOCUMENT: &str = "json-schema:///document";

/// The characters that are escaped in a fragment. Signs that are common in pointers are not among them.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'~').remove(b'-').remove(b'_').remove(b'.');

/// A judge of a document's examples.
pub struct Judge<'r> {
    registry: &'r Registry<'r>,
    validators: HashMap<Pointer, Option<Validator>>,
}

impl Judge<'_> {
    /// Runs `work` with a judge of the document. `None` if the validator does not understand the document.
    pub fn of<R>(root: &Value, work: impl FnOnce(&mut Judge<'_>) -> R) -> Option<R> {
        let root = dialect::raised(root);
        let registry = Registry::new().draft(Draft::Draft202012).add(DOCUMENT, &root).ok()?.prepare().ok()?;
        Some(work(&mut Judge { registry: &registry, validators: HashMap::new() }))
    }

    /// Whether a value is valid against the schema at a place. `None` if the validator does not understand the schema.
    pub fn is_valid(&mut self, schema: &Pointer, value: &Value) -> Option<bool> {
        let registry = self.registry;
        let validator = self.validators.entry(schema.clone()).or_insert_with(|| validator(registry, schema));
        validator.as_ref().map(|validator| validator.is_valid(value))
    }
}

fn validator(registry: &Registry<'_>, schema: &Pointer) -> Option<Validator> {
    let pointer = schema.to_string();
    let fragment = utf8_percent_encode(pointer.trim_start_matches('#'), FRAGMENT);
    let reference = json!({"$ref": format!("{DOCUMENT}#{fragment}")});
    jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry).offline().build(&reference).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_read_in_place() {
        let document = json!({
            "openapi": "3.0.3",
            "paths": {"/pets/{id}": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            "components": {"schemas": {"Pet": {"properties": {
                "name": {"type": "string", "nullable": true},
                "parent": {"$ref": "#/components/schemas/Pet"},
            }}}},
        });
        let schema = Pointer::parse("/paths/~1pets~1{id}/schema").unwrap();
        let values = [json!({"parent": {"name": null}}), json!({"parent": {"name": 1}})];
        let judged = Judge::of(&document, |judge| values.map(|value| judge.is_valid(&schema, &value)));
        assert_eq!(judged, Some([Some(true), Some(false)]));
    }
}
