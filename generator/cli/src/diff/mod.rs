//! What a change of the documents means for callers.
//!
//! Takes the documents of the working tree and of a revision, or two files. Prints the changes, for a terminal, a pull request or a
//! program. Fails if the changes break callers. The generator decides what counts as a change, and what it means.

mod accepted;
mod changelog;
mod entry;
mod fingerprint;
mod git;
mod markdown;
mod report;
mod rules;
mod specs;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use generator::diagnostics::{Code, Diagnostic, Severity, codes};
use generator::report::line as report_line;

use crate::error::{Error, Result};
use crate::stdout::{print, say};
use crate::{Outcome, Program, paths};
use accepted::Accepted;
use git::Revision;
use report::{FailOn, Report};
use specs::Pair;

/// The file of accepted changes, next to the folders of the documents.
const ACCEPTED: &str = "accepted.toml";

/// What to compare, and how to report it.
#[derive(Debug)]
pub struct Job {
    /// The program that runs it.
    pub program: Program,
    /// What is done.
    pub task: Task,
    /// How.
    pub choices: Choices,
}

/// What there is to do.
#[derive(Debug)]
pub enum Task {
    /// List the rules.
    Rules,
    /// Compare two files, the old one first.
    Files([PathBuf; 2]),
    /// Compare a folder that holds a folder for each API with itself at a revision.
    Revision {
        /// The folder.
        specs: PathBuf,
        /// The revision. `REV...` is the merge base of `REV` and `HEAD`. Without one, it is the merge base of `main` and `HEAD`.
        base: Option<String>,
    },
}

/// The arguments of `diff` that all programs share. If a program has an argument for two files, its name must be `files`.
#[derive(Debug, clap::Args)]
pub struct Choices {
    /// Compare only this API (can be repeated)
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    api: Vec<String>,

    /// What is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// What makes the run fail, with exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,

    /// OpenAPI Overlay that corrects both files
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    overlay: Option<PathBuf>,

    /// OpenAPI Overlay that corrects the old file, if not the same as for the new one
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    old_overlay: Option<PathBuf>,

    /// File with choices about both files, as generate.toml in a folder of --specs
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,

    /// File of accepted changes, if not the accepted.toml beside the folders of the APIs
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line a change, with colours on a terminal
    #[default]
    Text,
    /// A summary for a pull request, of at most 60,000 characters
    Markdown,
    /// Everything; see report.schema.json
    Json,
    /// What is new, changed and gone, in terms of Rust, for the release notes of the crate
    Changelog,
}

/// Compares, prints, and fails on what breaks.
pub fn run(job: Job) -> Result<Outcome> {
    let choices = &job.choices;
    let report = match &job.task {
        Task::Rules => {
            print(&rules::listed(choices.format))?;
            return Ok(Outcome::Done);
        }
        Task::Files(files) => choices.of_files(files, &job.program)?,
        Task::Revision { specs, base } => choices.since(specs, base.as_deref(), &job.program)?,
    };
    print(&match choices.format {
        Format::Text => text::render(&report, io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()),
        Format::Markdown => markdown::render(&report),
        Format::Json => serde_json::to_string_pretty(&report)? + "\n",
        Format::Changelog => changelog::render(&report),
    })?;
    Ok(if report.failed { Outcome::Found } else { Outcome::Done })
}

impl Choices {
    fn of_files(&self, [old, new]: &[PathBuf; 2], program: &Program) -> Result<Report> {
        let new_overlay = self.overlay.as_deref();
        let overlays = [self.old_overlay.as_deref().or(new_overlay), new_overlay];
        let pair = specs::files([old, new], overlays, self.config.as_deref())?;
        let sides = [old, new].map(|path| paths::shown(path));
        let report = Report::new(program.name, sides, self.fail_on, compared(vec![pair])?, self.accepted(None)?);
        Ok(Report { accept_file: self.accept.as_deref().map(paths::shown), ..report })
    }

    fn since(&self, specs: &Path, base: Option<&str>, program: &Program) -> Result<Report> {
        let accepted = self.accepted(Some(specs))?;
        let revision = Revision::find(specs, base, program)?;
        let apis = compared(specs::pairs(specs, &revision, &self.api, program)?)?;
        let sides = [revision.shown(), "working tree".to_owned()];
        let mut report = Report::new(program.name, sides, self.fail_on, apis, accepted);
        // An entry about an API that was not compared cannot be judged.
        report.stale.retain(|it| it.entry.api.as_ref().map_or(self.api.is_empty(), |api| self.compares(api)));
        let file = self.accept.clone().unwrap_or_else(|| specs.join(ACCEPTED));
        Ok(Report { accept_file: Some(paths::shown(&file)), ..report })
    }

    fn accepted(&self, specs: Option<&Path>) -> Result<Vec<Accepted>> {
        let own = specs.map(|specs| specs.join(ACCEPTED)).filter(|path| path.exists());
        self.accept.clone().or(own).map_or(Ok(Vec::new()), |path| accepted::read(&path))
    }

    fn compares(&self, api: &String) -> bool {
        self.api.is_empty() || self.api.contains(api)
    }
}

/// The errors of a choices file that leave open which operations to compare.
const CHOICES: &[Code] = &[codes::CHOICE_VALUE, codes::INVALID_TOML, codes::SELECTS_NOTHING, codes::UNKNOWN_CHOICE];

fn compared(pairs: Vec<Pair>) -> Result<Vec<report::Api>> {
    pairs.into_iter().map(one).collect()
}

fn one(pair: Pair) -> Result<report::Api> {
    let (old, new) = match (&pair.old, &pair.new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(only)) => return Ok(report::Api::whole(pair.name, only.file().to_owned(), true)),
        (Some(only), None) => return Ok(report::Api::whole(pair.name, only.file().to_owned(), false)),
        (None, None) => return Err(Error::Unusable(format!("there is no API `{}`", pair.name))),
    };
    let comparison = differ::compare(old.source(), new.source());
    let api = report::Api::compared(pair.name, new.file().to_owned(), &comparison);
    let errors: Vec<_> = comparison.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    let is_new = |error: &&Diagnostic| comparison.sources.file(error.place.file).name == new.file();
    // Nobody knows what a missing file of the new document changes.
    let is_missing = |error: &&Diagnostic| error.code == codes::UNREADABLE_REFERENCE && is_new(error);
    if let Some(error) = errors.iter().find(|error| CHOICES.contains(&error.code) || is_missing(error)) {
        return Err(Error::Unusable(report_line(error, &comparison.sources)));
    }
    // Errors that do not prevent the comparison are shown by `gen`.
    let shown = if api.is_some() { &errors[..errors.len().min(1)] } else { &errors[..] };
    for error in shown {
        say(&format!("{}\n", report_line(error, &comparison.sources)));
    }
    if errors.len() > shown.len() {
        let more = words::counted(errors.len() - shown.len(), "more error");
        say(&format!("and {more}; the nearest safe thing was compared\n"));
    }
    api.ok_or_else(|| {
        Error::Unusable(format!("{} and {} cannot be compared: one of them cannot be read", old.file(), new.file()))
    })
}
