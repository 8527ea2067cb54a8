//! `cargo xtask rivals speed`: compares the time and the memory of the generators themselves.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::slice;
use std::time::Instant;

use anyhow::{Context, ensure};
use wait4::Wait4;

use super::generators::Generator;
use super::table::median;
use crate::corpus::document::{self, Document};
use crate::folder;
use oasmith::{Outcome, paths};

/// Compare the time and the memory that the generators take.
///
/// Takes the largest documents of the folder, and those in the middle of the order of size. Each program starts anew, reads the
/// document and writes its files into the folder for temporary files. Set `TMPDIR` to a folder in memory, so that the disk does not count.
/// Build this program with `--release`, or its figures mean nothing. The ratio is our wall time, divided by the shortest of the others.
/// A generator does not count if it emits no more than for a document without operations.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Exit codes: 0, the ratios are within the limits; 1, they are not; 2, it could not run."
)]
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

/// The limit of the ratio for a large document.
const LARGE_RATIO: f64 = 0.5;

/// The limit of the ratio for the documents of median size.
const MEDIAN_RATIO: f64 = 1.0;

/// What a run took.
#[derive(Clone, Copy)]
struct Taken {
    wall_seconds: f64,
    cpu_seconds: f64,
    mebibytes: f64,
}

/// How a generator did.
#[derive(Clone, Copy)]
enum Run {
    Took(Taken),
    Failed,
    EmittedNothing,
}

/// A generator, and the lines that it emits for a document without operations.
struct Competitor {
    generator: Generator,
    lines_of_nothing: usize,
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
    let competitors = competitors()?;
    let middle = (documents.len() / 2).saturating_sub(args.median / 2);
    let names = competitors.iter().map(|it| format!("{}: wall s, CPU s, MiB", it.generator.name()));
    let names: Vec<String> = names.collect();
    println!("| document | MB | {} | ratio |", names.join(" | "));
    println!("| --- | --- |{} --- |", " --- |".repeat(competitors.len()));
    let mut are_within_limits = true;
    for document in documents.iter().take(args.largest) {
        let (row, ratio) = row(&document.1.name, slice::from_ref(document), &competitors, args.rounds)?;
        are_within_limits &= ratio.is_none_or(|ratio| ratio <= LARGE_RATIO);
        println!("{row}");
    }
    let median: Vec<_> = documents.into_iter().skip(middle).take(args.median).collect();
    if !median.is_empty() {
        let (row, ratio) =
            row(&format!("median of {} of median size", median.len()), &median, &competitors, args.rounds)?;
        are_within_limits &= ratio.is_none_or(|ratio| ratio <= MEDIAN_RATIO);
        println!("{row}");
    }
    Ok(if are_within_limits { Outcome::Done } else { Outcome::Found })
}

fn competitors() -> anyhow::Result<Vec<Competitor>> {
    let mut file =
        tempfile::Builder::new().prefix("nothing").suffix(".json").tempfile().context("cannot make a file")?;
    let document = r#"{"openapi": "3.0.3", "info": {"title": "Nothing", "version": "1"}, "paths": {}}"#;
    file.write_all(document.as_bytes()).context("cannot write a temporary file")?;
    let document = Document::of(file.path());
    let competitors = Generator::ALL.into_iter().map(|generator| {
        let lines_of_nothing = match lowest(generator, &document, 1)? {
            Some(_) => lines_of_rust(&output(generator))?,
            None => 0,
        };
        Ok(Competitor { generator, lines_of_nothing })
    });
    competitors.collect()
}

/// A row of the table with the median figures of each generator, and the ratio. If a generator fails for a document or emits nothing, the
/// document does not count for that generator.
fn row(
    name: &str,
    documents: &[(u64, Document)],
    competitors: &[Competitor],
    rounds: usize,
) -> anyhow::Result<(String, Option<f64>)> {
    let (mut cells, mut walls) = (Vec::new(), Vec::new());
    for competitor in competitors {
        let (mut all, mut emitted_nothing) = (Vec::new(), false);
        for (_, document) in documents {
            match competitor.run(document, rounds)? {
                Run::Took(taken) => all.push(taken),
                Run::Failed => {}
                Run::EmittedNothing => emitted_nothing = true,
            }
        }
        let middle = |figure: fn(&Taken) -> f64| median(all.iter().map(figure));
        let wall = middle(|it| it.wall_seconds);
        walls.extend((!all.is_empty()).then_some((competitor.generator, wall)));
        cells.push(match all.as_slice() {
            [] if emitted_nothing => "emits nothing".to_owned(),
            [] => "fails".to_owned(),
            _ => format!("{wall:.3}, {:.3}, {:.0}", middle(|it| it.cpu_seconds), middle(|it| it.mebibytes)),
        });
    }
    let ours = walls.iter().find(|(generator, _)| *generator == Generator::Ours).map(|(_, wall)| *wall);
    let others = walls.iter().filter(|(generator, _)| *generator != Generator::Ours).map(|(_, wall)| *wall);
    let ratio = ours.zip(others.reduce(f64::min)).map(|(ours, other)| ours / other);
    #[expect(clippy::cast_precision_loss, reason = "no document is that large")]
    let megabytes = median(documents.iter().map(|(size, _)| *size as f64 / 1e6));
    let shown = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    Ok((format!("| {name} | {megabytes:.2} | {} | {shown} |", cells.join(" | ")), ratio))
}

impl Competitor {
    fn run(&self, document: &Document, rounds: usize) -> anyhow::Result<Run> {
        let Some(taken) = lowest(self.generator, document, rounds)? else { return Ok(Run::Failed) };
        let lines = lines_of_rust(&output(self.generator))?;
        Ok(if lines <= self.lines_of_nothing { Run::EmittedNothing } else { Run::Took(taken) })
    }
}

/// The folder into which a generator writes. Some disks take several times as long to create files in a folder that has held many.
fn output(generator: Generator) -> PathBuf {
    env::temp_dir().join("rivals-speed").join(generator.name())
}

/// The lines of Rust in a folder.
fn lines_of_rust(folder: &Path) -> anyhow::Result<usize> {
    let mut lines = 0;
    folder::each_file(folder, &mut |path| {
        if path.extension().is_some_and(|kind| kind == "rs") {
            lines += fs::read_to_string(path)?.lines().count();
        }
        Ok(())
    })?;
    Ok(lines)
}

/// The lowest figures of some runs, each into an empty folder. `None` if a run fails.
fn lowest(generator: Generator, document: &Document, rounds: usize) -> anyhow::Result<Option<Taken>> {
    let mut lowest: Option<Taken> = None;
    for _ in 0..rounds {
        let out = output(generator);
        folder::remove(&out)?;
        let mut command = generator.program(document, &out)?;
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
