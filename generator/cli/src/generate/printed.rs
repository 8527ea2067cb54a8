//! Prints what a run did on stdout, and findings and a failed check on stderr. The most important comes last.

use std::io::stderr;

use anstream::{AutoStream, ColorChoice};
use generator::diagnostics::Severity;
use generator::{Generated, Summary, report};
use terminal_size::{Width, terminal_size_of};

use super::output::Changes;
use super::{Job, Out};
use crate::error::Result;
use crate::fault::Fault;
use crate::stdout::{print, say};
use crate::{Outcome, Program};

/// The greatest number of paths that are listed. If there are more, they are only counted, because a reader would skip them.
const LISTED: usize = 12;

/// The columns of a message that are not available for the line that it shows: the number of the line, and a margin.
const MARGIN: usize = 10;

/// Prints all findings in the documents, how many there are, and where to read more about them.
pub fn findings(program: &Program, faults: &[Fault], generated: &Generated, with_actions: bool) {
    faults.iter().for_each(|fault| say(&format!("{fault}\n\n")));
    let corrections = if with_actions { generated.corrections.as_slice() } else { &[] };
    let style = report::Style { corrections, ..style() };
    let rendered = report::render_as(&generated.diagnostics, &generated.sources, &style);
    if !rendered.is_empty() {
        say(&(rendered + "\n"));
    }
    let errors = faults.len() + generated.diagnostics.count(Severity::Error);
    let warnings = generated.diagnostics.count(Severity::Warning);
    let nothing = if generated.files.is_none() || !faults.is_empty() { "; nothing was written" } else { "" };
    if errors > faults.len() && !with_actions {
        say(&way_out(program, generated));
    }
    if errors + warnings > 0 {
        say(&format!("{}, {}{nothing}\n", counted(errors, "error"), counted(warnings, "warning")));
    }
    let empty = generated.summaries.iter().filter(|summary| summary.operations == 0 && summary.models == 0);
    empty.for_each(|summary| say(&warning_of_nothing(summary)));
}

/// Colour and width of the terminal. Without a terminal there is no colour, and lines have the default width.
fn style() -> report::Style<'static> {
    let usual = report::Style::default();
    let width = terminal_size_of(stderr()).map(|(Width(width), _)| usize::from(width).saturating_sub(MARGIN).max(40));
    let color = AutoStream::choice(&stderr()) != ColorChoice::Never;
    report::Style { color, width: width.unwrap_or(usual.width), ..usual }
}

fn way_out(program: &Program, generated: &Generated) -> String {
    let corrected: usize = generated.corrections.iter().map(|correction| correction.messages.len()).sum();
    let overlay = match corrected {
        0 => String::new(),
        _ => format!("; `--help-overlay` prints an overlay that corrects {corrected} of them"),
    };
    format!("help: `{} explain CODE` says more about a message{overlay}\n", program.name)
}

fn warning_of_nothing(Summary { name, .. }: &Summary) -> String {
    format!(
        "\nwarning: nothing is made of {name}: its document, or what is chosen of it, has neither operations nor schemas\n  help: see \
         whether it is the whole document, with `paths` and `components`, and what `only` and `except` leave\n"
    )
}

/// A line about each API, and what was written.
pub fn written(changes: &Changes, summaries: &[Summary], files: usize, folder: &str) -> Result<()> {
    let mut text = String::new();
    for (word, paths) in [
        ("changed", &changes.changed),
        ("added", &changes.added),
        ("removed", &changes.removed),
        ("left alone", &changes.foreign),
    ] {
        listed(word, paths, folder, &mut text);
    }
    summaries.iter().for_each(|summary| text += &format!("{}\n", about(summary)));
    let (written, removed) = (changes.changed.len() + changes.added.len(), changes.removed.len());
    text += &format!("{folder}: {written} of {} written, {removed} removed\n", counted(files, "file"));
    print(&text)
}

/// Prints the files that are not as they should be, and what to do about it.
pub fn check(changes: &Changes, folder: &str, job: &Job) -> Result<Outcome> {
    if changes.is_empty() && changes.foreign.is_empty() {
        print(&format!("{folder} is up to date\n"))?;
        return Ok(Outcome::Done);
    }
    let mut text = format!("error: {folder} is not up to date\n");
    for (word, paths) in [
        ("  changed", &changes.changed),
        ("  missing", &changes.added),
        ("  leftover", &changes.removed),
        ("  not generated", &changes.foreign),
    ] {
        listed(word, paths, folder, &mut text);
    }
    if !changes.is_empty() {
        text += &match job.out {
            Out::Own(_) => format!("  help: run `{} gen`\n", job.program.name),
            Out::Named(_) => "  help: run the same command without `--check`\n".to_owned(),
        };
    }
    if !changes.foreign.is_empty() {
        let name = job.program.name;
        text += &format!(
            "  help: move what is not generated out of `src` and `runtime`; `{name} gen` deletes only what it has written\n"
        );
    }
    say(&text);
    Ok(Outcome::Found)
}

pub fn about(summary: &Summary) -> String {
    let Summary { name, operations, models, untyped, .. } = summary;
    let any = match untyped {
        0 => String::new(),
        _ => format!(", {} of any JSON where the document says more", counted(*untyped, "value")),
    };
    format!("{name}: {}, {}{any}", counted(*operations, "operation"), counted(*models, "type"))
}

/// Names paths as seen from the current folder, or counts them if there are many.
fn listed(word: &str, paths: &[String], folder: &str, text: &mut String) {
    match paths.len() {
        0..=LISTED => paths.iter().for_each(|path| *text += &format!("{word} {folder}/{path}\n")),
        count => *text += &format!("{word} {} in {folder}\n", counted(count, "file")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
