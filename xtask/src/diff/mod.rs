//! `cargo xtask diff`: the arguments of `diff`, the folder of this repository where none is given, and measurements of the
//! comparison itself.

mod cases;
mod compile;

use std::path::PathBuf;

use oasmith::Outcome;
use oasmith::diff::{self, Choices, Job, Task};

use crate::{PROGRAM, repository};

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
    /// Revision to compare with, or REV... for the merge base of REV and HEAD; otherwise the merge base of main and HEAD
    base: Option<String>,

    /// Compare two files instead of revisions
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "base")]
    files: Vec<PathBuf>,

    /// Folder that holds a folder for each API, if not the repository's own
    #[arg(long, value_name = "DIR", conflicts_with = "files")]
    specs: Option<PathBuf>,

    #[command(flatten)]
    choices: Choices,

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

/// Compares, or measures the comparison.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
    match &args.cases {
        Some(folder) if args.compile => compile::run(folder),
        Some(folder) => cases::run(folder),
        None => Ok(diff::run(args.into())?),
    }
}

impl From<Args> for Job {
    fn from(args: Args) -> Self {
        let task = match (<[PathBuf; 2]>::try_from(args.files), args.rules) {
            (_, true) => Task::Rules,
            (Ok(files), _) => Task::Files(files),
            _ => Task::Revision { specs: args.specs.unwrap_or_else(|| repository::folder("specs")), base: args.base },
        };
        Self { program: PROGRAM, task, choices: args.choices }
    }
}
