//! A part of a document, by arguments and by `generate.toml`.

use std::fs;
use std::path::Path;

use crate::program::{put, run};

const SHOP: &str = r#"openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.test"}]
paths:
  /pets:
    get:
      operationId: list_pets
      tags: [pets]
      responses: {"200": {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    post:
      operationId: add_pet
      tags: [pets]
      responses: {"204": {description: None.}}
  /pets/{id}/toys:
    get:
      operationId: list_toys
      tags: [toys]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
    Pet: {allOf: [{$ref: '#/components/schemas/Thing'}], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Kind: {type: string, enum: [cat, dog]}
    Toy: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, broken: {$ref: '#/components/schemas/Part'}}}
    Part: {type: string, enum: [all]}
    Unused: {$ref: '#/components/schemas/Nothing'}
"#;

/// The operations and the models of a crate.
fn emitted(folder: &Path) -> String {
    let names = |kind: &str| {
        let entries = fs::read_dir(folder.join("out/src/api").join(kind)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()));
        let mut names: Vec<String> = names.filter(|name| name != "mod").collect();
        names.sort();
        names.join(" ")
    };
    format!("{} | {}", names("operations"), names("models"))
}

#[test]
fn operations_are_chosen() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "shop.yaml", SHOP);
    for (args, expected) in [
        (["--only", "list_pets"], "list_pets | kind pet"),
        (["--only", "list_*"], "list_pets list_toys | kind part pet toy"),
        (["--only", "/pets"], "add_pet list_pets | kind pet"),
        (["--only", "/pets/**"], "list_toys | kind part pet toy"),
        (["--only", "POST,tag:toys"], "add_pet list_toys | kind part pet toy"),
        (["--only", "POST /pets"], "add_pet | "),
        (["--except", "GET /pets,/**/toys"], "add_pet | "),
        (["--except", "tag:toys"], "add_pet list_pets | kind pet"),
    ] {
        let (code, _, stderr) = run(folder.path(), "gen", &[&["shop.yaml", "--out", "out"], &args[..]].concat());
        assert_eq!((code, stderr.as_str(), emitted(folder.path()).as_str()), (Some(0), "", expected), "{args:?}");
    }
}

#[test]
fn a_folder_holds_its_choices() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/shop/openapi.yaml", SHOP);
    put(folder.path(), "specs/shop/generate.toml", "only = [\"tag:pets\"]\nexcept = [\"POST\"]\n");
    let (code, stdout, stderr) = run(folder.path(), "gen", &["--specs", "specs", "--out", "out"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("shop: 1 operation, 2 types\n"), "{stdout}");
}

#[test]
fn a_choice_of_nothing_says_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "shop.yaml", SHOP);
    let (code, _, stderr) = run(folder.path(), "gen", &["shop.yaml", "--out", "out", "--only", "list_pet"]);
    let expected = "error[selects-nothing]: `list_pet` selects no operation
 --> the arguments, as generate.toml:1:9  #/only/0
  |
1 | only = [\"list_pet\"]
  |         ^^^^^^^^^^
  |
  = help: did you mean `list_pets`?

help: `oasmith explain CODE` says more about a message
1 error, 0 warnings; nothing was written
";
    assert_eq!((code, stderr.as_str()), (Some(1), expected));
}

#[test]
fn what_is_not_chosen_breaks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "old.yaml", SHOP);
    put(
        folder.path(),
        "new.yaml",
        &SHOP.replace("operationId: list_toys", "operationId: all_toys").replace("broken", "whole"),
    );
    put(folder.path(), "generate.toml", "only = [\"tag:pets\"]\n");
    let all = run(folder.path(), "diff", &["old.yaml", "new.yaml", "--fail-on", "rust"]);
    assert_eq!(all.0, Some(1), "{all:?}");
    let part = run(folder.path(), "diff", &["old.yaml", "new.yaml", "--fail-on", "rust", "--config", "generate.toml"]);
    assert_eq!(part.0, Some(0), "{part:?}");
}
