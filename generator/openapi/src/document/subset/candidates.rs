//! What may be chosen of a document: its operations and its webhooks, as far as they can be read.

use serde_json::Value;

use super::super::{Document, Node};
use crate::choices::Candidate;
use crate::methods::METHODS;

/// Something to choose.
pub(super) struct Found {
    pub(super) candidate: Candidate,
    /// The operation.
    pub(super) node: Node,
    /// The member of `paths` or `webhooks` that leads to it.
    pub(super) item: Node,
}

/// Everything that may be chosen.
pub(super) fn candidates(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for section in ["paths", "webhooks"] {
        let at = document.top(section);
        for name in keys(document, &at).filter(|name| !name.starts_with("x-")) {
            let item = at.join(name);
            let Ok(node) = document.follow(&item) else { continue };
            for operation in operations(document, &node) {
                found.push(one(document, section, name, &item, operation));
            }
        }
    }
    found
}

fn one(document: &Document, section: &str, name: &str, item: &Node, node: Node) -> Found {
    let value = document.follow(&node).ok().and_then(|node| document.value(&node));
    let text = |key: &str| value.and_then(|value| value.get(key)).and_then(Value::as_str).map(str::to_owned);
    let tags = value.and_then(|value| value.get("tags")).and_then(Value::as_array).into_iter().flatten();
    let is_path = section == "paths";
    let candidate = Candidate {
        path: is_path.then(|| name.to_owned()),
        method: method(node.pointer.last().unwrap_or_default()),
        ids: ["operationId", "x-rust-name"].into_iter().filter_map(text).collect(),
        tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        webhook: (!is_path).then(|| name.to_owned()),
    };
    Found { candidate, node, item: item.clone() }
}

/// The operations of a path item.
fn operations(document: &Document, item: &Node) -> Vec<Node> {
    let methods = keys(document, item).filter(|key| METHODS.contains(key)).map(|key| item.join(key));
    let further = item.join("additionalOperations");
    methods.chain(keys(document, &further).map(|key| further.join(key))).collect()
}

fn keys<'d>(document: &'d Document, node: &Node) -> impl Iterator<Item = &'d str> {
    document.value(node).and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
}

/// The method of a field of a path item. A method of `additionalOperations` is written as it is sent.
fn method(key: &str) -> String {
    if METHODS.contains(&key) { key.to_ascii_uppercase() } else { key.to_owned() }
}
