//! `cargo xtask hostile` as a program: on the hostile documents of the repository, on ones too large to keep, and on links.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

mod wide;

use wide::{Wide, document};

/// Runs `hostile` on a folder; gives the exit code and the table.
fn hostile(folder: &Path, target: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("hostile").arg(folder).env("CARGO_TARGET_DIR", target).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), table)
}

#[track_caller]
fn all_end_as_they_must(folder: &Path) {
    let target = tempfile::tempdir().unwrap();
    let (code, table) = hostile(folder, target.path());
    assert_eq!(code, Some(0), "{table}");
}

#[test]
fn the_repositorys_documents() {
    all_end_as_they_must(&Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("hostile"));
}

#[test]
fn a_document_that_ends_otherwise_is_named() {
    let (folder, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(folder.path(), "fine", &document(json!({})), "error", "file");
    put(folder.path(), "refused", &json!({"openapi": "4.0.0"}), "error", "#/info");
    let (code, table) = hostile(folder.path(), target.path());
    assert_eq!(code, Some(1));
    assert!(table.contains("\n  is generated\n"), "{table}");
    assert!(table.contains("\n  no message names the place `#/info`\n"), "{table}");
    assert!(table.ends_with("\n0 of 2 as they must be\n"), "{table}");
}

const LINKS: usize = 1_000;

/// Schemas of which each is made of the next.
fn chain(link: impl Fn(Value) -> Value) -> Value {
    let name = |number: usize| format!("A{number}");
    let reference = |number: usize| json!({ "$ref": format!("#/components/schemas/{}", name(number)) });
    let mut schemas: serde_json::Map<String, Value> =
        (0..LINKS).map(|number| (name(number), link(reference(number + 1)))).collect();
    schemas.insert(name(LINKS), json!({"type": "string"}));
    document(Value::Object(schemas))
}

fn put(folder: &Path, name: &str, document: &Value, expect: &str, place: &str) {
    fs::write(folder.join(format!("{name}.json")), document.to_string()).unwrap();
    fs::write(folder.join(format!("{name}.txt")), format!("expect: {expect}\nplace: {place}\n")).unwrap();
}

#[test]
fn long_and_deep_documents() {
    let folder = tempfile::tempdir().unwrap();
    let put =
        |name: &str, document: &Value, expect: &str, place: &str| put(folder.path(), name, document, expect, place);
    put("chain_of_members", &chain(|next| json!({"type": "object", "properties": {"a": next}})), "ok", "file");
    put("chain_of_lists", &chain(|next| json!({"type": "array", "items": next})), "ok", "file");
    put(
        "chain_of_unions",
        &chain(|next| json!({"oneOf": [next, {"type": "integer"}]})),
        "either",
        "#/components/schemas",
    );
    put("chain_of_references", &chain(|next| next), "error", "#/components/schemas/A0/$ref");
    put("chain_of_all_of", &chain(|next| json!({"allOf": [next]})), "either", "#/components/schemas");
    let text = "x ".repeat(1 << 20);
    put("long_description", &document(json!({"A": {"type": "object", "description": text}})), "ok", "file");
    let name = "a".repeat(1 << 16);
    put("long_name", &document(json!({name: {"type": "object"}})), "ok", "file");
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(10_000), close.repeat(10_000));
        format!(r#"{{"openapi":"3.1.0","info":{{"title":"x","version":"1"}},"paths":{{}},"x-deep":{open}1{close}}}"#)
    };
    for (name, open, close) in [("deep_lists", "[", "]"), ("deep_objects", "{\"a\":", "}")] {
        fs::write(folder.path().join(format!("{name}.json")), deep(open, close)).unwrap();
        fs::write(folder.path().join(format!("{name}.txt")), "expect: error\nplace: #/x-deep\n").unwrap();
    }
    all_end_as_they_must(folder.path());
}

/// That they end; how the work grows with their width is in `growth.rs`.
#[test]
fn wide_documents() {
    let folder = tempfile::tempdir().unwrap();
    for Wide { name, document, end: (expect, place) } in wide::documents(3_000) {
        put(folder.path(), name, &document, expect, place);
    }
    all_end_as_they_must(folder.path());
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("api");
    fs::create_dir(&folder).unwrap();
    fs::write(parent.path().join("secret.yaml"), "type: string\n").unwrap();
    let targets = [("out", "../secret.yaml"), ("device", "/dev/zero"), ("folder", ".."), ("self", "self.link")];
    for (name, target) in targets {
        let link = format!("{name}.link");
        symlink(target, folder.join(&link)).unwrap();
        put(&folder, name, &document(json!({"A": {"$ref": link}})), "error", "#/components/schemas/A/$ref");
    }
    all_end_as_they_must(&folder);
}
