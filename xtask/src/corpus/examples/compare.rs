//! Compares an example with the program's output.

use generator::pointer::Pointer;
use serde_json::{Map, Value};

/// The fault of a line of the program's output, if there is one: its kind, and its message.
pub fn outcome(example: &Value, line: &Value) -> Option<(&'static str, String)> {
    match (line.get("written"), line.get("failure")) {
        (Some(written), _) => {
            difference(example, written, &Pointer::root()).map(|(kind, place)| (kind, format!("{place} is {kind}")))
        }
        (None, Some(failure)) => Some(("not read", failure.as_str().unwrap_or_default().to_owned())),
        (None, None) => Some(("crashed", "the program ended".to_owned())),
    }
}

/// The first place at which two values differ, apart from members that are `null`.
fn difference(example: &Value, written: &Value, at: &Pointer) -> Option<(&'static str, Pointer)> {
    match (example, written) {
        (Value::Object(example), Value::Object(written)) => members(example, written, at),
        (Value::Array(example), Value::Array(written)) if example.len() == written.len() => {
            let mut pairs = example.iter().zip(written).enumerate();
            pairs.find_map(|(index, (example, written))| difference(example, written, &at.join(index)))
        }
        (Value::Number(example), Value::Number(written)) if example.as_f64() == written.as_f64() => None,
        _ => (example != written).then(|| ("changed", at.clone())),
    }
}

fn members(
    example: &Map<String, Value>,
    written: &Map<String, Value>,
    at: &Pointer,
) -> Option<(&'static str, Pointer)> {
    let mut own = example.iter().filter(|(_, value)| !value.is_null());
    let mut others = written.iter().filter(|(_, value)| !value.is_null());
    let own = own.find_map(|(key, value)| match written.get(key) {
        Some(written) => difference(value, written, &at.join(key)),
        None => Some(("lost", at.join(key))),
    });
    own.or_else(|| others.find(|(key, _)| !example.contains_key(*key)).map(|(key, _)| ("added", at.join(key))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(example: Value, line: Value, expected: Option<&str>) {
        assert_eq!(outcome(&example, &line).map(|(_, message)| message).as_deref(), expected);
    }

    #[test]
    fn outcomes() {
        check(json!({"a": 1, "b": null}), json!({"written": {"a": 1.0, "c": null}}), None);
        check(json!({"a": [1, {"b": 2}]}), json!({"written": {"a": [1, {}]}}), Some("#/a/1/b is lost"));
        check(json!({}), json!({"written": {"a": 1}}), Some("#/a is added"));
        check(json!([1]), json!({"written": ["1"]}), Some("#/0 is changed"));
        check(json!([1]), json!({"failure": "no"}), Some("no"));
        check(json!([1]), json!(null), Some("the program ended"));
    }
}
