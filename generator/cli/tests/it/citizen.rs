//! What becomes of an emitted crate in its user's hands: its manifest, the files beside it, the workspace around it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Answer, PETS, put, run};

const ONE: &[&str] = &["pets.yaml", "--out", "out"];

fn generate(folder: &Path, args: &[&str]) -> Answer {
    run(folder, "gen", args)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "pets.yaml", PETS);
    folder
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// Asks Cargo for the packages of a manifest, without the network.
fn metadata(manifest: &Path) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--no-deps", "--format-version=1", "--offline", "--manifest-path"]);
    let output = command.arg(manifest).output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) }
}

#[test]
fn the_name_may_have_hyphens() {
    let folder = folder();
    assert_eq!(generate(folder.path(), &[ONE, &["--name", "my-pets"]].concat()).0, Some(0));
    assert!(text(folder.path(), "out/Cargo.toml").contains("\nname = \"my-pets\"\n"));
    assert!(text(folder.path(), "out/src/runtime.rs").contains("pub use my_pets_runtime::*;"));
    assert!(text(folder.path(), "out/src/lib.rs").contains("use my_pets::"));
    assert_eq!(metadata(&folder.path().join("out/Cargo.toml")), Ok(()));
}

#[test]
fn what_the_manifest_says_is_set_and_kept() {
    let folder = folder();
    let set = ["--package-version", "1.2.3", "--license", "MIT", "--description", "All \"pets\"", "--publish"];
    assert_eq!(generate(folder.path(), &[ONE, &set, &["--repository", "https://pets.test"]].concat()).0, Some(0));
    let manifest = text(folder.path(), "out/Cargo.toml");
    let expected = "[package]
name = \"pets\"
description = 'All \"pets\"'
version = \"1.2.3\"
edition = \"2024\"
rust-version = \"1.88\"
publish = true
metadata = { docs = { rs = { all-features = true } } }
license = \"MIT\"
repository = \"https://pets.test\"
";
    assert!(manifest.contains(expected), "{manifest}");
    assert!(manifest.contains("\npets-runtime = { version = \"1.2.3\", path = \"runtime\" }\n"), "{manifest}");
    assert!(text(folder.path(), "out/runtime/Cargo.toml").contains("\nversion = \"1.2.3\"\n"));

    let edited = manifest.replace("publish = true\n", "publish = true\nkeywords = [\"pets\"]\n");
    put(folder.path(), "out/Cargo.toml", &edited);
    assert_eq!(generate(folder.path(), ONE).0, Some(0));
    let kept = text(folder.path(), "out/Cargo.toml");
    assert!(kept.contains("\nversion = \"1.2.3\"\n") && kept.contains("\nkeywords = [\"pets\"]\n"), "{kept}");
    assert_eq!(generate(folder.path(), &[ONE, &["--check"]].concat()).0, Some(0));
}

#[test]
fn files_of_the_user_are_tolerated_beside_the_sources() {
    let folder = folder();
    generate(folder.path(), ONE);
    for path in ["LICENSE", "CHANGELOG.md", "tests/pets.rs", "examples/pets.rs", "build.rs"] {
        put(&folder.path().join("out"), path, "");
    }
    let check = generate(folder.path(), &[ONE, &["--check"]].concat());
    assert_eq!(check, (Some(0), "out is up to date\n".to_owned(), String::new()));
    let (code, stdout, _) = generate(folder.path(), ONE);
    assert_eq!((code, stdout.contains("LICENSE")), (Some(0), false), "{stdout}");
}

#[test]
fn a_crate_is_not_turned_into_another_one() {
    let folder = folder();
    put(folder.path(), "cats.yaml", PETS);
    generate(folder.path(), ONE);
    let other = ["cats.yaml", "--out", "out"];
    let expected = "error: out holds the crate `pets`, and this one is `cats`: give `--name pets` to keep the name, or `--replace` to \
                    turn the folder into `cats`\n";
    assert_eq!(generate(folder.path(), &other), (Some(2), String::new(), expected.to_owned()));
    assert_eq!(generate(folder.path(), &[&other[..], &["--name", "pets"]].concat()).0, Some(0));
    assert_eq!(generate(folder.path(), &[&other[..], &["--replace"]].concat()).0, Some(0));
    assert!(text(folder.path(), "out/Cargo.toml").contains("\nname = \"cats\"\n"));
}

#[test]
fn a_crate_lies_in_the_workspace_of_others() {
    let folder = folder();
    put(folder.path(), "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n");
    let app = "[package]\nname = \"app\"\nedition = \"2024\"\n";
    put(folder.path(), "app/Cargo.toml", app);
    put(folder.path(), "app/src/lib.rs", "");
    let (code, _, stderr) = generate(folder.path(), ONE);
    let advice = "note: the crate lies in the workspace of Cargo.toml
  help: add \"out\" to its `members`, or depend on the crate by its path
";
    assert_eq!(code, Some(0));
    let shown = folder.path().canonicalize().unwrap().join("Cargo.toml").display().to_string();
    assert_eq!(stderr.replace(&shown, "Cargo.toml"), advice);

    // As a dependency by path, and as a member.
    put(folder.path(), "app/Cargo.toml", &format!("{app}\n[dependencies]\npets = {{ path = \"../out\" }}\n"));
    assert_eq!(metadata(&folder.path().join("Cargo.toml")), Ok(()));
    put(folder.path(), "app/Cargo.toml", app);
    put(folder.path(), "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"out\"]\n");
    assert_eq!(metadata(&folder.path().join("Cargo.toml")), Ok(()));
    assert_eq!(metadata(&folder.path().join("out/Cargo.toml")), Ok(()));
    let (code, _, stderr) = generate(folder.path(), ONE);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
}

#[test]
fn patterns_of_a_workspace_name_a_crate_as_cargo_reads_them() {
    let folder = folder();
    for (pattern, lists) in [
        ("crates/*", true),
        ("crates/p*", true),
        ("crates/*s", true),
        ("crates/p*-*s", true),
        ("crat?s/pet-client?", true),
        ("crates/p*t", false),
        ("crates/pet-client", false),
        ("crates/?et-client", false),
        ("crates/pet-clients?", false),
        ("crates/[a-p]et-*", true),
        ("**/pet-clients", true),
        ("*", false),
    ] {
        put(folder.path(), "Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = [\"{pattern}\"]\n"));
        let (code, _, stderr) = generate(folder.path(), &["pets.yaml", "--out", "crates/pet-clients"]);
        assert_eq!((code, stderr.is_empty()), (Some(0), lists), "{pattern}: {stderr}");
        assert_eq!(metadata(&folder.path().join("crates/pet-clients/Cargo.toml")).is_ok(), lists, "{pattern}");
    }
}

/// A folder inside a member is not a member. A folder inside an excluded one is excluded.
#[test]
fn a_crate_inside_a_folder_of_the_workspace() {
    let folder = folder();
    for (key, is_out) in [("members", false), ("exclude", true)] {
        put(folder.path(), "Cargo.toml", &format!("[workspace]\nresolver = \"3\"\n{key} = [\"app\"]\n"));
        put(folder.path(), "app/Cargo.toml", "[package]\nname = \"app\"\nedition = \"2024\"\n");
        put(folder.path(), "app/src/lib.rs", "");
        let (code, _, stderr) = generate(folder.path(), &["pets.yaml", "--out", "app/out"]);
        assert_eq!((code, stderr.is_empty()), (Some(0), is_out), "{key}: {stderr}");
        assert_eq!(metadata(&folder.path().join("app/out/Cargo.toml")).is_ok(), is_out, "{key}");
    }
}

#[test]
fn a_crate_of_a_folder_has_the_name_that_is_asked_for() {
    let folder = folder();
    put(folder.path(), "specs/cats/openapi.yaml", PETS);
    let all = ["--specs", "specs", "--out", "out", "--name", "my-clients"];
    assert_eq!(generate(folder.path(), &all).0, Some(0));
    assert!(text(folder.path(), "out/Cargo.toml").contains("\nname = \"my-clients\"\n"));
}

#[test]
fn files_name_the_program_that_made_them() {
    let folder = folder();
    generate(folder.path(), ONE);
    for path in ["src/lib.rs", "src/api/client.rs", "src/api/models/pet.rs", "runtime/src/formats.rs"] {
        let text = text(folder.path(), &format!("out/{path}"));
        assert_eq!(text.lines().next(), Some("// @generated by `oasmith gen`; do not edit."), "{path}");
    }
    assert!(text(folder.path(), "out/Cargo.toml").starts_with("# @generated by `oasmith gen`; do not edit.\n"));
    assert!(text(folder.path(), "out/README.md").contains("generated by `oasmith gen` from"));
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = folder();
    put(folder.path(), "pets.yaml", &PETS.replace("{type: object,", "{type: object, nonsense: 1,"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_oasmith"));
    command.current_dir(folder.path()).arg("gen").args(ONE).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn warnings_come_last_and_an_empty_crate_cannot_be_missed() {
    let folder = folder();
    put(folder.path(), "pets.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n");
    let (code, _, stderr) = generate(folder.path(), ONE);
    let expected = "
warning: nothing is made of pets: its document, or what is chosen of it, has neither operations nor schemas
  help: see whether it is the whole document, with `paths` and `components`, and what `only` and `except` leave
";
    assert_eq!((code, stderr.as_str()), (Some(0), expected));
}

#[test]
fn what_is_no_file_is_named_with_the_way_out() {
    let folder = folder();
    let answer = |spec: &str| generate(folder.path(), &[spec, "--out", "out"]);
    let expected = "error: nothing is downloaded: save the document first, for example with `curl --fail --location --output \
                    openapi.yaml https://pets.test/openapi.yaml`\n";
    assert_eq!(answer("https://pets.test/openapi.yaml"), (Some(2), String::new(), expected.to_owned()));
    let expected = "error: `-` is not read: save the document to a file, and give the file\n";
    assert_eq!(answer("-"), (Some(2), String::new(), expected.to_owned()));
}
