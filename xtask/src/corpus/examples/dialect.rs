//! Converts an OpenAPI 3.0 document to one whose schemas are JSON Schema 2020-12, so that a validator can read them in place.
//!
//! Takes and gives raw trees in which every schema has the same place. The keywords are converted in all objects, because only schemas have
//! them.

use serde_json::{Map, Value, json};

/// Members that hold values of any shape and not schemas.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const"];

/// Members whose own members have names that the document chooses.
const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "headers",
    "parameters",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
];

/// The document as a validator of 2020-12 reads it.
pub fn raised(document: &Value) -> Value {
    let is_30 = document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"));
    if is_30 { raise(document) } else { document.clone() }
}

fn raise(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(object(members)),
        Value::Array(elements) => elements.iter().map(raise).collect(),
        other => other.clone(),
    }
}

fn object(members: &Map<String, Value>) -> Map<String, Value> {
    // In 3.0, everything next to a reference is ignored.
    if let Some(reference @ Value::String(_)) = members.get("$ref") {
        return Map::from_iter([("$ref".to_owned(), reference.clone())]);
    }
    let mut raised: Map<String, Value> = members.iter().map(|(key, value)| (key.clone(), member(key, value))).collect();
    bound(&mut raised, "exclusiveMinimum", "minimum");
    bound(&mut raised, "exclusiveMaximum", "maximum");
    if raised.remove("nullable") == Some(Value::Bool(true)) {
        allow_null(&mut raised);
    }
    raised
}

fn member(key: &str, value: &Value) -> Value {
    match value {
        _ if VALUES.contains(&key) => value.clone(),
        Value::Object(named) if NAMED.contains(&key) => {
            Value::Object(named.iter().map(|(name, value)| (name.clone(), raise(value))).collect())
        }
        _ => raise(value),
    }
}

/// In 3.0, an exclusive bound is a boolean. If it is true, the bound next to it is exclusive.
fn bound(schema: &mut Map<String, Value>, exclusive: &str, inclusive: &str) {
    let Some(Value::Bool(is_exclusive)) = schema.get(exclusive).cloned() else { return };
    schema.remove(exclusive);
    if is_exclusive && let Some(limit) = schema.remove(inclusive) {
        schema.insert(exclusive.to_owned(), limit);
    }
}

/// `nullable` only counts next to a `type`. Many documents do not list `null` in `enum` as well, although they should.
fn allow_null(schema: &mut Map<String, Value>) {
    let Some(Value::String(ty)) = schema.get("type").cloned() else { return };
    schema.insert("type".to_owned(), json!([ty, "null"]));
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema: Value, expected: Value) {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {"example": schema}}});
        assert_eq!(raised(&document)["components"]["schemas"]["example"], expected);
    }

    #[test]
    fn keywords_of_3_0() {
        check(json!({"type": "string", "nullable": true}), json!({"type": ["string", "null"]}));
        check(json!({"nullable": true}), json!({}));
        check(json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1}));
        check(json!({"maximum": 1, "exclusiveMaximum": false}), json!({"maximum": 1}));
        check(json!({"$ref": "#/x", "minLength": 1}), json!({"$ref": "#/x"}));
    }

    #[test]
    fn names_and_values_stay() {
        let properties = json!({"properties": {"nullable": {"type": "string"}, "default": {"nullable": false}}});
        check(properties, json!({"properties": {"nullable": {"type": "string"}, "default": {}}}));
        check(json!({"default": {"nullable": true}}), json!({"default": {"nullable": true}}));
    }
}
