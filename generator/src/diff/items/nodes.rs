//! Where in a document the parts of an item come from.
//!
//! Takes the node of a schema or an operation, gives that of a property, a parameter, a body or a response, references followed
//! but for that of a property's own schema. What is not found is where the whole is.

use std::collections::HashSet;

use crate::document::Document;
use crate::ir::{Location, Statuses};
use crate::node::Node;

/// The schema of a property, in the schema itself or in one that it is made of.
pub(super) fn property(document: &Document, schema: &Node, name: &str) -> Node {
    let inside = within(document, schema, name, &mut HashSet::new());
    // What stands beside a `oneOf` is part of each alternative.
    let beside = || within(document, &schema.parent().parent(), name, &mut HashSet::new());
    inside.or_else(beside).unwrap_or_else(|| schema.clone())
}

fn within(document: &Document, schema: &Node, name: &str, seen: &mut HashSet<Node>) -> Option<Node> {
    let schema = document.follow(schema).unwrap_or_else(|_| schema.clone());
    if !seen.insert(schema.clone()) {
        return None;
    }
    let value = document.value(&schema)?;
    if value.get("properties").and_then(|properties| properties.get(name)).is_some() {
        return Some(schema.join("properties").join(name));
    }
    let parts = value.get("allOf").and_then(|parts| parts.as_array()).map_or(0, Vec::len);
    (0..parts).find_map(|index| within(document, &schema.join("allOf").join(index), name, seen))
}

/// A parameter, of the operation or of its path item.
pub(super) fn parameter(document: &Document, operation: &Node, location: Location, name: &str) -> Option<Node> {
    let place = match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let item = operation.parent();
    [operation, &item].into_iter().map(|at| at.join("parameters")).find_map(|list| {
        let count = document.value(&list)?.as_array()?.len();
        let nodes = (0..count).filter_map(|index| document.follow(&list.join(index)).ok());
        nodes.into_iter().find(|node| {
            let text = |key| document.value(node).and_then(|it| it.get(key)).and_then(serde_json::Value::as_str);
            text("in") == Some(place) && text("name") == Some(name)
        })
    })
}

/// The request body.
pub(super) fn body(document: &Document, operation: &Node) -> Option<Node> {
    let node = operation.join("requestBody");
    document.value(&node)?;
    Some(document.follow(&node).unwrap_or(node))
}

/// The response of some statuses.
pub(super) fn response(document: &Document, operation: &Node, statuses: Statuses) -> Option<Node> {
    let keys = match statuses {
        Statuses::Code(code) => vec![code.to_string()],
        Statuses::Range(digit) => vec![format!("{digit}XX"), format!("{digit}xx")],
        Statuses::Default => vec!["default".to_owned()],
    };
    let nodes = keys.into_iter().map(|key| operation.join("responses").join(key));
    let node = nodes.into_iter().find(|node| document.value(node).is_some())?;
    Some(document.follow(&node).unwrap_or(node))
}
