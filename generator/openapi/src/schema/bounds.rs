//! A schema's bounds, as JSON Schema 2020-12 has them.
//!
//! In OpenAPI 3.0, `exclusiveMinimum` is a flag next to `minimum`. In 2020-12, it is the bound itself (6.2.5). The flag is converted to the
//! bound.

use serde_json::{Map, Value};

use super::keywords;

/// The bounds among a schema's members, in their order.
pub(super) fn read(members: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let bounds = members.iter().filter(|(key, value)| {
        let is_flag = exclusive("minimum") == Some(key.as_str()) || exclusive("maximum") == Some(key.as_str());
        keywords::BOUNDS.contains(&key.as_str()) && !(is_flag && value.is_boolean())
    });
    let raised = bounds.map(|(key, value)| {
        let exclusive = exclusive(key).filter(|flag| members.get(*flag) == Some(&Value::Bool(true)));
        (exclusive.unwrap_or(key), value)
    });
    raised.collect()
}

fn exclusive(key: &str) -> Option<&'static str> {
    match key {
        "minimum" => Some("exclusiveMinimum"),
        "maximum" => Some("exclusiveMaximum"),
        _ => None,
    }
}
