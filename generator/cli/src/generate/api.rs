//! The documents to generate from: a single document, or the documents of a folder with a subfolder for each.
//!
//! Takes paths, gives each document with its overlay, and the reasons why a folder is not an API. It does not look into documents.

use std::path::{Path, PathBuf};
use std::{fs, io};

use generator::ApiSource;
use generator::source::{Loader, SourceText};

use super::loader::Folder;
use crate::error::{Error, Result};
use crate::fault::Fault;
use crate::{Program, names, paths};

/// The names that a document may have in its folder.
pub const DOCUMENTS: &[&str] = &["openapi.json", "openapi.yaml", "openapi.yml"];
/// The names that its overlay may have.
pub const OVERLAYS: &[&str] = &["overlay.yaml", "overlay.yml", "overlay.json"];
/// The name of the file that says what is chosen about the document.
pub const CHOICES: &str = "generate.toml";

/// An API as it was read.
pub struct Api {
    name: String,
    document: SourceText,
    overlay: Option<SourceText>,
    choices: Vec<SourceText>,
    files: Box<dyn Loader>,
}

impl Api {
    /// Reads a document and its overlay. Messages name them as the paths are given.
    pub fn read(name: String, document: &Path, overlay: Option<&Path>) -> Result<Self> {
        let overlay = overlay.map(text).transpose()?;
        Ok(Self::new(name, text(document)?, overlay, Box::new(Folder::of(document)?)))
    }

    /// The same API, which may use the files of a wider folder.
    pub fn within(self, document: &Path, root: &Path) -> Result<Self> {
        Ok(Self { files: Box::new(Folder::around(document, root)?), ..self })
    }

    /// An API that has been read already.
    pub fn new(name: String, document: SourceText, overlay: Option<SourceText>, files: Box<dyn Loader>) -> Self {
        Self { name, document, overlay, choices: Vec::new(), files }
    }

    /// The same API with choices about the document, as TOML.
    pub fn choosing(self, choices: Vec<SourceText>) -> Self {
        Self { choices, ..self }
    }

    /// The name of the API's module.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of the document, as messages show it.
    pub fn file(&self) -> &str {
        &self.document.name
    }

    /// The path of its overlay, if it has one.
    pub fn overlay(&self) -> Option<&str> {
        self.overlay.as_ref().map(|overlay| overlay.name.as_str())
    }

    /// What the generator takes.
    pub fn source(&self) -> ApiSource<'_> {
        ApiSource {
            name: self.name.clone(),
            document: self.document.clone(),
            overlay: self.overlay.clone(),
            choices: self.choices.clone(),
            loader: &*self.files,
        }
    }
}

/// Reads every folder of `specs`, by name. A folder without a document is a fault, and so is an empty `specs`. Files and hidden folders
/// are ignored.
pub fn all(specs: &Path, program: &Program) -> Result<(Vec<Api>, Vec<Fault>)> {
    let (apis, mut faults) = each(specs, program)?;
    if apis.is_empty() && faults.is_empty() {
        let help = "make a folder for an API and put its `openapi.json` or `openapi.yaml` there";
        faults.push(fault("there is no API".to_owned(), specs, help.to_owned()));
    }
    Ok((apis, faults))
}

/// As [`all`], but an empty `specs` is not a fault.
pub fn each(specs: &Path, program: &Program) -> Result<(Vec<Api>, Vec<Fault>)> {
    let (mut apis, mut faults) = (Vec::new(), Vec::new());
    for folder in folders(specs)? {
        match one(&folder, program)? {
            Ok(api) => apis.push(api),
            Err(fault) => faults.push(fault),
        }
    }
    Ok((apis, faults))
}

fn folders(specs: &Path) -> Result<Vec<PathBuf>> {
    let cannot = Error::file("read", specs);
    let mut folders = Vec::new();
    for entry in fs::read_dir(specs).map_err(&cannot)? {
        let path = entry.map_err(&cannot)?.path();
        if path.is_dir() && !name(&path).starts_with('.') {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn one(folder: &Path, program: &Program) -> Result<Result<Api, Fault>> {
    let name = match names::module(&name(folder)) {
        Ok(name) => name,
        Err(reason) => {
            let message = format!("the folder cannot be a module: its name {reason}");
            return Ok(Err(fault(message, folder, "rename the folder".to_owned())));
        }
    };
    let (document, overlay) = match (only(folder, DOCUMENTS), only(folder, OVERLAYS)) {
        (Ok(Some(document)), Ok(overlay)) => (document, overlay),
        (Err(fault), _) | (_, Err(fault)) => return Ok(Err(fault)),
        (Ok(None), _) => return Ok(Err(no_document(folder, &name, program))),
    };
    let choices = folder.join(CHOICES);
    let choices = if is_there(&choices) { vec![text(&choices)?] } else { Vec::new() };
    let api = Api::read(name, &document, overlay.as_deref())?;
    Ok(Ok(api.choosing(choices)))
}

/// The file of a folder with one of these names. The folder must not have several of them.
fn only(folder: &Path, names: &[&str]) -> Result<Option<PathBuf>, Fault> {
    let present: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).filter(|path| is_there(path)).collect();
    match present.as_slice() {
        [] => Ok(None),
        [path] => Ok(Some(path.clone())),
        several => Err(Fault {
            message: "only one of these files can count".to_owned(),
            places: several.iter().map(|path| paths::shown(path)).collect(),
            help: "keep the one that is right and delete the others".to_owned(),
        }),
    }
}

/// Whether there is a file. A broken link and a file without access count, because the error of reading them says what is wrong.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().map_or_else(|error| error.kind() != io::ErrorKind::NotFound, |_| true)
}

fn no_document(folder: &Path, name: &str, program: &Program) -> Fault {
    let message = "the folder has no `openapi.json`, `openapi.yaml` or `openapi.yml`".to_owned();
    let how = match program.imports {
        true => format!(" (`{} import {name} PAGE.md`)", program.name),
        false => String::new(),
    };
    fault(message, folder, format!("put the document there{how}, or delete the folder"))
}

fn fault(message: String, place: &Path, help: String) -> Fault {
    Fault { message, places: vec![paths::shown(place)], help }
}

fn name(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads a file.
pub fn text(path: &Path) -> Result<SourceText> {
    let name = paths::shown(path);
    if name == "-" {
        return Err(Error::Unusable("`-` is not read: save the document to a file, and give the file".to_owned()));
    }
    if name.starts_with("http://") || name.starts_with("https://") {
        return Err(Error::Unusable(format!(
            "nothing is downloaded: save the document first, for example with `curl --fail --location --output openapi.yaml {name}`"
        )));
    }
    let bytes = fs::read(path).map_err(Error::file("read", path))?;
    Ok(SourceText { name, bytes })
}
