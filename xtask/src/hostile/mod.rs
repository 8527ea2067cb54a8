//! `cargo xtask hostile`: the generator on documents that were written to break it.
//!
//! Takes a folder of documents, each with a text file next to it that says how `cargo xtask gen` must end. Gives a table of how it ended.
//! Every document has a process of its own with a limit of time and of memory. The process has a folder of its own, and nothing outside
//! this folder may change. `demand` reads how a run must end, `run` runs a document, `inspect` finds what the output must not hold, and
//! `verdict` compares these.

mod compiled;
mod demand;
mod inspect;
mod markdown;
mod run;
mod table;
#[cfg(test)]
mod tests;
mod verdict;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, ensure};

use crate::corpus::parallel;
use demand::Demand;
use oasmith::{Outcome, paths};
use verdict::Verdict;

/// Try the generator on documents that were written to break it.
///
/// Beside each NAME.json or NAME.yaml lies NAME.txt, whose first lines say what must happen: `expect: error`, `ok` or
/// `either`, `place:` (what the message must name) and `limit:` (time and memory, if not 60 s and 512 MB). Each document
/// is generated in a process of its own; its output is searched for what a document must never be able to put there.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Exit codes: 0, all ended as they must; 1, one did not; 2, it could not run."
)]
pub struct Args {
    /// Folder of the documents and their texts
    folder: PathBuf,

    /// Compile each output as well, with clippy, and list its doc tests
    #[arg(long)]
    check: bool,

    /// Documents to work on at a time, if not as many as there are cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// A document of the folder.
struct Document {
    /// The file's name without its extension.
    name: String,
    path: PathBuf,
    demand: Demand,
}

/// Generates and judges all documents, compiles the output if that is asked, and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let documents = documents(&args.folder)?;
    ensure!(!documents.is_empty(), "{} holds no document", paths::shown(&args.folder));
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let known = inspect::Known::new();
    let before = run::snapshot(&args.folder)?;
    let work = |document: &Document| -> anyhow::Result<Verdict> {
        let end = run::document(document)?;
        Ok(Verdict::of(document, end, &known))
    };
    let verdicts = parallel::map("generating", jobs, &documents, work);
    let mut verdicts = verdicts.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(run::snapshot(&args.folder)? == before, "the documents' own folder has changed");
    if args.check {
        compiled::check(jobs, &mut verdicts)?;
    }
    print!("{}", table::render(&verdicts));
    Ok(if verdicts.iter().all(Verdict::is_well) { Outcome::Done } else { Outcome::Found })
}

/// The documents of a folder that have a text file next to them, by name.
fn documents(folder: &Path) -> anyhow::Result<Vec<Document>> {
    let cannot = || format!("cannot read {}", paths::shown(folder));
    let entries = fs::read_dir(folder).with_context(cannot)?.collect::<Result<Vec<_>, _>>().with_context(cannot)?;
    let mut found: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| is_document(path)).collect();
    found.sort();
    found.into_iter().map(document).collect()
}

fn is_document(path: &Path) -> bool {
    let format = path.extension().is_some_and(|kind| ["json", "yaml", "yml"].iter().any(|known| kind == *known));
    format && path.with_extension("txt").is_file()
}

fn document(path: PathBuf) -> anyhow::Result<Document> {
    let text = path.with_extension("txt");
    let shown = paths::shown(&text);
    let text = fs::read_to_string(&text).with_context(|| format!("cannot read {shown}"))?;
    let demand = text.parse().map_err(|fault: String| anyhow::anyhow!("{shown}: {fault}"))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Document { name, path: path.canonicalize()?, demand })
}
