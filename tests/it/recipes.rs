//! The overlay of the README's recipes, tried on a document that needs all of them.

use generator::source::{NoFiles, SourceText, Sources};
use generator::{ApiSource, Layout, report};
use serde_json::json;

use crate::documents::{crate_of, root};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200':
          description: All of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pett'}}}
  /internal: {get: {operationId: internal, responses: {'204': {description: None.}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, minLenght: 1}
        kind: {type: string, enum: [cat, catt]}
        chip: {type: string}
    api.v1.Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
";

/// The first block of a language below a heading of the README.
fn block(heading: &str, language: &str) -> String {
    let readme = std::fs::read_to_string(root().join("../README.md")).expect("the README is there");
    let (_, below) = readme.split_once(&format!("{heading}\n")).expect("the section is there");
    let (_, block) = below.split_once(&format!("```{language}\n")).expect("the block is there");
    block.split_once("\n```").expect("the block ends").0.to_owned()
}

#[test]
fn every_recipe_does_what_it_says() {
    let text = |name: &str, text: String| SourceText { name: name.to_owned(), bytes: text.into_bytes() };
    let overlay = text("overlay.yaml", block("### Overlay recipes", "yaml"));
    let document = || text("pets.yaml", DOCUMENT.to_owned());

    let (mut sources, mut out) = (Sources::default(), generator::diagnostics::Diagnostics::default());
    let [file, actions] = [document(), overlay.clone()].map(|text| sources.parse(text, &mut out).expect("it is YAML"));
    let tree = generator::overlay::apply(file, actions, &sources, &mut out).root;
    let pet = &tree["components"]["schemas"]["Pet"]["properties"];
    assert_eq!(pet["name"], json!({"type": "string", "minLength": 1}));
    assert_eq!(pet["kind"]["enum"], json!(["cat", "dog"]));
    assert_eq!(pet["chip"]["x-secret"], json!(true));
    assert!(tree["paths"].get("/internal").is_none());
    assert_eq!(tree["components"]["schemas"]["api.v1.Owner"]["x-rust-name"], json!("Owner"));

    let source = ApiSource {
        name: "pets".to_owned(),
        document: document(),
        overlay: Some(overlay),
        choices: Vec::new(),
        loader: &NoFiles,
    };
    let generated = crate_of(vec![source], "pets", Layout::Whole);
    assert_eq!(report::render(&generated.diagnostics, &generated.sources, false), "");
    let files = generated.files.expect("it can be generated");
    assert!(files.contains_key("src/api/models/owner.rs"));
}
