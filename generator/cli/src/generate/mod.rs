//! From OpenAPI documents to the files of a crate.
//!
//! Takes one document, or a folder of them, gives a folder with the crate and says what changed there. The generator decides what is
//! emitted. This module reads, compares, writes and prints.

pub mod api;
mod chosen;
mod correction;
mod examination;
mod loader;
pub mod output;
mod package;
mod printed;
mod workspace;

use std::path::{Path, PathBuf};

use generator::{ApiSource, Generated, Layout, Manifest, Options};

use crate::error::{Error, Result};
use crate::fault::Fault;
use crate::stdout::{print, say};
use crate::{Outcome, Program, names, paths};
use api::Api;
pub use chosen::Chosen;
pub use examination::{Examination, check};
use output::{CrateFiles, Output};

/// What is to be generated, and where.
#[derive(Clone, Debug)]
pub struct Job {
    /// The program that runs it.
    pub program: Program,
    /// From what.
    pub input: Input,
    /// To where.
    pub out: Out,
    /// Write nothing; report files that differ from what would be written.
    pub check: bool,
    /// Emit the nearest safe thing where a document has errors.
    pub keep_going: bool,
    /// Write nothing; print an overlay that corrects what is found.
    pub help_overlay: bool,
    /// Keys to set in the crate's manifest, in place of the values that it has.
    pub set: Vec<(&'static str, String)>,
    /// Turn the folder of another crate into this one.
    pub replace: bool,
}

/// What a crate is made from.
#[derive(Clone, Debug)]
pub enum Input {
    /// One document becomes a whole crate.
    Document {
        /// The document.
        file: PathBuf,
        /// What corrects it.
        overlay: Option<PathBuf>,
        /// The folder whose files it may refer to, if not its own.
        root: Option<PathBuf>,
        /// What is chosen about it.
        chosen: Chosen,
        /// The crate's name, if it does not follow from those of the file and its folder.
        name: Option<String>,
    },
    /// Each folder of a folder becomes a module and a feature of its name.
    Folder {
        /// The folder of folders.
        folder: PathBuf,
        /// The crate's name, if not `generated`.
        name: Option<String>,
    },
}

/// The folder for the crate.
#[derive(Clone, Debug)]
pub enum Out {
    /// The program's own folder. A run without arguments updates it.
    Own(PathBuf),
    /// One that the user names: it must be absent, empty, or the output of an earlier run.
    Named(PathBuf),
}

/// Generates everything in memory, then compares and writes.
pub fn run(job: Job) -> Result<Outcome> {
    let output = job.output()?;
    let manifest = package::manifest(&job, &output)?;
    let (apis, faults) = job.apis()?;
    let sources: Vec<ApiSource<'_>> = apis.iter().map(Api::source).collect();
    let generated = generator::generate(sources, &job.options(manifest));
    let outcome = job.put(&output, &faults, &generated);
    printed::findings(&job.program, &faults, &generated, job.help_overlay);
    let outcome = outcome?;
    if job.help_overlay {
        print(&correction::overlays(&apis, &generated))?;
    }
    Ok(outcome)
}

impl Job {
    /// Writes the crate, or compares it.
    fn put(&self, output: &Output, faults: &[Fault], generated: &Generated) -> Result<Outcome> {
        if self.help_overlay {
            return Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Found });
        }
        let Some(files) = generated.files.as_ref().filter(|_| faults.is_empty()) else {
            return Ok(Outcome::Found);
        };
        let files = CrateFiles::new(files);
        let changes = output.compare(&files)?;
        let folder = output.shown();
        if self.check {
            return printed::check(&changes, &folder, self);
        }
        output.write(&files, &changes)?;
        printed::written(&changes, &generated.summaries, files.count(), &folder)?;
        if let Out::Named(folder) = &self.out {
            workspace::advice(folder).iter().for_each(|advice| say(advice));
        }
        Ok(Outcome::Done)
    }

    fn output(&self) -> Result<Output> {
        let folder = match &self.out {
            Out::Own(folder) => return Output::own(folder.clone()),
            Out::Named(folder) => folder,
        };
        let output = Output::named(folder.clone())?;
        for input in self.input.paths() {
            if output.holds(input) {
                return Err(Error::Unusable(format!("{} lies in the folder for the output", paths::shown(input))));
            }
        }
        Ok(output)
    }

    fn apis(&self) -> Result<(Vec<Api>, Vec<Fault>)> {
        self.input.apis(&self.program)
    }

    fn options(&self, manifest: Manifest) -> Options {
        let layout = match &self.input {
            Input::Document { .. } => Layout::Whole,
            Input::Folder { .. } => Layout::Member,
        };
        Options {
            keep_going: self.keep_going,
            manifest,
            program: self.program.generates(),
            ..Options::new(self.input.package(), layout)
        }
    }
}

impl Input {
    /// Reads everything.
    fn apis(&self, program: &Program) -> Result<(Vec<Api>, Vec<Fault>)> {
        match self {
            Self::Document { file, overlay, root, chosen, .. } => {
                let api = Api::read(self.package(), file, overlay.as_deref())?.choosing(chosen.texts()?);
                let api = match root {
                    Some(root) => api.within(file, root)?,
                    None => api,
                };
                Ok((vec![api], Vec::new()))
            }
            Self::Folder { folder, .. } => api::all(folder, program),
        }
    }

    fn paths(&self) -> impl Iterator<Item = &Path> {
        let (first, second) = match self {
            Self::Document { file, overlay, .. } => (file, overlay.as_deref()),
            Self::Folder { folder, .. } => (folder, None),
        };
        std::iter::once(first.as_path()).chain(second)
    }

    fn package(&self) -> String {
        match self {
            Self::Document { name: Some(name), .. } | Self::Folder { name: Some(name), .. } => name.clone(),
            Self::Document { file, .. } => names::package_for(file),
            Self::Folder { .. } => "generated".to_owned(),
        }
    }
}
