//! JSONPath (RFC 9535): from the text of an expression to the pointers of what it selects.

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::pointer::Pointer;

/// The parser of expressions recurses; no expression that a person writes nests this deep.
const MAX_BRACKETS: usize = 64;

/// Reads an expression, or says what is wrong with it and where.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    if text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'!')).count() > MAX_BRACKETS {
        return Err(format!("it has more than {MAX_BRACKETS} brackets"));
    }
    JsonPath::parse(text).map_err(|fault| {
        let rest: String = text.chars().skip(fault.position()).take(20).collect();
        match rest.as_str() {
            "" => "it ends too early".to_owned(),
            _ => format!("it cannot be read from character {} on, `{rest}`", fault.position() + 1),
        }
    })
}

/// What an expression selects, each node once, in the order of the document.
pub(super) fn select(path: &JsonPath, root: &Value) -> Vec<Pointer> {
    let nodes = path.query_located(root).dedup();
    nodes
        .iter()
        .map(|node| {
            Pointer::root().extend(node.location().iter().map(|element| match element {
                PathElement::Name(name) => (*name).to_owned(),
                PathElement::Index(index) => index.to_string(),
            }))
        })
        .collect()
}
