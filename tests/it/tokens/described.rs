//! The JSON Schema of `x-token-source`: it accepts what the generator accepts, and refuses what it refuses for its form.

use generator::diagnostics::codes;
use serde_json::Value;

use crate::documents::{Document, documents, root};

/// The values of the extension in a document.
fn sources(document: &Document) -> Vec<Value> {
    let tree = document.tree();
    let schemes = tree.pointer("/components/securitySchemes").and_then(Value::as_object);
    schemes.into_iter().flatten().filter_map(|(_, scheme)| scheme.get("x-token-source").cloned()).collect()
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("../generator/token-source.schema.json")).expect("it can be read");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("it is JSON")).expect("it is a schema")
}

#[test]
fn the_schema_accepts_what_the_generator_accepts() {
    let schema = schema();
    let mut found = 0;
    for api in ["bytenite", "netography", "purewl"] {
        let (file, overlay) = (format!("../specs/{api}/openapi.json"), format!("../specs/{api}/overlay.yaml"));
        for source in sources(&Document::at(api, &file, Some(&overlay))) {
            assert!(schema.is_valid(&source), "{api}");
            found += 1;
        }
    }
    let lighthouse = Document::at("lighthouse", "lighthouse/openapi.yaml", Some("lighthouse/overlay.yaml"));
    assert!(sources(&lighthouse).iter().all(|source| schema.is_valid(source)));
    assert_eq!(found, 3);
}

/// Takes each scheme of the case as one document, so that each fault is told of its scheme.
#[test]
fn the_schema_refuses_what_the_generator_refuses() {
    let schema = schema();
    let case =
        documents("diagnostics").into_iter().find(|it| it.name == "token_source_forms").expect("there is a case");
    let generated = case.generate();
    let refused = generated.diagnostics.iter().filter(|message| message.code == codes::TOKEN_SOURCE_FORM);
    let refused: Vec<String> = refused.filter_map(|message| Some(message.place.spot.pointer()?.to_string())).collect();
    for (name, scheme) in case.tree()["components"]["securitySchemes"].as_object().expect("there are schemes") {
        let place = format!("/components/securitySchemes/{name}/");
        let is_refused = refused.iter().any(|pointer| pointer.contains(&place));
        assert_eq!(!schema.is_valid(&scheme["x-token-source"]), is_refused, "{name}");
    }
}
