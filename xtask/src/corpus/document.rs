//! One document: reads it, generates from it, and gives the result.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use generator::diagnostics::{FileId, Severity};
use generator::{Generated, Layout, Options, report};
use serde_json::Value;

use super::count;
use super::entry::{Compared, Entry, Message};
use super::workspace::Workspace;
use oasmith::generate::api::Api;
use oasmith::{names, paths};

/// A document of the corpus.
pub struct Document {
    path: PathBuf,
    /// The crate's name. It differs from those of all other documents.
    pub name: String,
}

/// The documents of a folder, by name.
pub fn all(folder: &Path) -> anyhow::Result<Vec<Document>> {
    let cannot = || format!("cannot read {}", paths::shown(folder));
    let entries = fs::read_dir(folder).with_context(cannot)?;
    let entries: Vec<_> = entries.collect::<Result<_, _>>().with_context(cannot)?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| is_document(path)).collect();
    files.sort();
    let mut taken = HashSet::new();
    Ok(files.into_iter().map(|path| Document { name: unique(names::package_for(&path), &mut taken), path }).collect())
}

fn is_document(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|kind| ["json", "yaml", "yml"].iter().any(|known| kind == *known))
}

fn unique(name: String, taken: &mut HashSet<String>) -> String {
    let others = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.clone()).chain(others).find(|name| taken.insert(name.clone()));
    free.expect("numbers do not run out")
}

impl Document {
    /// The document of a file, alone.
    pub fn of(path: &Path) -> Self {
        Self { name: names::package_for(path), path: path.to_owned() }
    }

    /// Generates the document. Its files go into the workspace, if there is one.
    ///
    /// The generator always goes on after errors, so that one run shows all errors, and also how much can be generated in spite of them.
    /// Without `keep_going`, the files of a document with errors are dropped.
    pub fn entry(&self, keep_going: bool, workspace: Option<&Workspace>) -> anyhow::Result<Entry> {
        let start = Instant::now();
        let file = paths::shown(&self.path);
        let Some(mut generated) = self.generate()? else {
            let error = Some("the generator panics".to_owned());
            return Ok(Entry { file, name: self.name.clone(), error, ..Entry::default() });
        };
        let seconds = start.elapsed().as_secs_f64();
        let files = generated.files.take();
        let has_errors = generated.diagnostics.has_errors();
        let needed_keep_going = files.is_some() && has_errors;
        let files = files.filter(|_| keep_going || !has_errors);
        let mut entry = Entry { file, name: self.name.clone(), seconds, needed_keep_going, ..Entry::default() };
        fill(&mut entry, &generated, files.is_some());
        if let (Some(workspace), Some(files)) = (workspace, files) {
            workspace.put(&self.name, &files)?;
        }
        Ok(entry)
    }

    /// Compares the document with itself. A panic counts as a difference.
    pub fn compare(&self) -> anyhow::Result<Compared> {
        let [old, new] = [(), ()].map(|()| Api::read(self.name.clone(), &self.path, None));
        let (old, new) = (old?, new?);
        let start = Instant::now();
        let comparison = catch_unwind(AssertUnwindSafe(|| differ::compare(old.source(), new.source()))).ok();
        let differences = comparison.map_or(1, |it| it.documentation + it.changes.map_or(0, |changes| changes.len()));
        Ok(Compared { differences, seconds: start.elapsed().as_secs_f64() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The output of the generator. `None` if it panics.
    pub fn generate(&self) -> anyhow::Result<Option<Generated>> {
        self.generate_as(&self.name)
    }

    /// The output of the generator for a crate with this name. `None` if it panics.
    pub fn generate_as(&self, name: &str) -> anyhow::Result<Option<Generated>> {
        let api = Api::read(self.name.clone(), &self.path, None)?;
        let options = Options { keep_going: true, ..Options::new(name, Layout::Whole) };
        Ok(catch_unwind(AssertUnwindSafe(|| generator::generate(vec![api.source()], &options))).ok())
    }
}

/// The document as a tree, if it could be read. Its file is the first that a run reads.
pub fn root(generated: &Generated) -> &Value {
    &generated.sources.file(FileId(0)).root
}

fn fill(entry: &mut Entry, generated: &Generated, is_generated: bool) {
    let Generated { diagnostics, sources, .. } = generated;
    entry.generated = is_generated;
    entry.operations_in_document = count::operations(root(generated));
    entry.schemas_in_document = count::schemas(root(generated));
    entry.diagnostics = diagnostics.iter().map(|diagnostic| Message::new(diagnostic, sources)).collect();
    if !is_generated {
        let first = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        entry.error = first.map(|diagnostic| report::line(diagnostic, sources));
        return;
    }
    for summary in &generated.summaries {
        entry.operations += summary.operations;
        entry.schemas += summary.schemas;
        entry.models += summary.models;
        entry.untyped += summary.untyped;
        entry.lines += summary.lines;
    }
}
