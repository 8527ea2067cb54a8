//! `$recursiveRef` of JSON Schema 2019-09, which some documents contain. It becomes a `$ref`, because documents do not extend each other
//! here.

use serde_json::Value;

use crate::pointer::Pointer;

/// Turns each `$recursiveRef: '#'` inside the schema at `anchor` into a `$ref` to that schema, which has `$recursiveAnchor: true`. If one
/// such schema contains another, call this for the inner one first.
pub(super) fn resolve(root: &mut Value, anchor: &Pointer) {
    if let Some(schema) = anchor.resolve_mut(root) {
        below(schema, &anchor.to_string().replace('%', "%25"));
    }
}

fn below(value: &mut Value, reference: &str) {
    match value {
        Value::Object(members) => {
            let is_one = members.get("$recursiveRef").and_then(Value::as_str) == Some("#");
            if is_one && !members.contains_key("$ref") {
                members.shift_remove("$recursiveRef");
                members.insert("$ref".to_owned(), Value::String(reference.to_owned()));
            }
            members.values_mut().for_each(|member| below(member, reference));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| below(element, reference)),
        _ => {}
    }
}
