//! The objects of a document and their references. Tells members that OpenAPI reads from data and documentation, where `$ref` is an
//! ordinary key.
//!
//! Loading other files, finding dangling references and mending texts all use this walk.

use serde_json::{Map, Value};

use crate::pointer::get;
use crate::trail::Trail;

/// Calls a function with each reference of a tree and its place, in the order of the document.
pub(super) fn each(root: &Value, found: &mut impl FnMut(&Trail<'_>, &str)) {
    each_object(root, &mut |trail, members| {
        if let Some(Value::String(reference)) = get(members, "$ref") {
            found(trail, reference);
        }
    });
}

/// Calls a function with each object whose keys are OpenAPI's, and its place, in the order of the document.
pub fn each_object(root: &Value, found: &mut impl FnMut(&Trail<'_>, &Map<String, Value>)) {
    each_object_in(root, false, found);
}

/// The same for a part of a document. `named` says that the part is a map.
pub(super) fn each_object_in(part: &Value, named: bool, found: &mut impl FnMut(&Trail<'_>, &Map<String, Value>)) {
    value(part, &Trail::ROOT, named, found);
}

/// The name of the file and the fragment of a reference. Either may be empty.
pub(super) fn parts(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The references of an object, each with its path in the object. A discriminator may map values to references.
pub(super) fn texts(members: &Map<String, Value>) -> impl Iterator<Item = (Vec<&str>, &str)> {
    let own = ["$ref", "$dynamicRef"].into_iter().filter_map(|key| Some((vec![key], get(members, key)?)));
    let discriminator = get(members, "discriminator").and_then(Value::as_object).into_iter().flatten();
    let mapped = discriminator.flat_map(|(key, value)| {
        let mapping = value.as_object().filter(|_| key == "mapping").into_iter().flatten();
        let mapping = mapping.map(|(tag, named)| (vec!["discriminator", "mapping", tag.as_str()], named));
        let default = (key == "defaultMapping").then_some((vec!["discriminator", "defaultMapping"], value));
        mapping.chain(default)
    });
    let mapped = mapped.filter(|(_, named)| named.as_str().is_some_and(is_reference));
    own.chain(mapped).filter_map(|(path, text)| Some((path, text.as_str()?)))
}

/// Whether a value of a `mapping` looks like a reference. Otherwise, it is a name.
fn is_reference(named: &str) -> bool {
    named.contains(['#', '/']) || [".json", ".yaml", ".yml"].iter().any(|extension| named.ends_with(extension))
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
            value(member, &trail.member(key), !named && (MAPS.contains(&key.as_str()) || key == "mapping"), found);
        }
    }
}

fn holds(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// Members that hold maps. The document chooses the keys of a map, so that one of them may be called `default`, `value` or `x-anything`.
pub(super) const MAPS: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
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
