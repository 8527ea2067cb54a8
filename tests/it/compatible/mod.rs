//! That a compatible change of a document is a compatible change of the Rust API: names mean what they meant, and the comparison
//! finds nothing breaking. That programs compile, a compiler says (`crates::compatible`).
//!
//! One crate holds all: a module for every document and change.

pub mod changes;
mod schemas;

use std::collections::BTreeSet;

use differ::{Verdict, compare};
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, report};
use indexmap::IndexMap;
use serde_json::Value;

use crate::documents::{Document, crate_of, documents};
use changes::CHANGES;

/// The name of the crate.
pub const CRATE: &str = "compatible";

/// Two names that are swapped would go unnoticed by a compiler.
#[test]
fn names_keep_their_meaning() {
    let trees = trees();
    let (before, after) = (before(&trees), after(&trees));
    for (name, module, _) in changed(&trees) {
        let lost: Vec<String> = wire_lines(&before, &name).difference(&wire_lines(&after, &module)).cloned().collect();
        assert_eq!(lost, Vec::<String>::new(), "{module}: names that mean something else");
    }
}

/// What compiles, the comparison of the documents must not call breaking.
#[test]
fn compatible_changes_break_no_program() {
    let mut breaking = Vec::new();
    for document in all() {
        let tree = document.tree();
        for (label, change) in CHANGES {
            let mut changed = tree.clone();
            change(&mut changed);
            let compared = compare(source(&document.name, &tree), source(&document.name, &changed));
            let changes = compared.changes.expect("both can be read");
            let worst = changes.iter().filter(|change| change.rust == Verdict::Breaking);
            breaking.extend(
                worst.map(|change| format!("{}, {label}: {} {:?}", document.name, change.subject, change.items)),
            );
        }
    }
    assert_eq!(breaking, Vec::<String>::new());
}

/// The documents' names and trees.
pub fn trees() -> Vec<(String, Value)> {
    all().iter().map(|document| (document.name.clone(), document.tree())).collect()
}

/// What is made of the documents as they are.
pub fn before(trees: &[(String, Value)]) -> IndexMap<String, String> {
    files(trees.iter().map(|(name, tree)| source(name, tree)).collect())
}

/// What is made of all that the changes make of them.
pub fn after(trees: &[(String, Value)]) -> IndexMap<String, String> {
    files(changed(trees).iter().map(|(_, module, tree)| source(module, tree)).collect())
}

/// For each document and change: the document's name, the module of what the change makes of it, and that.
pub fn changed(trees: &[(String, Value)]) -> Vec<(String, String, Value)> {
    let changed = trees.iter().flat_map(|(name, tree)| {
        CHANGES.map(|(label, change)| {
            let mut tree = tree.clone();
            change(&mut tree);
            (name.clone(), format!("{name}_{label}"), tree)
        })
    });
    changed.collect()
}

/// The lines that say what a parameter or a value is on the wire: two that swap their names would go unnoticed by a compiler.
fn wire_lines(files: &IndexMap<String, String>, api: &str) -> BTreeSet<String> {
    let folder = format!("src/{api}/");
    let own = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text)));
    let lines = own.flat_map(|(path, text)| text.lines().map(move |line| (path, line.trim())));
    let parameters = ["request.path(", "request.query(", "request.header(", "request.cookie("];
    let told = lines.filter_map(|(path, line)| match line {
        _ if parameters.iter().any(|start| line.starts_with(start)) => Some(format!("{path}: {line}")),
        // An enumeration that several places share lies in the file of the first one.
        _ if line.starts_with("Self::") && line.contains(" => \"") => Some(line.to_owned()),
        _ => None,
    });
    told.collect()
}

fn all() -> Vec<Document> {
    let specs = ["bytenite", "netography", "purewl"].map(|name| {
        let at = |file| format!("../specs/{name}/{file}");
        Document::at(name, &at("openapi.json"), Some(&at("overlay.yaml")))
    });
    let fourth = Document::at("fourth", "fourth/openapi.yaml", Some("fourth/overlay.yaml"));
    let petstore = Document::at("petstore", "petstore/petstore.yaml", None);
    specs.into_iter().chain([fourth, petstore]).chain(documents("compatible")).collect()
}

fn source(name: &str, tree: &Value) -> ApiSource<'static> {
    let document = SourceText { name: format!("{name}.json"), bytes: tree.to_string().into_bytes() };
    ApiSource { name: name.to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles }
}

fn files(apis: Vec<ApiSource<'_>>) -> IndexMap<String, String> {
    let generated = crate_of(apis, CRATE, Layout::Member);
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    generated.files.unwrap_or_else(|| panic!("{messages}"))
}
