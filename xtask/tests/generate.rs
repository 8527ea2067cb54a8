//! `cargo xtask gen` as a program. What it writes and its exit codes are tested with `oasmith`; here are its own arguments and words.

use std::fs;
use std::path::Path;
use std::process::Command;

const NOTHING: &str =
    "openapi: 3.1.0\ninfo: {title: Cats, version: '1'}\npaths: {}\ncomponents: {schemas: {Cat: {type: object}}}\n";

/// Runs `gen` in a folder; gives the exit code and the errors.
fn generate(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(folder).arg("gen").args(args).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_document_is_named_by_an_option() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("cats.yaml"), NOTHING).unwrap();
    let one = ["--spec", "cats.yaml", "--out", "out"];
    assert_eq!(generate(folder, &one), (Some(0), String::new()));
    assert_eq!(generate(folder, &[&one[..], &["--check"]].concat()), (Some(0), String::new()));
    assert!(fs::read_to_string(folder.join("out/Cargo.toml")).unwrap().contains("name = \"cats\"\n"));

    fs::write(folder.join("out/src/mine.rs"), "").unwrap();
    let expected = "error: out is not up to date
  not generated out/src/mine.rs
  help: move what is not generated out of `src` and `runtime`; `cargo xtask gen` deletes only what it has written
";
    assert_eq!(generate(folder, &[&one[..], &["--check"]].concat()), (Some(1), expected.to_owned()));
    for args in [&["--spec", "cats.yaml"][..], &["--out", "out"], &["--name", "pets"], &["cats.yaml", "--out", "out"]] {
        assert_eq!(generate(folder, args).0, Some(2), "{args:?}");
    }
}

#[test]
fn a_missing_document_can_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("specs/empty")).unwrap();
    let expected = "error: the folder has no `openapi.json`, `openapi.yaml` or `openapi.yml`
  --> specs/empty
  help: put the document there (`cargo xtask import empty PAGE.md`), or delete the folder

1 error, 0 warnings; nothing was written
";
    assert_eq!(generate(folder.path(), &["--specs", "specs", "--out", "out"]), (Some(1), expected.to_owned()));
}
