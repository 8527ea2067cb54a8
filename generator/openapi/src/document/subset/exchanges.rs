//! The operations that give tokens to chosen operations, as `x-token-source` names them.

use std::collections::HashSet;

use serde_json::Value;

use super::candidates::Found;
use crate::document::{Document, TOKEN_SOURCE};

/// The ids of the operations that mint or refresh the tokens of the schemes that the chosen operations require.
pub(super) fn needed(document: &Document, kept: &[Found]) -> HashSet<String> {
    let shared = document.value(&document.top("security"));
    let own = |found: &Found| document.value(&found.node.join("security"));
    let required = kept.iter().filter_map(|found| own(found).or(shared));
    let names: HashSet<&String> = required.flat_map(names).collect();
    names.into_iter().flat_map(|name| exchanges(document, name)).collect()
}

/// The names of the schemes in requirements.
fn names(requirements: &Value) -> impl Iterator<Item = &String> {
    let requirements = requirements.as_array().into_iter().flatten();
    requirements.filter_map(Value::as_object).flat_map(|requirement| requirement.keys())
}

/// The operations that the token source of a scheme names.
fn exchanges(document: &Document, scheme: &str) -> Vec<String> {
    let node = document.top("components").join("securitySchemes").join(scheme);
    let value = document.follow(&node).ok().and_then(|node| document.value(&node));
    let Some(source) = value.and_then(|scheme| scheme.get(TOKEN_SOURCE)) else { return Vec::new() };
    let mints = source.get("mint").and_then(Value::as_object).into_iter().flatten().map(|(_, mint)| mint);
    let exchanges = mints.chain(source.get("refresh"));
    exchanges.filter_map(|exchange| exchange.get("operation")?.as_str().map(str::to_owned)).collect()
}
