//! `cargo xtask rivals speed`: compares the time and the memory of the generators themselves.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::slice;
use std::time::Instant;

use anyhow::{Context, ensure};
use wait4::Wait4;

use super::generators::{Generator, empty};
use super::table::median;
use crate::corpus::document::{self, Document};
use oasmith::{Outcome, paths};

/// Compare the time and the memory that the generators take.
///
/// Takes the largest documents of the folder, and those in the middle of the order of size. Each program starts anew, reads the
/// document and writes its files into the folder for temporary files. Set `TMPDIR` to a folder in memory, so that the disk does not count.
/// Build this program with `--release`, or its figures mean nothing.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Exit codes: 0, it is done; 2, it could not run.")]
pub struct Args {
    /// Folder of the documents: its files that end in .json, .yaml or .yml
    folder: PathBuf,

    /// How many of the largest documents to take
    #[arg(long, value_name = "N", default_value_t = 10)]
    largest: usize,

    /// How many documents of median size to take
    #[arg(long, value_name = "N", default_value_t = 20)]
    median: usize,

    /// How often each program runs; the lowest figures count
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
}

/// What a run took.
#[derive(Clone, Copy)]
struct Taken {
    wall_seconds: f64,
    cpu_seconds: f64,
    mebibytes: f64,
}

/// Runs the generators and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    ensure!(!cfg!(debug_assertions), "this program is a debug build; run it with `cargo run --release -p xtask`");
    let mut documents = Vec::new();
    for document in document::all(&args.folder)? {
        let size =
            fs::metadata(document.path()).with_context(|| format!("cannot read {}", paths::shown(document.path())))?;
        documents.push((size.len(), document));
    }
    documents.sort_by_key(|(size, _)| Reverse(*size));
    let middle = (documents.len() / 2).saturating_sub(args.median / 2);
    println!(
        "| document | MB | {} |",
        Generator::ALL.map(|it| format!("{}: wall s, CPU s, MiB", it.name())).join(" | ")
    );
    println!("| --- | --- |{}", " --- |".repeat(Generator::ALL.len()));
    for document in documents.iter().take(args.largest) {
        println!("{}", row(&document.1.name, slice::from_ref(document), args.rounds)?);
    }
    let median: Vec<_> = documents.into_iter().skip(middle).take(args.median).collect();
    if !median.is_empty() {
        println!("{}", row(&format!("median of {} of median size", median.len()), &median, args.rounds)?);
    }
    Ok(Outcome::Done)
}

/// A row of the table. Gives the median figures of each generator. Documents for which a generator fails do not count for it.
fn row(name: &str, documents: &[(u64, Document)], rounds: usize) -> anyhow::Result<String> {
    let mut cells = Vec::new();
    for generator in Generator::ALL {
        let mut all = Vec::new();
        for (_, document) in documents {
            all.extend(lowest(generator, document, rounds)?);
        }
        let middle = |figure: fn(&Taken) -> f64| median(all.iter().map(figure));
        cells.push(match all.as_slice() {
            [] => "fails".to_owned(),
            _ => format!(
                "{:.3}, {:.3}, {:.0}",
                middle(|it| it.wall_seconds),
                middle(|it| it.cpu_seconds),
                middle(|it| it.mebibytes)
            ),
        });
    }
    #[expect(clippy::cast_precision_loss, reason = "no document is that large")]
    let megabytes = median(documents.iter().map(|(size, _)| *size as f64 / 1e6));
    Ok(format!("| {name} | {megabytes:.2} | {} |", cells.join(" | ")))
}

/// The lowest figures of some runs, each into an empty folder. `None` if a run fails.
fn lowest(generator: Generator, document: &Document, rounds: usize) -> anyhow::Result<Option<Taken>> {
    let mut lowest: Option<Taken> = None;
    for _ in 0..rounds {
        // Creating files can take several times as long below a folder that has held many files before.
        let folder = env::temp_dir().join("rivals-speed").join(generator.name());
        empty(&folder)?;
        let mut command = generator.program(document, &folder)?;
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let run = command.spawn().with_context(|| format!("cannot run {}", generator.name()))?;
        let used = { run }.wait4().context("cannot wait for a generator")?;
        let wall_seconds = start.elapsed().as_secs_f64();
        if !used.status.success() {
            return Ok(None);
        }
        #[expect(clippy::cast_precision_loss, reason = "no program holds that much")]
        let mebibytes = used.rusage.maxrss as f64 / f64::from(1 << 20);
        let taken =
            Taken { wall_seconds, cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(), mebibytes };
        lowest = Some(lowest.map_or(taken, |other| Taken {
            wall_seconds: taken.wall_seconds.min(other.wall_seconds),
            cpu_seconds: taken.cpu_seconds.min(other.cpu_seconds),
            mebibytes: taken.mebibytes.min(other.mebibytes),
        }));
    }
    Ok(lowest)
}
