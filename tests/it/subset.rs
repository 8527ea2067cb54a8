//! A part of a document: its operations alone, the types that they need and no others, under the names that they have in the whole.

use std::collections::{BTreeMap, BTreeSet};

use generator::source::SourceText;
use generator::{ApiSource, Generated, Layout};

use crate::documents::{Document, crate_of, documents};

/// A crate of the operations that a pattern selects.
fn part(document: &Document, only: &str) -> Generated {
    let text = format!("only = [{}]\n", toml::Value::String(only.to_owned()));
    let choices = vec![SourceText { name: "generate.toml".to_owned(), bytes: text.into_bytes() }];
    crate_of(vec![ApiSource { choices, ..document.source() }], "example", Layout::Whole)
}

/// The methods and paths of a document's operations.
fn operations(document: &Document) -> Vec<String> {
    let tree = document.tree();
    let items = tree.get("paths").and_then(|paths| paths.as_object()).into_iter().flatten();
    let methods = items.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten().map(|(key, _)| key.to_uppercase());
        members
            .filter(|key| ["GET", "PUT", "POST", "DELETE", "PATCH"].contains(&key.as_str()))
            .map(move |key| (key, path))
    });
    methods.filter(|(_, path)| path.starts_with('/')).map(|(method, path)| format!("{method} {path}")).collect()
}

#[test]
fn a_part_has_the_types_that_it_needs_and_no_others() {
    let (mut wrong, mut parts) = (Vec::new(), 0);
    for document in documents("golden") {
        let whole = names(&document.generate());
        for operation in operations(&document) {
            let part = part(&document, &operation);
            let Some(files) = &part.files else { continue };
            parts += 1;
            let unneeded: Vec<String> = unneeded(files.iter()).collect();
            let others: Vec<String> = names(&part).difference(&whole).cloned().collect();
            if !(unneeded.is_empty() && others.is_empty()) {
                wrong.push(format!(
                    "{}: {operation}: not needed {unneeded:?}, not in the whole {others:?}",
                    document.name
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(parts > 50, "{parts}");
}

/// A chosen operation needs the operations that give its tokens.
#[test]
fn the_operations_of_a_token_source_are_kept() {
    let document = Document::at("lighthouse", "lighthouse/openapi.yaml", Some("lighthouse/overlay.yaml"));
    let paths = |generated: &Generated| -> Vec<String> {
        let names = names(generated);
        names.into_iter().filter_map(|path| path.strip_prefix("src/api/operations/").map(str::to_owned)).collect()
    };
    assert_eq!(paths(&part(&document, "showLamp")), ["mod.rs", "open_session.rs", "show_lamp.rs"]);
}

/// The files of models and operations.
fn names(generated: &Generated) -> BTreeSet<String> {
    let files = generated.files.iter().flat_map(|files| files.keys());
    files
        .filter(|path| path.starts_with("src/api/models/") || path.starts_with("src/api/operations/"))
        .cloned()
        .collect()
}

/// The models that no chain of uses leads to from an operation.
fn unneeded<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> impl Iterator<Item = String> {
    let mut models: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut pending: Vec<String> = Vec::new();
    for (path, text) in files.filter(|(path, _)| !path.ends_with("/mod.rs")) {
        let words: BTreeSet<String> = words(text);
        if path.starts_with("src/api/operations/") {
            pending.extend(words);
        } else if path.starts_with("src/api/models/") {
            for name in declared(text) {
                models.insert(name, words.clone());
            }
        }
    }
    while let Some(name) = pending.pop() {
        pending.extend(models.remove(&name).into_iter().flatten());
    }
    models.into_keys()
}

/// The types that a file declares, by a macro or an alias.
fn declared(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter_map(|line| line.strip_prefix("pub "));
    let items = lines
        .filter_map(|line| ["struct ", "enum ", "union ", "type "].iter().find_map(|kind| line.strip_prefix(kind)));
    let end = |c: char| !(c.is_alphanumeric() || c == '_');
    items.map(|name| name.split(end).next().unwrap_or_default().to_owned()).collect()
}

/// The words of a text outside its documentation.
fn words(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = code.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '_')));
    words.map(str::to_owned).collect()
}
