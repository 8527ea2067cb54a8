//! Documents in which there are many of something: what is asked for once for each of many must not look at all of them each
//! time.

use serde_json::{Value, json};

/// A document, and how it must end.
pub struct Wide {
    pub name: &'static str,
    pub document: Value,
    /// How, and what a message about it must name.
    pub end: (&'static str, &'static str),
}

/// A document of each kind, with so many of what it has many of.
pub fn documents(width: usize) -> Vec<Wide> {
    let mut documents = Vec::new();
    let mut put = |name, document: &Value, expect, place| {
        documents.push(Wide { name, document: document.clone(), end: (expect, place) });
    };
    let named = |number: usize| format!("A{number}");
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let each = |value: &dyn Fn(usize) -> Value| -> serde_json::Map<String, Value> {
        (0..width).map(|number| (named(number), value(number))).collect()
    };
    let tagged = json!({"type": "object", "required": ["tag"], "properties": {"tag": {"type": "string"}}});
    let mut union = each(&|_| tagged.clone());
    let mapping = each(&|number| reference(&named(number))["$ref"].clone());
    let alternatives: Vec<Value> = union.keys().map(|name| reference(name)).collect();
    let discriminator = json!({"propertyName": "tag", "mapping": mapping});
    union.insert("Any".to_owned(), json!({"oneOf": alternatives, "discriminator": discriminator}));
    put("mapping", &document(Value::Object(union)), "ok", "file");
    let mut base = each(&|_| json!({"allOf": [reference("Base")], "properties": {"a": {"type": "string"}}}));
    base.insert("Base".to_owned(), {
        let mut base = tagged;
        base["discriminator"] = json!({"propertyName": "tag"});
        base
    });
    put("heirs", &document(Value::Object(base)), "ok", "file");
    let ring = each(&|number| json!({"type": "object", "properties": {"a": reference(&named((number + 1) % width))}}));
    put("ring", &document(Value::Object(ring)), "ok", "file");
    let dangling = each(&|number| json!({"type": "object", "properties": {"a": reference(&format!("B{number}"))}}));
    put("dangling", &document(Value::Object(dangling)), "error", "#/components/schemas/A0/properties/a/$ref");
    let strings = each(&|_| json!({"type": "string"}));
    let encoding = each(&|_| json!({"contentType": "text/csv"}));
    let form = json!({"schema": {"type": "object", "properties": strings}, "encoding": encoding});
    put("encodings", &posting("/a", &json!({"requestBody": {"content": {"multipart/form-data": form}}})), "ok", "file");
    let names: Vec<String> = (0..width).map(named).collect();
    let path: String = names.iter().map(|name| format!("/{{{name}}}")).collect();
    let schema = json!({"type": "string"});
    let parameters = names.iter().map(|name| json!({"name": name, "in": "path", "required": true, "schema": schema}));
    put("path", &posting(&path, &json!({"parameters": parameters.collect::<Vec<_>>()})), "ok", "file");
    let values: Vec<String> = (0..10 * width).map(named).collect();
    put("values", &document(json!({"A": {"type": "string", "enum": values}})), "ok", "file");
    documents
}

/// A document with nothing but schemas.
pub fn document(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Long", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    })
}

/// A document with one operation.
fn posting(path: &str, operation: &Value) -> Value {
    let mut operation = operation.clone();
    operation["operationId"] = json!("post");
    operation["responses"] = json!({"204": {"description": "Done"}});
    let mut document = document(json!({}));
    document["paths"] = json!({ path: {"post": operation} });
    document
}
