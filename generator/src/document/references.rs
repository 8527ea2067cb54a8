//! The objects of a document and their references. Tells members that OpenAPI reads from data and documentation, where `$ref` is an
//! ordinary key.
//!
//! Loading other files, finding dangling references and mending texts all use this walk.

use serde_json::{Map, Value};

use crate::trail::Trail;

/// Calls a function with each reference of a tree and its place, in the order of the document.
pub(super) fn each(root: &Value, found: &mut impl FnMut(&Trail<'_>, &str)) {
    each_object(root, &mut |trail, members| {
        if let Some(Value::String(reference)) = members.get("$ref") {
            found(trail, reference);
        }
    });
}

/// Calls a function with each object whose keys are OpenAPI's, and its place, in the order of the document.
pub(super) fn each_object(root: &Value, found: &mut impl FnMut(&Trail<'_>, &Map<String, Value>)) {
    value(root, &Trail::ROOT, false, found);
}

/// `named` says that the tree is a map. The document chooses its keys, so `$ref` may be one of them.
fn value(at: &Value, trail: &Trail<'_>, named: bool, found: &mut impl FnMut(&Trail<'_>, &Map<String, Value>)) {
    match at {
        Value::Object(members) => object(members, trail, named, found),
        Value::Array(elements) => {
            let nested = elements.iter().enumerate().filter(|(_, element)| holds(element));
            nested.for_each(|(index, element)| value(element, &trail.element(index), false, found));
        }
        _ => {}
    }
}

fn object(
    members: &Map<String, Value>,
    trail: &Trail<'_>,
    named: bool,
    found: &mut impl FnMut(&Trail<'_>, &Map<String, Value>),
) {
    if !named {
        found(trail, members);
    }
    for (key, member) in members.iter().filter(|(_, member)| holds(member)) {
        if named || !(key.starts_with("x-") || UNREAD.contains(&key.as_str())) {
            value(member, &trail.member(key), !named && is_map(key, member), found);
        }
    }
}

fn holds(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// Whether a member holds a map. The document chooses the keys of a map.
fn is_map(key: &str, member: &Value) -> bool {
    // Some documents keep a whole map in another file.
    let is_elsewhere = || member.get("$ref").is_some_and(Value::is_string);
    SCHEMAS.contains(&key) || (PARTS.contains(&key) && !is_elsewhere())
}

/// Maps of schemas, and of texts.
const SCHEMAS: &[&str] =
    &["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "mapping"];

/// Maps of other parts, one of which may be called `default`, `value` or `x-anything`.
const PARTS: &[&str] = &[
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "content",
    "encoding",
    "variables",
];

/// Members that hold data or documentation. References in them are not followed.
const UNREAD: &[&str] = &[
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "value",
    "dataValue",
    "serializedValue",
    "summary",
    "description",
    "title",
    "externalDocs",
];
