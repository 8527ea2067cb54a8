//! `oasmith gen --help-overlay`: overlays that correct what is found.

use std::fs;

use tempfile::TempDir;

use crate::program::{PETS, put, run};

#[test]
fn an_overlay_that_corrects_what_is_found_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = PETS
        .replace("schemas/Pet", "schemas/Dog")
        .replace("type: string}", "type: string, default: 1.10, minLenght: 1}");
    put(folder.path(), "pets.yaml", &faulty.replace("  schemas:\n", "  schemas:\n    Dogs: {type: string}\n"));

    let (code, stdout, stderr) = run(folder.path(), "gen", &["pets.yaml", "--out", "out", "--help-overlay"]);

    let expected = "\
# Corrections of pets.yaml.
overlay: 1.0.0
info: {title: Corrections, version: 1.0.0}
actions:
  - {description: \"`1.10` is a number, but text is due here: read as \\\"1.10\\\"\", target: \"$.components.schemas.Pet.properties.name\", update: {\"default\":\"1.10\"}}
  - {description: \"unknown keyword `minLenght` is ignored\", target: \"$.components.schemas.Pet.properties.name\", update: {\"minLength\":1}}
  - {description: \"`#/components/schemas/Dog` points to nothing\", target: \"$.paths['/pets'].get.responses['200'].content['application/json'].schema\", update: {\"$ref\":\"#/components/schemas/Dogs\"}}
  - {description: \"unknown keyword `minLenght` is ignored\", target: \"$.components.schemas.Pet.properties.name.minLenght\", remove: true}
";
    assert_eq!((code, stdout.as_str()), (Some(0), expected));
    let printed = stderr.lines().filter(|line| line.contains("= overlay: - ")).count();
    assert_eq!(printed, 4, "{stderr}");
    assert!(!folder.path().join("out").exists());

    put(folder.path(), "overlay.yaml", &stdout);
    let (code, _, stderr) = run(folder.path(), "gen", &["pets.yaml", "--out", "out", "--overlay", "overlay.yaml"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
}

/// Generates from a faulty document, with the overlay that `check` prints for it. With the overlay, there must be no message. Gives the
/// folder, and what was printed.
fn mended(name: &str, document: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), name, document);
    let (code, overlay, _) = run(folder.path(), "check", &[name, "--help-overlay"]);
    assert_eq!(code, Some(1), "{overlay}");
    put(folder.path(), "overlay.yaml", &overlay);
    let (code, printed, told) = run(folder.path(), "gen", &[name, "--overlay", "overlay.yaml", "--out", "out"]);
    assert_eq!((code, told.as_str()), (Some(0), ""), "{overlay}");
    (folder, printed)
}

/// As a framework writes it: a misspelt keyword, versions as numbers, a reference to what was renamed.
const NOTES: &str = r#"openapi: 3.0
info: {title: Notes, version: 1.0}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    get:
      operationId: list_notes
      respones:
        "200":
          description: All of them.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Note'}}}}
components:
  schemas:
    Note: {type: object, properties: {text: {type: string, maxLenght: 500}, reply: {$ref: '#/components/schemas/Notes'}}}
"#;

#[test]
fn a_document_of_a_framework_is_mended_by_what_is_printed() {
    let (_, printed) = mended("notes.yaml", NOTES);
    assert!(printed.contains("notes: 1 operation, 1 type\n"), "{printed}");
}

/// A document that refers to another file, which is missing.
const ALONE: &str = r#"openapi: 3.0.3
info: {title: Words, version: "1"}
servers: [{url: "https://words.test"}]
paths:
  /words:
    get:
      operationId: list_words
      responses:
        "200":
          description: All of them.
          content: {application/json: {schema: {type: array, items: {$ref: './definitions.json#/Word'}}}}
"#;

#[test]
fn a_document_without_its_other_files_is_mended_by_what_is_printed() {
    let (_, printed) = mended("words.yaml", ALONE);
    assert!(printed.contains("words: 1 operation, 0 types\n"), "{printed}");
}

/// Names that differ, parameters that are missing, and types of other languages.
const SLIPS: &str = r#"openapi: 3.1.0
info: {title: Slips, version: "1"}
servers: [{url: "https://slips.test"}]
paths:
  /items/{item_id}:
    get:
      operationId: show_item
      parameters: [{name: itemId, in: path, required: true, schema: {type: integer}}]
      responses: {"204": {description: Done.}}
  /shops/{shop}/items:
    get:
      operationId: list_items
      parameters: [{name: limit, in: query, schema: {type: strin}}]
      responses: {"204": {description: Done.}}
    post:
      operationId: add_item
      requestBody: {content: {application/json: {schema: {type: object, required: id, properties: {id: {type: str}}}}}}
      responses: {"204": {description: Done.}}
    delete:
      operationId: clear_items
      parameters: [{name: since, in: query, schema: {type: int}}]
      responses: {"204": {description: Done.}}
"#;

#[test]
fn slips_are_mended_by_what_is_printed() {
    let (folder, _) = mended("slips.yaml", SLIPS);
    let shown = fs::read_to_string(folder.path().join("out/src/api/operations/show_item.rs")).unwrap();
    assert!(shown.contains("pub fn show_item(&self, item_id: i64) -> Call<ShowItem> {"), "{shown}");
}
