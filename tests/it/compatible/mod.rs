//! That a compatible change of a document is a compatible change of the Rust API: a program written against what was emitted
//! before compiles against what is emitted after.
//!
//! One crate holds all: a module for every document and change, and a program for each.

mod changes;
pub mod program;
mod schemas;

use std::collections::{BTreeSet, HashMap};

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, report};
use indexmap::IndexMap;
use serde_json::Value;

use crate::compile;
use crate::documents::{Document, crate_of, documents};
use changes::{CHANGES, Change};

const CRATE: &str = "compatible";

#[test]
fn programs_compile_after_compatible_changes() {
    let trees: Vec<(String, Value)> = all().iter().map(|document| (document.name.clone(), document.tree())).collect();
    let before = files(trees.iter().map(|(name, tree)| source(name, tree)).collect());
    let changed =
        trees.iter().flat_map(|(name, tree)| CHANGES.map(|(label, change)| changed(name, tree, label, change)));
    let changed: Vec<(String, String, Value)> = changed.collect();
    let mut after = files(changed.iter().map(|(_, module, tree)| source(module, tree)).collect());
    for (name, module, _) in &changed {
        let lost: Vec<String> = wire_lines(&before, name).difference(&wire_lines(&after, module)).cloned().collect();
        assert_eq!(lost, Vec::<String>::new(), "{module}: names that mean something else");
    }
    let programs: HashMap<&str, String> =
        trees.iter().map(|(name, _)| (name.as_str(), program::program(&before, CRATE, name))).collect();
    // A program as a user has it: a crate of its own, for which private things are private.
    let mut main = "#![allow(warnings)]\n".to_owned();
    for (name, module, _) in &changed {
        main += &format!("#[path = \"programs/{module}.rs\"]\nmod {module};\n");
        let (old, new) = (format!("{CRATE}::{name}::"), format!("{CRATE}::{module}::"));
        after.insert(format!("src/programs/{module}.rs"), programs[name.as_str()].replace(&old, &new));
    }
    after.insert("src/main.rs".to_owned(), main + "fn main() {}\n");
    compile::run(&["check", "--message-format=short"], &compile::written(CRATE, &after));
}

/// A document's name, the module of what a change makes of it, and that.
fn changed(name: &str, tree: &Value, label: &str, change: Change) -> (String, String, Value) {
    let mut tree = tree.clone();
    change(&mut tree);
    (name.to_owned(), format!("{name}_{label}"), tree)
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
    ApiSource { name: name.to_owned(), document, overlay: None, loader: &NoFiles }
}

fn files(apis: Vec<ApiSource<'_>>) -> IndexMap<String, String> {
    let generated = crate_of(apis, CRATE, Layout::Member);
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    generated.files.unwrap_or_else(|| panic!("{messages}"))
}
