//! `cargo xtask corpus` and `rivals` as programs: what is counted, and exit codes. Nothing is compiled here.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const PETS: &str = r##"openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      responses:
        "200":
          description: All of them.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"##;

/// Runs `corpus` on a folder of documents; gives the exit code and the entries of the JSON.
fn corpus(documents: &[(&str, &str)], args: &[&str]) -> (Option<i32>, Vec<Value>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in documents {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let entries = folder.path().join("entries");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let command = command.current_dir(folder.path()).args(["corpus", ".", "--json", "entries"]).args(args);
    let status = command.output().unwrap().status;
    (status.code(), serde_json::from_slice(&read(&entries)).unwrap())
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn counts_what_is_emitted() {
    let (code, entries) = corpus(&[("pets.yaml", PETS), ("README.md", "# Documents")], &[]);
    let entry = |key: &str| entries[0][key].clone();
    assert_eq!((code, entries.len()), (Some(0), 1));
    assert_eq!([entry("generated"), entry("needed_keep_going")], [json!(true), json!(false)]);
    assert_eq!([entry("operations"), entry("operations_in_document")], [json!(1), json!(1)]);
    assert_eq!([entry("schemas"), entry("schemas_in_document")], [json!(1), json!(1)]);
}

#[test]
fn a_document_with_errors_needs_keep_going() {
    let broken = PETS.replace("schemas/Pet\"", "schemas/Cat\"");
    let documents = [("broken.yaml", broken.as_str()), ("pets.yaml", PETS)];
    let (code, entries) = corpus(&documents, &[]);
    assert_eq!((code, &entries[0]["generated"]), (Some(1), &json!(false)));
    assert_eq!(entries[0]["diagnostics"][0]["code"], "dangling-reference");
    assert_eq!(entries[0]["diagnostics"][0]["line"], 9);
    let (code, entries) = corpus(&documents, &["--keep-going"]);
    assert_eq!((code, &entries[0]["generated"]), (Some(0), &json!(true)));
    assert_eq!(entries[0]["needed_keep_going"], true);
}

#[test]
fn a_document_is_compared_with_itself() {
    let (code, entries) = corpus(&[("pets.yaml", PETS)], &["--diff"]);
    assert_eq!((code, &entries[0]["compared"]["differences"]), (Some(0), &json!(0)));
}

#[test]
fn a_rival_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.args(["rivals", "compile"]).arg(folder.path()).env("PATH", folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said,
        "error: cannot run ploidy; `cargo install ploidy` brings it: No such file or directory (os error 2)\n"
    );
}
