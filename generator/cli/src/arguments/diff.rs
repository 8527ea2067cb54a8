//! The arguments of `oasmith diff`.

use std::path::PathBuf;

use clap::ArgGroup;

use crate::diff::{Choices, Job, Task};
use crate::program::OASMITH;

/// Say what a change of a document means for callers.
///
/// Compares what two documents mean, not their text. Each change has two verdicts. Wire: what becomes of clients that are
/// already built. Rust: what becomes of programs that are compiled against the crate emitted for the new document. Each is
/// breaking (B), behaviour (b: it goes on, and may do something else) or compatible (-).
///
/// With --specs, the documents of a folder are compared with those of a Git revision. Breaking changes that are meant are
/// listed in the folder's accepted.toml, each with its reason.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
#[command(group = ArgGroup::new("task").args(["files", "specs", "rules"]).required(true))]
pub struct Args {
    /// The document as it was, and as it is
    #[arg(num_args = 2, value_names = ["OLD", "NEW"])]
    files: Vec<PathBuf>,

    /// Folder that holds a folder for each API, to compare with what it held at a revision
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,

    /// Revision to compare with, or REV... for the merge base of REV and HEAD; otherwise the merge base of main and HEAD
    #[arg(long, value_name = "REV", conflicts_with = "files")]
    base: Option<String>,

    /// List the rules instead of comparing anything
    #[arg(long, conflicts_with = "api")]
    rules: bool,

    #[command(flatten)]
    choices: Choices,
}

const EXAMPLES: &str = "\
Examples:
  oasmith diff old.yaml new.yaml                       two documents
  oasmith diff --specs specs                           the working tree, against the commit at which main was left
  oasmith diff --specs specs --base v1.2.0 --api shop  against a tag, one API
  oasmith diff --rules                                 what is looked at, and what each change means

Exit codes: 0, nothing breaks, or all of it is accepted; 1, something breaks (--fail-on says what counts); 2, it could not
run (wrong arguments, a revision or a document that cannot be read).";

impl From<Args> for Job {
    fn from(args: Args) -> Self {
        let task = match (<[PathBuf; 2]>::try_from(args.files), args.specs) {
            (Ok(files), _) => Task::Files(files),
            (_, Some(specs)) => Task::Revision { specs, base: args.base },
            _ => Task::Rules,
        };
        Self { program: OASMITH, task, choices: args.choices }
    }
}
