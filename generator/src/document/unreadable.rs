//! Finds the member that keeps a node from being read as a typed object.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Document, Node};
use crate::diagnostics::{Diagnostic, Severity, codes};

/// A message about the faulty member or element. The rest can be read if the member or element is left out.
pub(super) fn diagnostic<T: DeserializeOwned>(document: &Document, value: &Value, node: &Node) -> Diagnostic {
    let (message, at) = match culprit::<T>(value) {
        Some(member) => (format!("`{member}` is not what the specification has there"), node.join(member)),
        None => ("a member of this object is not what the specification has there".to_owned(), node.clone()),
    };
    let diagnostic = document.diagnostic(Severity::Error, codes::UNREADABLE_NODE, message, &at);
    diagnostic.help("compare its members with the specification's table of them")
}

fn culprit<T: DeserializeOwned>(value: &Value) -> Option<String> {
    let reads = |without: Value| T::deserialize(without).is_ok();
    match value {
        Value::Object(members) => members
            .keys()
            .find(|key| {
                let mut rest = members.clone();
                rest.shift_remove(*key);
                reads(Value::Object(rest))
            })
            .cloned(),
        Value::Array(elements) => (0..elements.len())
            .find(|index| {
                let mut rest = elements.clone();
                rest.remove(*index);
                reads(Value::Array(rest))
            })
            .map(|index| index.to_string()),
        _ => None,
    }
}
