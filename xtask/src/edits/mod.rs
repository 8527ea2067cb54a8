//! `cargo xtask edits`: random compatible edits of the documents of a folder. They must not change any name.

mod trial;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context;
use generator::diagnostics::Diagnostics;
use generator::source::{SourceText, Sources};
use oasmith::{Outcome, paths};

use crate::corpus::parallel;
use trial::Trial;

/// Edit the documents of a folder at random, and say which names move.
///
/// Each edit is compatible: an operation more, an optional parameter, a value of an enumeration, and so on. Everything else that
/// is emitted must stay as it is. A document that is refused, or consists of several files, is left out.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Exit codes: 0, no name moves; 1, one does; 2, it could not run.")]
pub struct Args {
    /// Folder of the documents: its files that end in .json, .yaml or .yml
    folder: PathBuf,

    /// Edits to make, shared among the documents
    #[arg(long, value_name = "N", default_value_t = 1000)]
    edits: u64,

    /// Number of the first edit: the same one is made on every machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Makes the edits, and prints each fault with its seed.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let files = files(&args.folder)?;
    let jobs = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let documents = u64::try_from(files.len())?.max(1);
    let work = |(at, file): &(u64, PathBuf)| -> anyhow::Result<Option<Vec<String>>> {
        let mut seeds = (args.seed..args.seed + args.edits).filter(|seed| seed % documents == *at).peekable();
        if seeds.peek().is_none() {
            return Ok(Some(Vec::new()));
        }
        let Some(trial) = trial(file)? else { return Ok(None) };
        Ok(Some(seeds.filter_map(|seed| trial.fault(seed)).collect()))
    };
    let found = parallel::map("editing", jobs, &files, work).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let left_out = found.iter().filter(|faults| faults.is_none()).count();
    let faults: Vec<String> = found.into_iter().flatten().flatten().collect();
    faults.iter().for_each(|fault| println!("{fault}"));
    let last = args.seed + args.edits;
    println!(
        "{} of {} edits move a name (seeds {} to {}, {} documents, {left_out} of them left out)",
        faults.len(),
        args.edits,
        args.seed,
        last.saturating_sub(1),
        files.len()
    );
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// The documents, each with its number.
fn files(folder: &Path) -> anyhow::Result<Vec<(u64, PathBuf)>> {
    let cannot = || format!("cannot read {}", paths::shown(folder));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path.extension().is_some_and(|it| ["json", "yaml", "yml"].iter().any(|known| it == *known)) {
            files.push(path);
        }
    }
    files.sort();
    Ok((0..).zip(files).collect())
}

fn trial(file: &Path) -> anyhow::Result<Option<Trial>> {
    let name = paths::shown(file);
    let bytes = fs::read(file).with_context(|| format!("cannot read {name}"))?;
    let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
    let read = sources.parse(SourceText { name: name.clone(), bytes }, &mut out);
    Ok(read.and_then(|id| Trial::new(&name, serde_json::Value::clone(&sources.file(id).root))))
}
