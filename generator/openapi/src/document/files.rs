//! The other files of a document: every file that a reference names, and the files that these name in turn.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexSet;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::{Document, Tree, inline, references};
use crate::diagnostics::{Diagnostics, FileId};
use crate::overlay::Origins;
use crate::source::{self, Loader, SourceText, Sources};

/// Characters of a file's path that have a meaning in a reference, so that they are escaped there.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'#').add(b'%').add(b':').add(b'?');

/// The files of a document while they are loaded.
pub(super) struct Files<'l> {
    pub document: &'l mut Document,
    pub sources: &'l mut Sources,
    pub out: &'l mut Diagnostics,
    loader: &'l dyn Loader,
    /// The path of the folder that may be read, for messages.
    folder: String,
    /// The files that were asked for, by their paths in that folder. An error says why a file cannot be read.
    known: HashMap<String, Result<FileId, String>>,
    paths: HashMap<FileId, String>,
}

/// Loads the other files. A file that cannot be read is reported at the references to it.
pub(super) fn load(document: &mut Document, loader: &dyn Loader, sources: &mut Sources, out: &mut Diagnostics) {
    let root = document.root;
    let name = sources.file(root).name.clone();
    let (folder, own) = name.rsplit_once(['/', '\\']).map_or(("", name.as_str()), |(folder, own)| (folder, own));
    // Paths are relative to the folder that may be read. Messages show paths that the user can open.
    let above = loader.folder();
    let shown = folder.strip_suffix(above.as_str()).unwrap_or_default().trim_end_matches('/').to_owned();
    let own = if above.is_empty() { own.to_owned() } else { format!("{above}/{own}") };
    let known = HashMap::from([(own.clone(), Ok(root))]);
    let paths = HashMap::from([(root, own)]);
    let mut files = Files { document, sources, out, loader, folder: shown, known, paths };
    let mut pending = vec![root];
    while let Some(file) = pending.pop() {
        inline::inline(&mut files, file);
        let names = files.document.trees.get(&file).map(|tree| external_references(&tree.value)).unwrap_or_default();
        for name in names {
            let found = files.load(file, &name);
            if let Ok(found) = found
                && !files.document.trees.contains_key(&found)
            {
                let value = Arc::clone(&files.sources.file(found).root);
                files.document.trees.insert(found, Tree::new(found, value, Origins::document(found)));
                pending.push(found);
            }
            if let Some(tree) = files.document.trees.get_mut(&file) {
                tree.files.insert(name, found);
            }
        }
    }
    files.paths.remove(&root);
    files.document.paths = files.paths;
}

impl Files<'_> {
    /// The file that a reference in the file `from` names, without its fragment.
    pub(super) fn load(&mut self, from: FileId, name: &str) -> Result<FileId, String> {
        let path = source::resolve(self.path(from), name).map_err(|error| error.to_string())?;
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let found = self.read(&path);
        if let Ok(file) = found {
            self.paths.insert(file, path.clone());
        }
        self.known.insert(path, found.clone());
        found
    }

    fn read(&mut self, path: &str) -> Result<FileId, String> {
        let bytes = self.loader.load(path).map_err(|error| error.to_string())?;
        let name = if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) };
        self.sources.parse(SourceText { name, bytes }, self.out).ok_or_else(|| "it could not be parsed".to_owned())
    }

    fn path(&self, file: FileId) -> &str {
        self.paths.get(&file).map_or("", String::as_str)
    }

    /// Rewrites a reference of the file `from` for the file `to`. If no file that may be read has that name, the reference stays as it is.
    pub(super) fn rebased(&self, from: FileId, to: FileId, reference: &str) -> String {
        let (name, fragment) = references::parts(reference);
        let target =
            if name.is_empty() { Ok(self.path(from).to_owned()) } else { source::resolve(self.path(from), name) };
        match target {
            Ok(target) if target == self.path(to) => format!("#{fragment}"),
            Ok(target) => format!("{}#{fragment}", relative(self.path(to), &target)),
            Err(_) => reference.to_owned(),
        }
    }
}

/// The path to a file, as a reference in the file `from` has it.
fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let steps: Vec<&str> = to.split('/').collect();
    let folders = folders.get(..folders.len() - 1).unwrap_or_default();
    let shared = folders.iter().zip(&steps).take_while(|(folder, step)| folder == step).count();
    let up = std::iter::repeat_n("..".to_owned(), folders.len() - shared);
    let down = steps.into_iter().skip(shared).map(|step| utf8_percent_encode(step, ESCAPED).to_string());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The file parts of all references in a tree, in document order.
fn external_references(value: &Value) -> IndexSet<String> {
    let mut names = IndexSet::new();
    references::each_object(value, &mut |_, members| {
        let files = references::texts(members).map(|(_, text)| references::parts(text).0);
        names.extend(files.filter(|file| !file.is_empty()).map(str::to_owned));
    });
    names
}
