//! The two sides of every API that is compared.
//!
//! Takes the folder of the documents and a revision, or two files; gives each API as it was and as it is. Does not look into documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::source::{LoadError, Loader, SourceText};

use super::git::Revision;
use crate::error::{Error, Result};
use crate::generate::api::{self, Api};
use crate::stdout::say;
use crate::{Program, names, paths};

/// An API on both sides. If it was added or removed, it is on one side only.
pub struct Pair {
    /// The name of the module.
    pub name: String,
    /// What it was.
    pub old: Option<Api>,
    /// What it is.
    pub new: Option<Api>,
}

/// The pair of two files, the old one first. Each file has its own overlay.
pub fn files(documents: [&Path; 2], overlays: [Option<&Path>; 2], choices: Option<&Path>) -> Result<Pair> {
    let name = names::package_for(documents[1]);
    let choices: Vec<SourceText> = choices.map(api::text).transpose()?.into_iter().collect();
    let read = |side: usize| Api::read(name.clone(), documents[side], overlays[side]);
    let [old, new] = [0, 1].map(|side| read(side).map(|api| api.choosing(choices.clone())));
    Ok(Pair { name, old: Some(old?), new: Some(new?) })
}

/// The documents of a folder, at a revision and in the working tree, by name. With `only`, those of these names.
pub fn pairs(specs: &Path, revision: &Revision, only: &[String], program: &Program) -> Result<Vec<Pair>> {
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|it| it == name);
    for api in committed(specs, revision, wanted)? {
        let name = api.name().to_owned();
        pairs.insert(name.clone(), Pair { name, old: Some(api), new: None });
    }
    for api in current(specs, program)?.into_iter().filter(|api| wanted(api.name())) {
        let name = api.name().to_owned();
        pairs.entry(name.clone()).or_insert(Pair { name, old: None, new: None }).new = Some(api);
    }
    for name in only {
        if !pairs.contains_key(name) {
            return Err(Error::Unusable(format!(
                "there is no API `{name}` in {}, neither before nor now",
                paths::shown(specs)
            )));
        }
    }
    if pairs.is_empty() {
        return Err(Error::Unusable(format!("there is no API in {}, neither before nor now", paths::shown(specs))));
    }
    Ok(pairs.into_values().collect())
}

fn current(specs: &Path, program: &Program) -> Result<Vec<Api>> {
    let (apis, faults) = if specs.exists() { api::each(specs, program)? } else { Default::default() };
    if !faults.is_empty() {
        faults.iter().for_each(|fault| say(&format!("{fault}\n\n")));
        return Err(Error::Unusable(format!("{} cannot be compared as it is", paths::shown(specs))));
    }
    Ok(apis)
}

/// The APIs of a revision. A folder without a document is skipped.
fn committed(specs: &Path, revision: &Revision, wanted: impl Fn(&str) -> bool) -> Result<Vec<Api>> {
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (folder, file) in revision.files().filter_map(|path| path.split_once('/')) {
        folders.entry(folder).or_default().insert(file);
    }
    let apis = folders.into_iter().filter(|(folder, _)| wanted(folder) && names::module(folder).is_ok());
    let apis = apis.map(|(folder, names)| {
        let only = |wanted| {
            only(&names, wanted).map_err(|fault| Error::Unusable(format!("at {}, {folder}: {fault}", revision.shown())))
        };
        let (document, overlay) = (only(api::DOCUMENTS)?, only(api::OVERLAYS)?);
        let Some(document) = document else { return Ok(None) };
        let text = |file: &str| {
            let path = format!("{folder}/{file}");
            let name = format!("{}:{}", revision.short(), paths::shown(&specs.join(&path)));
            let bytes = revision.read(&path).map_err(|source| Error::Revision { name: name.clone(), source })?;
            Ok::<_, Error>(SourceText { name, bytes })
        };
        let files = Box::new(Committed { revision: revision.clone(), folder: folder.to_owned() });
        let api = Api::new(folder.to_owned(), text(document)?, overlay.map(text).transpose()?, files);
        let choices = names.contains(api::CHOICES).then(|| text(api::CHOICES)).transpose()?;
        Ok(Some(api.choosing(choices.into_iter().collect())))
    });
    apis.filter_map(Result::transpose).collect()
}

fn only<'n>(files: &BTreeSet<&str>, names: &[&'n str]) -> Result<Option<&'n str>, String> {
    let present: Vec<&str> = names.iter().copied().filter(|name| files.contains(name)).collect();
    if present.len() > 1 {
        return Err(format!("only one of the files {} can count", present.join(" and ")));
    }
    Ok(present.first().copied())
}

/// The other files of a document at a revision: the files in its folder.
struct Committed {
    revision: Revision,
    folder: String,
}

impl Loader for Committed {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.revision.read(&format!("{}/{path}", self.folder))
    }
}
