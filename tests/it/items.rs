//! What a change of a document means for programs: the items that differ.
//!
//! `items/NAME.old.yaml` and `items/NAME.new.yaml` are a pair; `items/NAME.txt` says what is expected of it. That a verdict is
//! true, a compiler says (`crates::items`).

use std::fmt::Write;
use std::path::PathBuf;

use differ::{Change, compare};
use generator::ApiSource;
use generator::source::{NoFiles, SourceText};

use crate::documents::{file_names, root};
use crate::snapshot::Snapshots;

#[test]
fn items_differ_as_expected() {
    let mut snapshots = Snapshots::default();
    for name in names() {
        snapshots.check(&root().join(format!("items/{name}.txt")), &told(&changes(&name)));
    }
    snapshots.finish();
}

/// The changes between the documents of a pair.
pub fn changes(name: &str) -> Vec<Change> {
    let compared = compare(source("api", name, "old"), source("api", name, "new"));
    compared.changes.expect("both documents can be read")
}

/// The changes with their items.
fn told(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let Change { subject, wire, rust, rule, before, after, hint, .. } = change;
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        let _ = writeln!(text, "{subject}: wire {wire:?}, rust {rust:?} [{}]", rule.id);
        let _ = writeln!(text, "    {} -> {}", side(before), side(after));
        let _ = hint.iter().try_for_each(|hint| writeln!(text, "    {hint}"));
        for item in &change.items {
            let _ = writeln!(text, "    {} {:?}", item.path, item.verdict);
            let _ = writeln!(text, "        {}\n     -> {}", side(&item.before), side(&item.after));
            if let Some(hint) = &item.hint {
                let _ = writeln!(text, "        {hint}");
            }
        }
    }
    text
}

/// A document of a pair, as that of an API.
pub fn source(module: &str, name: &str, side: &str) -> ApiSource<'static> {
    let path: PathBuf = root().join(format!("items/{name}.{side}.yaml"));
    let bytes = std::fs::read(&path).expect("the document can be read");
    let document = SourceText { name: format!("{name}.{side}.yaml"), bytes };
    ApiSource { name: module.to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles }
}

/// The names of the pairs.
pub fn names() -> Vec<String> {
    file_names("items").iter().filter_map(|file| file.strip_suffix(".old.yaml")).map(str::to_owned).collect()
}
