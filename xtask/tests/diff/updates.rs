//! Three updates as they come: what the reviewer of each reads.
//!
//! `updates/NAME.md` is the whole summary; `UPDATE_EXPECT=1` rewrites it. The commit in it is written as zeros.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

use super::commits::{commit, git, put};
use super::{DIFF, diff};

/// Only words have changed.
#[test]
fn a_description() {
    check("netography", 0, |document| {
        let operation = &mut document["paths"]["/api/v1/auth/token"]["post"];
        operation["description"] =
            json!("If you do not have the 4 fields below available, ask your administrator for an API key.");
    });
}

/// A reply says more.
#[test]
fn a_member_of_a_token() {
    check("bytenite", 0, |document| {
        let token = &mut document["components"]["schemas"]["authAccessTokenResponse"];
        token["properties"]["refreshToken"] = json!({"type": "string"});
    });
}

/// A reply promises more.
#[test]
fn a_member_that_became_required() {
    check("purewl", 0, |document| {
        document["components"]["schemas"]["AccessTokenBody"]["required"] = json!(["expiry"]);
    });
}

/// The README shows the summary of one.
#[test]
fn the_readme_shows_a_real_summary() {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests"));
    let summary = text(&manifest.join("tests/diff/updates/purewl.md"));
    assert!(
        text(&manifest.with_file_name("README.md")).contains(&format!("````markdown\n{summary}````\n")),
        "{summary}"
    );
}

/// Commits an API's folder to a repository of its own, updates the document there and compares.
fn check(name: &str, code: i32, update: fn(&mut Value)) {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests"));
    let specs = manifest.with_file_name("specs").join(name);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    let at = |file: &str| format!("specs/{name}/{file}");
    put(folder, &at("overlay.yaml"), &text(&specs.join("overlay.yaml")));
    commit(folder, &at("openapi.json"), &text(&specs.join("openapi.json")));
    git(folder, &["checkout", "--quiet", "-b", "update"]);
    let mut document: Value = serde_json::from_str(&text(&specs.join("openapi.json"))).unwrap();
    update(&mut document);
    put(folder, &at("openapi.json"), &(serde_json::to_string_pretty(&document).unwrap() + "\n"));

    let (exit, markdown, stderr) = diff(folder, &[DIFF, &["--format", "markdown"]].concat());

    assert_eq!((exit, stderr.as_str()), (Some(code), ""));
    let markdown = markdown.replace(&git(folder, &["rev-parse", "--short=8", "main"]), "00000000");
    let expected = manifest.join("tests/diff/updates").join(format!("{name}.md"));
    if env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(&expected, &markdown).unwrap();
    }
    assert!(text(&expected) == markdown, "{} differs; rewrite with UPDATE_EXPECT=1\n\n{markdown}", expected.display());
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n")
}
