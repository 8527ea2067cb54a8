//! Changes of a document that break no caller, each made wherever it can be.
//!
//! Takes a document's tree and gives the changed one. What is added stands first, where it moves everything else. An object
//! without properties and an enumeration of one value are left alone: they say "any members" and, in OpenAPI 3.0, "constant".

use serde_json::{Map, Value, json};

use super::schemas::each_schema;

/// A way to change a document.
pub type Change = fn(&mut Value);

/// The changes by the names that their modules get.
pub const CHANGES: [(&str, Change); 8] = [
    ("unchanged", |_| {}),
    ("parameters", add_parameters),
    ("properties", add_properties),
    ("values", add_values),
    ("operations", add_operations),
    ("heirs", add_heirs),
    ("reversed", reverse),
    ("everything", everything),
];

fn everything(root: &mut Value) {
    for change in [add_heirs, add_operations, add_parameters, add_properties, add_values, reverse] {
        change(root);
    }
}

fn add_parameters(root: &mut Value) {
    for operation in operations(root) {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        let parameters = parameters.as_array_mut().expect("parameters are a list");
        parameters
            .insert(0, json!({"name": "newcomer", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}}));
        parameters.insert(0, json!({"name": "X-Newcomer", "in": "header", "schema": {"type": "integer"}}));
        // Names that emitted code has a use for itself.
        for name in ["body", "request", "client"] {
            if parameters.iter().all(|parameter| parameter["name"] != name) {
                parameters.insert(0, json!({"name": name, "in": "query", "schema": {"type": "string"}}));
            }
        }
    }
}

fn add_properties(root: &mut Value) {
    each_schema(root, &mut |schema| {
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
        let member = json!({"type": "object", "properties": {"count": {"type": "integer"}}});
        properties.shift_insert(0, "newcomer".to_owned(), member);
        properties.shift_insert(0, "newcomers".to_owned(), json!({"type": "array", "items": {"type": "string"}}));
        properties.entry("additional").or_insert_with(|| json!({"type": "boolean"}));
    });
}

fn add_values(root: &mut Value) {
    each_schema(root, &mut |schema| {
        let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut).filter(|it| it.len() > 1) else {
            return;
        };
        if values.iter().all(|value| value.is_string() || value.is_null()) {
            values.insert(0, json!("newcomer"));
        } else if values.iter().all(|value| value.is_i64() || value.is_null()) {
            values.insert(0, json!(4711));
        }
    });
}

/// Makes another schema of every base that there are some of already.
fn add_heirs(root: &mut Value) {
    let Some(schemas) = root["components"]["schemas"].as_object_mut() else { return };
    let parts = |schema: &Value| schema["allOf"].as_array().cloned().unwrap_or_default();
    let used: Vec<Value> = schemas.values().flat_map(parts).collect();
    let bases = schemas.iter().filter(|(_, schema)| schema["discriminator"].is_object() && schema["oneOf"].is_null());
    let bases = bases.map(|(name, _)| json!({"$ref": format!("#/components/schemas/{name}")}));
    for (number, base) in bases.filter(|base| used.contains(base)).collect::<Vec<_>>().into_iter().enumerate() {
        let own = json!({"type": "object", "properties": {"late": {"type": "string"}}});
        schemas.shift_insert(0, format!("Heir{number}"), json!({"allOf": [base, own]}));
    }
}

/// Repeats every operation on a path of its own, with its inline schemas.
fn add_operations(root: &mut Value) {
    let copies: Vec<Map<String, Value>> = operations(root).into_iter().map(|it| it.clone()).collect();
    let paths = root["paths"].as_object_mut().expect("the document has paths");
    for (number, mut copy) in copies.into_iter().enumerate() {
        copy.remove("x-rust-name");
        copy.insert("operationId".to_owned(), json!(format!("newcomer{number}")));
        copy.insert("tags".to_owned(), json!(["newcomers"]));
        if let Some(parameters) = copy.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.retain(|parameter| parameter["in"] != "path");
        }
        paths.shift_insert(0, format!("/newcomers/{number}"), json!({"post": copy}));
    }
}

/// Reverses all whose order means nothing.
fn reverse(value: &mut Value) {
    match value {
        Value::Object(members) => {
            *members = std::mem::take(members).into_iter().rev().collect();
            for (name, member) in members {
                let unordered = ["parameters", "required", "tags", "type", "enum", "oneOf", "anyOf"];
                if let (Value::Array(elements), true) = (&mut *member, unordered.contains(&name.as_str())) {
                    elements.reverse();
                }
                reverse(member);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(reverse),
        _ => {}
    }
}

fn operations(root: &mut Value) -> Vec<&mut Map<String, Value>> {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let paths = root["paths"].as_object_mut().expect("the document has paths");
    let items = paths.values_mut().filter_map(Value::as_object_mut);
    let members = items.flat_map(|item| item.iter_mut().filter(|(name, _)| methods.contains(&name.as_str())));
    members.filter_map(|(_, operation)| operation.as_object_mut()).collect()
}
