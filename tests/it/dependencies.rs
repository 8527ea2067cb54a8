//! That an emitted crate depends on the crates of its formats wherever a format stands, and on no others.

use crate::documents::generate_text;

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Formats, version: '1'}
paths:
  /things:
    post:
      parameters: [PARAMETER]
      requestBody: {content: {application/json: {schema: BODY}}}
      responses:
        '200':
          description: Done.
          headers: {X-Value: {schema: HEADER}}
          content: {application/json: {schema: REPLY}, application/jsonl: {itemSchema: ITEM}}
components: {schemas: {Thing: MODEL}}
";

/// The places of a schema in the document, with one that needs no crate.
const PLACES: [(&str, &str); 6] = [
    ("PARAMETER", "{name: value, in: query, schema: SCHEMA}"),
    ("BODY", "SCHEMA"),
    ("HEADER", "SCHEMA"),
    ("REPLY", "SCHEMA"),
    ("ITEM", "SCHEMA"),
    ("MODEL", "{type: object, properties: {value: SCHEMA}}"),
];

const FORMATS: [(&str, &[&str]); 5] = [
    ("type: boolean", &[]),
    ("type: string, format: date-time", &["chrono"]),
    ("type: string, format: decimal", &["rust_decimal"]),
    ("type: string, format: uri", &["url"]),
    ("type: string, format: uuid", &["uuid"]),
];

#[test]
fn formats_bring_their_crates() {
    for (ty, expected) in FORMATS {
        for (place, _) in PLACES {
            let text = PLACES.iter().fold(DOCUMENT.to_owned(), |text, (other, template)| {
                let schema = if *other == place { format!("{{{ty}}}") } else { "{type: boolean}".to_owned() };
                text.replace(other, &template.replace("SCHEMA", &schema))
            });
            let files = generate_text("formats", text).files.expect("the document has no errors");
            let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
            let crates = ["chrono", "rust_decimal", "url", "uuid"];
            let found = crates.into_iter().filter(|name| manifest.contains(&format!("\n{name} = ")));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{ty} in {place}");
        }
    }
}
