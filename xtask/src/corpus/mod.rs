//! `cargo xtask corpus`: the generator on every document of a folder.
//!
//! Takes a folder, gives a table with the results for its documents: generated, compiled, and their examples read and written again.
//! Emitted files go into the target folder. The documents and the repository are not changed.

pub mod cargo;
pub mod count;
pub mod document;
mod entry;
#[cfg(any(test, feature = "examples"))]
mod examples;
pub mod parallel;
mod table;
pub mod workspace;

use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process;
use std::thread;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::repository;
use document::Document;
use entry::Entry;
use oasmith::{Outcome, paths};
use workspace::Workspace;

/// Try the generator on every OpenAPI document of a folder.
///
/// Says how many documents are generated and how much of them, counts the warnings by kind, and lists the documents that
/// failed. The crates are written below the target folder, where a later run finds what it can use again.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Exit codes: 0, all is well; 1, a document failed; 2, it could not run.")]
pub struct Args {
    /// Folder of the documents: its files that end in .json, .yaml or .yml
    folder: PathBuf,

    /// Compile each crate as well; a warning of the compiler is a failure
    #[arg(long)]
    check: bool,

    /// Read the documents' examples of JSON bodies into the emitted types and write them again
    #[arg(long)]
    examples: bool,

    /// Compare each document with itself as well; a difference is a failure
    #[arg(long)]
    diff: bool,

    /// Emit the nearest safe thing where a document has errors, instead of nothing
    #[arg(long)]
    keep_going: bool,

    /// Documents to work on at a time, if not as many as there are cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// File for what came of each document
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Generates all, then compiles all, then tries all examples, and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.examples && !cfg!(feature = "examples") {
        return with_examples();
    }
    let start = Instant::now();
    let documents = document::all(&args.folder)?;
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let checked = args.check.then(|| Workspace::new("check"));
    #[cfg(any(test, feature = "examples"))]
    let tried = args.examples.then(|| Workspace::new("examples"));
    let work = |document: &Document| -> anyhow::Result<Entry> {
        let mut entry = document.entry(args.keep_going, checked.as_ref())?;
        #[cfg(any(test, feature = "examples"))]
        if let Some(workspace) = tried.as_ref().filter(|_| entry.generated) {
            entry.examples = Some(examples::prepare(document, workspace)?);
        }
        if args.diff {
            entry.compared = Some(document.compare()?);
        }
        Ok(entry)
    };
    let mut entries =
        parallel::map("generating", jobs, &documents, work).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(workspace) = &checked {
        check(workspace, jobs, &mut entries)?;
    }
    #[cfg(any(test, feature = "examples"))]
    if let Some(workspace) = &tried {
        examples::run(workspace, jobs, &mut entries)?;
    }
    if let Some(file) = &args.json {
        write(file, &entries)?;
    }
    print!("{}", table::render(&entries, start.elapsed()));
    Ok(if entries.iter().all(Entry::is_well) { Outcome::Done } else { Outcome::Found })
}

/// Runs the same command again, in a program that is built with the feature `examples`. The feature adds a validator. Its many crates are
/// compiled only then, because nothing else needs them.
fn with_examples() -> anyhow::Result<Outcome> {
    let status = process::Command::new("cargo")
        .args(["run", "--quiet", "--package", "xtask", "--features", "examples", "--manifest-path"])
        .arg(repository::folder("Cargo.toml"))
        .arg("--")
        .args(env::args_os().skip(1))
        .status()
        .context("cannot run cargo")?;
    match status.code() {
        Some(0) => Ok(Outcome::Done),
        Some(1) => Ok(Outcome::Found),
        _ => bail!("cargo run --features examples: {status}"),
    }
}

/// Compiles the crates that were generated, without building them.
fn check(workspace: &Workspace, jobs: usize, entries: &mut [Entry]) -> anyhow::Result<()> {
    let generated = || entries.iter().filter(|entry| entry.generated).map(|entry| entry.name.clone());
    workspace.hold(generated())?;
    let compiled = cargo::run(workspace, &["check"], jobs, 2 * generated().count())?;
    for entry in entries.iter_mut().filter(|entry| entry.generated) {
        let failure = compiled.failure(&entry.name);
        entry.compiled = Some(failure.is_none());
        entry.error = failure;
    }
    Ok(())
}

fn write(file: &PathBuf, entries: &[Entry]) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(entries)? + "\n";
    fs::write(file, text).with_context(|| format!("cannot write {}", paths::shown(file)))
}
