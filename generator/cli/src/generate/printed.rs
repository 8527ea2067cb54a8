//! What is said of a crate: findings and a failed check on stderr, what it did on stdout. It decides nothing.

use std::env;
use std::io::{IsTerminal, stderr};

use generator::diagnostics::Severity;
use generator::{Generated, Summary, report};

use super::output::Changes;
use super::{Job, Out};
use crate::Outcome;
use crate::fault::Fault;

/// Everything that was found in the documents, and how much of it.
pub fn findings(faults: &[Fault], generated: &Generated, with_actions: bool) {
    for fault in faults {
        eprintln!("{fault}\n");
    }
    let colour = stderr().is_terminal() && env::var_os("NO_COLOR").is_none();
    let corrections = if with_actions { generated.corrections.as_slice() } else { &[] };
    let style = report::Style { color: colour, corrections, ..report::Style::default() };
    let rendered = report::render_as(&generated.diagnostics, &generated.sources, &style);
    if !rendered.is_empty() {
        eprintln!("{rendered}");
    }
    let errors = faults.len() + generated.diagnostics.count(Severity::Error);
    let warnings = generated.diagnostics.count(Severity::Warning);
    let nothing = if generated.files.is_none() || !faults.is_empty() { "; nothing was written" } else { "" };
    if errors + warnings > 0 {
        eprintln!("{}, {}{nothing}", counted(errors, "error"), counted(warnings, "warning"));
    }
}

/// What was written, and a line about each API.
pub fn written(changes: &Changes, summaries: &[Summary], files: usize) {
    listed("changed", &changes.changed, |line| println!("{line}"));
    listed("added", &changes.added, |line| println!("{line}"));
    listed("removed", &changes.removed, |line| println!("{line}"));
    listed("foreign", &changes.foreign, |line| println!("{line}"));
    for summary in summaries {
        println!("{}", about(summary));
    }
    let (written, removed) = (changes.changed.len() + changes.added.len(), changes.removed.len());
    println!("{} of {} written, {removed} removed", written, counted(files, "file"));
}

/// What is not as it should be, and what to do about it.
pub fn check(changes: &Changes, folder: &str, job: &Job) -> Outcome {
    if changes.is_empty() && changes.foreign.is_empty() {
        println!("{folder} is up to date");
        return Outcome::Done;
    }
    eprintln!("error: {folder} is not up to date");
    listed("changed", &changes.changed, |line| eprintln!("  {line}"));
    listed("missing", &changes.added, |line| eprintln!("  {line}"));
    listed("leftover", &changes.removed, |line| eprintln!("  {line}"));
    listed("foreign", &changes.foreign, |line| eprintln!("  {line}"));
    if !changes.is_empty() {
        match job.out {
            Out::Own(_) => eprintln!("  help: run `{} gen`", job.program.name),
            Out::Named(_) => eprintln!("  help: run the same command without `--check`"),
        }
    }
    if !changes.foreign.is_empty() {
        let name = job.program.name;
        eprintln!("  help: move foreign files elsewhere; `{name} gen` does not delete what it has not written");
    }
    Outcome::Found
}

fn about(summary: &Summary) -> String {
    let Summary { name, operations, models, untyped, lines, .. } = summary;
    let each = lines / (operations + models).max(1);
    format!(
        "{name}: {}, {}, {}, {} for each operation and type",
        counted(*operations, "operation"),
        counted(*models, "type"),
        counted(*untyped, "untyped place"),
        counted(each, "line")
    )
}

fn listed(word: &str, paths: &[String], print: impl Fn(String)) {
    paths.iter().for_each(|path| print(format!("{word} {path}")));
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
