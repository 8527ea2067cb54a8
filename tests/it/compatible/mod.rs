//! That a compatible change of a document is a compatible change of the Rust API: a program written against what was emitted
//! before compiles against what is emitted after.
//!
//! One crate holds all: a module for every document and change, and a program for each.

mod changes;
mod program;
mod schemas;

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Generated, Layout, report};
use serde_json::Value;

use crate::compile;
use crate::documents::{Document, crate_of, documents};
use changes::CHANGES;

const CRATE: &str = "compatible";

#[test]
fn programs_compile_after_compatible_changes() {
    let trees: Vec<(String, Value)> = all().iter().map(|document| (document.name.clone(), document.tree())).collect();
    let before = trees.iter().map(|(name, tree)| source(name, tree)).collect();
    let before = files(crate_of(before, CRATE, Layout::Member));
    let (mut after, mut programs) = (Vec::new(), Vec::new());
    for (name, tree) in &trees {
        let program = program::program(&before, CRATE, name);
        for (label, change) in CHANGES {
            let mut tree = tree.clone();
            change(&mut tree);
            let module = format!("{name}_{label}");
            after.push(source(&module, &tree));
            programs.push((
                module.clone(),
                program.replace(&format!("{CRATE}::{name}::"), &format!("{CRATE}::{module}::")),
            ));
        }
    }
    let mut files = files(crate_of(after, CRATE, Layout::Member));
    // A program as a user has it: a crate of its own, for which private things are private.
    let modules: String =
        programs.iter().map(|(module, _)| format!("#[path = \"programs/{module}.rs\"]\nmod {module};\n")).collect();
    files.insert("src/main.rs".to_owned(), format!("#![allow(warnings)]\n{modules}\nfn main() {{}}\n"));
    files.extend(programs.into_iter().map(|(module, text)| (format!("src/programs/{module}.rs"), text)));
    compile::run(&["check", "--message-format=short"], &compile::written(CRATE, &files));
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

fn files(generated: Generated) -> indexmap::IndexMap<String, String> {
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    generated.files.unwrap_or_else(|| panic!("{messages}"))
}
