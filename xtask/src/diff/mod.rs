//! `cargo xtask diff`: what a change of the documents means for callers.
//!
//! Takes the documents of the working tree and of a revision, or two files; prints what changed, for a terminal, a pull request
//! or a program, and fails if it breaks somebody. What is a change, and what it means, is the generator's business.

mod accepted;
mod cases;
mod compile;
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
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use generator::diagnostics::Severity;
use generator::diff;

use crate::{Outcome, paths};
use accepted::Accepted;
use git::Revision;
use report::{FailOn, Report};
use specs::Pair;

/// The file of accepted changes, beside the documents' folders.
const ACCEPTED: &str = "accepted.toml";

/// Say what a change of the documents means for callers.
///
/// Compares the documents in specs/, with their overlays, with those of a Git revision: what they mean, not their text.
/// Each change has two verdicts. Wire: what becomes of clients that are already built. Rust: what becomes of programs
/// that are compiled against the crate emitted for the new document. Each is breaking (B), behaviour (b: it goes on,
/// and may do something else) or compatible (-).
///
/// Breaking changes that are meant are listed in specs/accepted.toml, each with its reason.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub struct Args {
    /// Revision to compare with, or REV... for the commit at which REV was left; otherwise the one at which main was left
    base: Option<String>,

    /// Compare only this API (can be repeated)
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    api: Vec<String>,

    /// What is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// What makes the run fail, with exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,

    /// Compare two files instead of revisions
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "base")]
    files: Vec<PathBuf>,

    /// OpenAPI Overlay that corrects both files
    #[arg(long, value_name = "FILE", requires = "files")]
    overlay: Option<PathBuf>,

    /// OpenAPI Overlay that corrects the old file, if not the same as for the new one
    #[arg(long, value_name = "FILE", requires = "files")]
    old_overlay: Option<PathBuf>,

    /// File of accepted changes, if not specs/accepted.toml
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,

    /// Folder that holds a folder for each API, if not the repository's own
    #[arg(long, value_name = "DIR", conflicts_with = "files")]
    specs: Option<PathBuf>,

    /// List the rules instead of comparing anything
    #[arg(long, conflicts_with_all = ["base", "files", "api"])]
    rules: bool,

    /// Measure the comparison with a folder of pairs of documents, whose answers are known
    #[arg(long, value_name = "DIR", conflicts_with_all = ["base", "files", "api", "rules"])]
    cases: Option<PathBuf>,

    /// Ask the compiler for the answers about programs
    #[arg(long, requires = "cases")]
    compile: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                                 the working tree, against the commit at which main was left
  cargo xtask diff v1.2.0 --api shop               against a tag, one API
  cargo xtask diff --format markdown > summary.md  for a pull request
  cargo xtask diff --files old.yaml new.yaml       two files
  cargo xtask diff --rules                         what is looked at, and what each change means

Exit codes: 0, nothing breaks, or all of it is accepted; 1, something breaks (--fail-on says what counts); 2, it could not
run (wrong arguments, a revision or a document that cannot be read).";

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line a change, with colours on a terminal
    #[default]
    Text,
    /// A summary for a pull request, of at most 60,000 characters
    Markdown,
    /// Everything; see xtask/src/diff/report.schema.json
    Json,
}

/// Compares, prints, and fails on what breaks.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.rules {
        print(&rules::listed(args.format))?;
        return Ok(Outcome::Done);
    }
    if let Some(folder) = &args.cases {
        return if args.compile { compile::run(folder) } else { cases::run(folder) };
    }
    let report = args.report()?;
    print(&match args.format {
        Format::Text => text::render(&report, io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()),
        Format::Markdown => markdown::render(&report),
        Format::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    Ok(if report.failed { Outcome::Found } else { Outcome::Done })
}

impl Args {
    fn report(&self) -> anyhow::Result<Report> {
        if let [old, new] = self.files.as_slice() {
            let new_overlay = self.overlay.as_deref();
            let overlays = [self.old_overlay.as_deref().or(new_overlay), new_overlay];
            let pair = specs::files([old, new], overlays)?;
            let sides = [old, new].map(|path| paths::shown(path));
            return Ok(Report::new(sides, self.fail_on, compared(vec![pair])?, self.accepted(None)?));
        }
        let specs = self.specs.clone().unwrap_or_else(|| paths::repository("specs"));
        let accepted = self.accepted(Some(&specs))?;
        let revision = Revision::find(&specs, self.base.as_deref())?;
        let apis = compared(specs::pairs(&specs, &revision, &self.api)?)?;
        let mut report = Report::new([revision.shown(), "working tree".to_owned()], self.fail_on, apis, accepted);
        // Whether it is about an API that is not compared cannot be told.
        report.stale.retain(|entry| entry.api.as_ref().map_or(self.api.is_empty(), |api| self.compares(api)));
        Ok(report)
    }

    fn accepted(&self, specs: Option<&Path>) -> anyhow::Result<Vec<Accepted>> {
        let own = specs.map(|specs| specs.join(ACCEPTED)).filter(|path| path.exists());
        self.accept.clone().or(own).map_or(Ok(Vec::new()), |path| accepted::read(&path))
    }

    fn compares(&self, api: &String) -> bool {
        self.api.is_empty() || self.api.contains(api)
    }
}

fn compared(pairs: Vec<Pair>) -> anyhow::Result<Vec<report::Api>> {
    pairs.into_iter().map(one).collect()
}

fn one(pair: Pair) -> anyhow::Result<report::Api> {
    let (old, new) = match (&pair.old, &pair.new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(only)) => return Ok(report::Api::whole(pair.name, only.file().to_owned(), true)),
        (Some(only), None) => return Ok(report::Api::whole(pair.name, only.file().to_owned(), false)),
        (None, None) => bail!("there is no API `{}`", pair.name),
    };
    let comparison = diff::compare(old.source(), new.source());
    let errors = comparison.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    for error in errors {
        eprintln!("{}", generator::report::line(error, &comparison.sources));
    }
    report::Api::compared(pair.name, new.file().to_owned(), &comparison)
        .with_context(|| format!("{} and {} cannot be compared: one of them cannot be read", old.file(), new.file()))
}

/// Prints, and minds no reader that has seen enough.
fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}
