//! The other files of a document: every file that a reference names, and the files that these name in turn.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use indexmap::IndexSet;
use serde_json::Value;

use super::{Document, Tree, references};
use crate::diagnostics::{Diagnostics, FileId};
use crate::overlay::Origins;
use crate::source::{self, Loader, SourceText, Sources};

/// Loads the other files. A file that cannot be read is reported at the references to it.
pub(super) fn load(document: &mut Document, loader: &dyn Loader, sources: &mut Sources, out: &mut Diagnostics) {
    let name = sources.file(document.root).name.clone();
    let (folder, own) = name.rsplit_once(['/', '\\']).map_or(("", name.as_str()), |(folder, own)| (folder, own));
    // Paths are relative to the folder that may be read. Messages show paths that the user can open.
    let above = loader.folder();
    let root = folder.strip_suffix(above.as_str()).unwrap_or_default().trim_end_matches('/');
    let shown = |path: &str| if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
    let own = if above.is_empty() { own.to_owned() } else { format!("{above}/{own}") };
    let mut known: HashMap<String, Result<FileId, String>> = HashMap::from([(own.clone(), Ok(document.root))]);
    let mut pending = vec![(document.root, own)];
    while let Some((file, from)) = pending.pop() {
        let names = document.trees.get(&file).map(|tree| external_references(&tree.value)).unwrap_or_default();
        for name in names {
            let found = source::resolve(&from, &name).map_err(|error| error.to_string()).and_then(|path| {
                let load = || read(&path, shown(&path), loader, sources, out);
                let found = known.entry(path.clone()).or_insert_with(load).clone()?;
                if let Entry::Vacant(tree) = document.trees.entry(found) {
                    let value = Arc::clone(&sources.file(found).root);
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

/// The file parts of all references in a tree, in document order. A discriminator may map values to references.
fn external_references(value: &Value) -> IndexSet<String> {
    let mut names = IndexSet::new();
    references::each_object(value, &mut |_, members| {
        let mapping = members.get("discriminator").and_then(|it| it.get("mapping")).and_then(Value::as_object);
        let mapped = mapping.into_iter().flatten().map(|(_, named)| named).filter_map(Value::as_str);
        let reference = members.get("$ref").and_then(Value::as_str);
        for reference in reference.into_iter().chain(mapped.filter(|named| is_reference(named))) {
            let file = reference.split('#').next().unwrap_or_default();
            if !file.is_empty() {
                names.insert(file.to_owned());
            }
        }
    });
    names
}

/// Whether a value of a `mapping` looks like a reference. Otherwise, it is a name.
fn is_reference(named: &str) -> bool {
    named.contains(['#', '/']) || [".json", ".yaml", ".yml"].iter().any(|extension| named.ends_with(extension))
}
