//! What is emitted grows with the document, whatever the document repeats.

use std::fmt::Write;

use generator::diagnostics::Severity;
use serde_json::{Map, Value, json};

use crate::documents::generate_text;

/// The most bytes of Rust for each byte of a document that is as dense as those below.
const MAX_BYTES_EACH: usize = 60;

fn document(schemas: Value, paths: Value) -> String {
    let info = json!({"title": "Growth", "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}).to_string()
}

/// An object with so many members, each with a schema that depends on its number.
fn object(count: usize, schema: impl Fn(usize) -> Value) -> Value {
    let members = (0..count).map(|number| (format!("p{number}"), schema(number)));
    json!({"type": "object", "properties": members.collect::<Map<_, _>>()})
}

fn inline(number: usize) -> Value {
    json!({"type": "object", "properties": {format!("x{number}"): {"type": "string"}}})
}

/// The crate's own files without the runtime, in bytes.
fn emitted(text: String) -> usize {
    let generated = generate_text("growth", text);
    assert!(!generated.diagnostics.has_errors());
    let files = generated.files.expect("there are no errors");
    files.iter().filter(|(path, _)| path.starts_with("src/")).map(|(_, text)| text.len()).sum()
}

#[test]
fn a_long_name_is_not_repeated_in_each_type_inside() {
    let name = "Long".repeat(5_000);
    let nested = (0..100).fold(json!({"type": "string"}), |inner, number| {
        let member = format!("{number}{}", "member".repeat(100));
        json!({"type": "object", "properties": {member: inner}})
    });
    let long_id = json!({"/a": {"post": {
        "operationId": name,
        "requestBody": {"content": {"application/json": {"schema": object(400, inline)}}},
        "responses": {"204": {"description": "Done."}},
    }}});
    let mut chosen = object(400, inline);
    chosen["x-rust-name"] = json!(name);
    let schemas = [
        document(json!({name.clone(): object(400, inline)}), json!({})),
        document(json!({"A": chosen}), json!({})),
        document(json!({"A": nested}), json!({})),
        document(json!({}), long_id),
        document(json!({"A": object(400, |_| json!({"$ref": "#/components/schemas/A"}))}), json!({})),
    ];
    for text in schemas {
        let (size, start) = (text.len(), text.chars().skip(60).take(80).collect::<String>());
        let bytes = emitted(text);
        assert!(bytes <= MAX_BYTES_EACH * size, "{bytes} bytes of {size}: {start}");
    }
}

/// Each of many schemas that extend a large one has all of its members.
#[test]
fn members_of_merged_schemas_are_counted() {
    let base = object(1_000, |_| json!({"type": "string"}));
    let heirs = (0..600).map(|number| {
        let own = json!({"type": "object", "properties": {format!("own{number}"): {"type": "string"}}});
        (format!("Heir{number}"), json!({"allOf": [{"$ref": "#/components/schemas/Base"}, own]}))
    });
    let schemas: Map<String, Value> = heirs.chain([("Base".to_owned(), base)]).collect();
    let generated = generate_text("growth", document(Value::Object(schemas), json!({})));
    let errors = generated.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let errors = errors.fold(String::new(), |mut text, diagnostic| {
        let _ = writeln!(text, "{}: {}", diagnostic.code, diagnostic.message);
        text
    });
    assert_eq!(errors, "all-of-limit: the `allOf`s of the document come to more than 500000 members together\n");
}

/// A row of a table that is too short is filled with empty cells.
#[test]
fn a_table_with_very_many_cells_is_text() {
    let table = format!("{}|\n{}|\n{}", "|a".repeat(2_000), "|-".repeat(2_000), "|b|\n".repeat(2_000));
    let size = table.len();
    let bytes = emitted(document(json!({"A": {"type": "string", "description": table}}), json!({})));
    assert!(bytes <= MAX_BYTES_EACH * size, "{bytes} bytes of {size}");
}
