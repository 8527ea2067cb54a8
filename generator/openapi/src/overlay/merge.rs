//! Merging a value into a place of the tree, as the Action Object of the specification says.
//!
//! Objects are merged member by member, arrays concatenated, primitives replaced. An object or array is never replaced by a value of
//! another kind. For that, an action must remove it first.

use serde_json::Value;

use super::origins::{Origins, Source};
use crate::pointer::Pointer;

/// Two values that cannot be merged.
pub(super) struct Mismatch {
    /// Where in the tree.
    pub(super) at: Pointer,
    /// The kinds of the value in the tree and of the update.
    pub(super) kinds: (&'static str, &'static str),
}

/// Merges a value into the target at `at`. Parts that do not fit are left out and returned.
pub(super) fn merge(
    target: &mut Value,
    update: &Value,
    at: &Pointer,
    source: &Source,
    origins: &mut Origins,
) -> Vec<Mismatch> {
    match (target, update) {
        (Value::Object(members), Value::Object(updates)) => {
            let mut mismatches = Vec::new();
            for (key, update) in updates {
                let (at, source) = (at.join(key), source.join(key));
                if let Some(member) = members.get_mut(key) {
                    mismatches.extend(merge(member, update, &at, &source, origins));
                } else {
                    members.insert(key.clone(), update.clone());
                    origins.record_put(at, source);
                }
            }
            mismatches
        }
        (Value::Array(elements), Value::Array(updates)) => {
            for (index, update) in updates.iter().enumerate() {
                append(elements, update, at, source.join(index), origins);
            }
            Vec::new()
        }
        (target @ (Value::Object(_) | Value::Array(_)), update) => {
            vec![Mismatch { at: at.clone(), kinds: (kind(target), kind(update)) }]
        }
        (primitive, update) => {
            *primitive = update.clone();
            origins.record_put(at.clone(), source.clone());
            Vec::new()
        }
    }
}

/// Appends one element to the array at `at`.
pub(super) fn append(elements: &mut Vec<Value>, update: &Value, at: &Pointer, source: Source, origins: &mut Origins) {
    origins.record_put(at.join(elements.len()), source);
    elements.push(update.clone());
}

/// The kind of a value, with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
