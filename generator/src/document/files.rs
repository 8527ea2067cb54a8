//! The other files of a document: every file that a reference names, and those that they name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use super::{Document, Tree};
use crate::diagnostics::{Diagnostics, FileId};
use crate::overlay::Origins;
use crate::source::{self, Loader, SourceText, Sources};

/// Loads the other files. One that can't be had is reported where it is referred to.
pub(super) fn load(document: &mut Document, loader: &dyn Loader, sources: &mut Sources, out: &mut Diagnostics) {
    let name = sources.file(document.root).name.clone();
    let (folder, own) = name.rsplit_once(['/', '\\']).map_or(("", name.as_str()), |(folder, own)| (folder, own));
    // Paths are relative to the root document's folder; messages show them as the user could open them.
    let shown = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let mut known: HashMap<String, Result<FileId, String>> = HashMap::from([(own.to_owned(), Ok(document.root))]);
    let mut pending = vec![(document.root, own.to_owned())];
    while let Some((file, from)) = pending.pop() {
        let mut names = Vec::new();
        if let Some(tree) = document.trees.get(&file) {
            external_references(&tree.value, &mut names);
        }
        for name in names {
            let found = source::resolve(&from, &name).map_err(|error| error.to_string()).and_then(|path| {
                let load = || read(&path, shown(&path), loader, sources, out);
                let found = known.entry(path.clone()).or_insert_with(load).clone()?;
                if let Entry::Vacant(tree) = document.trees.entry(found) {
                    let value = sources.file(found).root.clone();
                    tree.insert(Tree::new(found, value, Origins::document(found)));
                    pending.push((found, path));
                }
                Ok(found)
            });
            if let Some(tree) = document.trees.get_mut(&file) {
                tree.files.insert(name, found);
            }
        }
    }
}

fn read(
    path: &str,
    name: String,
    loader: &dyn Loader,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Result<FileId, String> {
    let bytes = loader.load(path).map_err(|error| error.to_string())?;
    sources.parse(SourceText { name, bytes }, out).ok_or_else(|| "it could not be parsed".to_owned())
}

/// The file parts of all references in a tree, in document order. Extensions and examples hold no references, but a member
/// of `properties` may be called like one.
fn external_references(value: &Value, names: &mut Vec<String>) {
    walk(value, false, names);
}

fn walk(value: &Value, keys_are_names: bool, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref").filter(|_| !keys_are_names) {
                let file = reference.split('#').next().unwrap_or_default();
                if !file.is_empty() && !names.iter().any(|name| name == file) {
                    names.push(file.to_owned());
                }
            }
            for (key, member) in members {
                let read = keys_are_names || (!key.starts_with("x-") && !NO_REFERENCES.contains(&key.as_str()));
                if read {
                    walk(member, !keys_are_names && key == "properties", names);
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| walk(element, false, names)),
        _ => {}
    }
}

const NO_REFERENCES: &[&str] = &["example", "examples", "default", "enum", "const"];
