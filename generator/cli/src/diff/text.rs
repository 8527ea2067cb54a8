//! The report as text: one line a change, the verdicts in columns of their own, so that it can be searched by line.
//!
//! Lines that begin with a verdict are changes. The details of a change follow below it, after a `|`. Text of a document is escaped, so
//! that neither the terminal nor the build service that shows it interprets it.

use std::fmt::Write;

use differ::Verdict;
use generator::report::escape;

use super::accepted;
use super::report::{Api, Entry, Report};
use super::words::{self, Answer, counted};

/// The subjects are padded to the longest, but no further than this.
const MAX_SUBJECT: usize = 44;

/// The operations, and the items, that are listed with a change.
const LISTED: usize = 10;

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[33m";
const GREEN: &str = "\x1b[32m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// The whole text.
pub fn render(report: &Report, colour: bool) -> String {
    let paint = Paint { colour };
    let (answer, sentence) = words::answer(report);
    let colour = match answer {
        Answer::Safe => GREEN,
        Answer::Mind => YELLOW,
        Answer::Unsafe => RED,
    };
    let mut text = format!("{}\n", paint.with(colour, &sentence));
    let _ = writeln!(text, "{} -> {}", escape(&report.old), escape(&report.new));
    for api in &report.apis {
        text += &self::api(api, paint);
    }
    text += &stale(report);
    text += &acceptance(report);
    let _ = writeln!(text, "\nNext version of the crate: {}", words::step(report));
    let _ = writeln!(text, "{}", words::ending(report));
    text
}

/// Colours, if they are wanted.
#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(self, colour: &str, text: &str) -> String {
        if self.colour { format!("{colour}{text}{RESET}") } else { text.to_owned() }
    }
}

fn api(api: &Api, paint: Paint) -> String {
    let count = |verdict| api.changes.iter().filter(|entry| entry.worst() == verdict).count();
    let wire = api.changes.iter().filter(|entry| entry.wire == Verdict::Breaking).count();
    let mut text = format!("\n{}", escape(&api.file));
    if api.old_version != api.new_version {
        let versions = words::transition(api.old_version.as_deref(), api.new_version.as_deref(), "->", escape);
        let _ = write!(text, "  {}", versions.unwrap_or_default());
    }
    if api.changes.is_empty() {
        text += "  nothing changes for callers";
    } else {
        let (breaking, behaviour, compatible) =
            (count(Verdict::Breaking), count(Verdict::Behaviour), count(Verdict::Compatible));
        let _ = write!(text, "  breaking {breaking} (wire {wire})  behaviour {behaviour}  compatible {compatible}");
    }
    if api.documentation > 0 {
        let _ = write!(text, "  documentation {}", api.documentation);
    }
    text.push('\n');
    let width = api.changes.iter().map(|entry| escape(&entry.subject).chars().count()).max().unwrap_or_default();
    let width = width.clamp("WHERE".len(), MAX_SUBJECT);
    if !api.changes.is_empty() {
        let _ = writeln!(text, "{}", paint.with(DIM, &format!("WIRE RUST {:width$}  WHAT", "WHERE")));
    }
    for entry in &api.changes {
        text += &line(entry, width, paint);
        details(entry, &mut text);
    }
    text
}

/// The line of a change.
fn line(entry: &Entry, width: usize, paint: Paint) -> String {
    let [wire, rust] = [entry.wire, entry.rust].map(|verdict| match verdict {
        Verdict::Breaking => paint.with(RED, "B   "),
        Verdict::Behaviour => paint.with(YELLOW, "b   "),
        Verdict::Compatible => paint.with(GREEN, "-   "),
    });
    let mut what = entry.what.clone();
    if let Some(told) = words::told(entry, "->", str::to_owned) {
        let _ = write!(what, ": {told}");
    }
    if !entry.others.is_empty() {
        what += &format!("; the same at {}", counted(entry.others.len(), "other place"));
    }
    match words::reach(entry).as_slice() {
        [] => {}
        [(operation, _)] if what.contains(operation) || entry.subject.contains(operation) => {}
        [(operation, parts)] => what += &format!("; {operation}{parts}"),
        several => what += &format!("; {}", counted(several.len(), "operation")),
    }
    let accepted = if entry.accepted.is_some() { " accepted" } else { "" };
    let places = words::places(&entry.old, &entry.new);
    let places: Vec<String> = places.iter().map(|(file, at)| format!("{file}:{}", words::lines(at, "->"))).collect();
    let place = if places.is_empty() { String::new() } else { format!(" {}", places.join(" -> ")) };
    let about = format!("[{} {}{accepted}]{}", entry.rule, entry.fingerprint, escape(&place));
    let subject = escape(&entry.subject);
    format!("{wire} {rust} {subject:width$}  {}  {}\n", escape(&what), paint.with(DIM, &about))
}

/// The details for a reader who must act: items, operations, and what to do.
fn details(entry: &Entry, text: &mut String) {
    if let Some(reason) = &entry.accepted {
        let _ = writeln!(text, "          | accepted: {}", escape(reason));
    }
    if entry.worst() == Verdict::Compatible {
        return;
    }
    if let Some(others) = words::others(entry, LISTED, "->", escape) {
        let _ = writeln!(text, "          | the same at {others}");
    }
    for item in entry.items.iter().take(LISTED) {
        let _ = writeln!(text, "          | {}", words::item(item, "->", escape));
    }
    if entry.items.len() > LISTED {
        let _ = writeln!(text, "          | and {} more", counted(entry.items.len() - LISTED, "item"));
    }
    let reach = words::reach(entry);
    if reach.len() > 1 {
        let listed: Vec<String> =
            reach.iter().take(LISTED).map(|(operation, parts)| format!("{operation}{parts}")).collect();
        let rest = if reach.len() > LISTED { ", …" } else { "" };
        let _ = writeln!(text, "          | reaches {}{rest}", escape(&listed.join(", ")));
    }
    for hint in words::hints(entry, LISTED) {
        let _ = writeln!(text, "          | do: {}", escape(hint));
    }
}

fn stale(report: &Report) -> String {
    let mut text = String::new();
    for stale in &report.stale {
        let entry = &stale.entry;
        let (id, subject) = (escape(&entry.id), escape(&entry.subject));
        let fingerprint = entry.fingerprint.as_ref().map(|it| format!(" {}", escape(it))).unwrap_or_default();
        let file = report.accept_file.as_ref().map(|file| format!("{}:{}: ", escape(file), entry.line));
        let file = file.unwrap_or_default();
        let told = words::stale(stale, escape);
        let _ = writeln!(text, "\nwarning: {file}{subject} [{id}{fingerprint}] {told}");
    }
    text
}

/// What to write to accept a breaking change.
fn acceptance(report: &Report) -> String {
    let open = report.changes().filter(|(_, entry)| report.fails_by(entry));
    let entries: String = open.map(|(api, entry)| format!("\n{}", accepted::written(&api.name, entry))).collect();
    if entries.is_empty() {
        entries
    } else {
        let file = report
            .accept_file
            .as_deref()
            .map_or_else(|| "a file of accepted changes, which `--accept` names".to_owned(), escape);
        format!("\nTo accept what makes the run fail, write into {file}, with a reason:\n{entries}")
    }
}
