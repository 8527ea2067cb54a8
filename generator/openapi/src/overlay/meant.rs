//! What a target that selects nothing may have meant.
//!
//! Takes a JSONPath of plain names and indexes, and gives the path with its misspelt names corrected. Other expressions are not handled.

use serde_json::Value;

use crate::pointer::{Pointer, member};
use crate::similar::nearest;

/// The corrected path, if it leads to something.
pub(super) fn path(target: &str, root: &Value) -> Option<String> {
    let (mut pointer, mut value) = (Pointer::root(), root);
    for name in names(target.strip_prefix('$')?)? {
        let known = member(value, &name).is_some();
        let members = || value.as_object().into_iter().flat_map(|members| members.keys().map(String::as_str));
        let meant = if known { name } else { nearest(&name, members())?.to_owned() };
        value = member(value, &meant)?;
        pointer = pointer.join(meant);
    }
    Some(pointer.to_json_path(root))
}

/// The names and indexes of a path.
fn names(mut rest: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while !rest.is_empty() {
        let (name, after) = match rest.strip_prefix("['") {
            Some(quoted) => quoted.split_once("']")?,
            None => match rest.strip_prefix('[') {
                Some(index) => index.split_once(']')?,
                None => {
                    let name = rest.strip_prefix('.')?;
                    name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
                }
            },
        };
        let is_plain = !name.is_empty() && !name.contains(['*', '?', ':', ',', '\\']);
        names.push(Some(name.trim_matches('"').to_owned()).filter(|_| is_plain)?);
        rest = after;
    }
    Some(names)
}
