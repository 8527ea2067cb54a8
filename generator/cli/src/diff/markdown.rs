//! The report as Markdown, for a pull request: the answer first, what breaks in full, the rest folded.
//!
//! Fits into a comment on GitHub, and reads well as plain text. Whatever does not fit is counted, never cut in the middle.

pub mod quoted;

use std::fmt::Write;

use differ::Verdict;

use self::quoted::{code, prose};
use super::report::{Api, Entry, Report, Stale, Tally};
use super::words::{self, Answer, counted};

/// GitHub refuses a comment of more than 65,536 characters.
const MAX_CHARS: usize = 60_000;

/// The characters that are kept for the end of the page.
const RESERVE: usize = 1_500;

/// The operations, and the items, that are listed with a change.
const LISTED: usize = 8;

/// The whole page.
pub fn render(report: &Report) -> String {
    let mut page = Page { text: head(report), left_out: 0 };
    let many = report.apis.len() > 1;
    let pick = |wanted: fn(&Entry) -> bool| report.changes().filter(move |(_, entry)| wanted(entry));
    let breaking = pick(|entry| entry.worst() == Verdict::Breaking && entry.accepted.is_none());
    page.section("### ❌ Breaking\n\n", "", breaking.enumerate().map(|(at, found)| full(at, found, many)));
    let behaviour = pick(|entry| entry.worst() == Verdict::Behaviour);
    page.section(
        "### ⚠️ Goes on, and acts differently\n\n",
        "",
        behaviour.enumerate().map(|(at, found)| full(at, found, many)),
    );
    page.section(
        "### Accepted, and not there\n\n",
        "",
        report.stale.iter().map(|stale| {
            let Stale { entry, .. } = stale;
            format!("- {}: {} {}\n", code(&entry.subject), code(&entry.id), words::stale(stale, code))
        }),
    );
    let compatible = pick(|entry| entry.worst() == Verdict::Compatible);
    let compatible: Vec<String> = compatible.map(|found| brief(found, many)).collect();
    page.folded(&format!("✅ {}", counted(compatible.len(), "compatible change")), compatible);
    let accepted: Vec<String> = pick(|entry| entry.accepted.is_some()).map(|found| brief(found, many)).collect();
    page.folded(&format!("Accepted: {}", accepted.len()), accepted);
    page.text + &foot(report, page.left_out)
}

struct Page {
    text: String,
    left_out: usize,
}

impl Page {
    /// A section with its entries, as many as there is room for. Without entries there is no section.
    fn section(&mut self, head: &str, foot: &str, entries: impl Iterator<Item = String>) {
        let mut room = (MAX_CHARS - RESERVE).saturating_sub(self.text.chars().count() + head.len() + foot.len());
        let (mut shown, mut left_out) = (String::new(), 0);
        for entry in entries {
            let length = entry.chars().count();
            // After the first entry that does not fit, all further entries are left out, so that only the end of the list is missing.
            if left_out > 0 || length > room {
                left_out += 1;
            } else {
                room -= length;
                shown += &entry;
            }
        }
        if left_out > 0 {
            let _ = writeln!(shown, "- …and {left_out} more");
        }
        if !shown.is_empty() {
            let _ = writeln!(self.text, "{head}{shown}{foot}");
        }
        self.left_out += left_out;
    }

    fn folded(&mut self, summary: &str, entries: Vec<String>) {
        let head = format!("<details><summary>{summary}</summary>\n\n");
        self.section(&head, "\n</details>\n", entries.into_iter());
    }
}

fn head(report: &Report) -> String {
    let (answer, sentence) = words::answer(report);
    let mark = match answer {
        Answer::Safe => "✅",
        Answer::Mind => "⚠️",
        Answer::Unsafe => "❌",
    };
    let mut text = format!("## {mark} {sentence}\n\n{} → {}", code(&report.old), code(&report.new));
    let _ = writeln!(text, " · next version of the crate: **{}**\n", words::step(report));
    if report.changes().next().is_some() {
        text += &table(&report.wire, &report.rust);
    }
    let told: Vec<&Api> = report.apis.iter().filter(|api| !api.changes.is_empty() || api.documentation > 0).collect();
    for api in &told {
        text += &about(api);
    }
    if !told.is_empty() {
        text.push('\n');
    }
    text
}

fn table(wire: &Tally, rust: &Tally) -> String {
    let mut text =
        "| | wire (clients already built) | Rust (programs that move to the new crate) |\n|---|---|---|\n".to_owned();
    let mut row = |name: &str, wire: usize, rust: usize| {
        let _ = writeln!(text, "| {name} | {wire} | {rust} |");
    };
    row("breaking", wire.breaking, rust.breaking);
    if wire.accepted + rust.accepted > 0 {
        row("breaking, accepted", wire.accepted, rust.accepted);
    }
    row("behaviour", wire.behaviour, rust.behaviour);
    row("compatible", wire.compatible, rust.compatible);
    text + "\n"
}

/// A line about an API.
fn about(api: &Api) -> String {
    let mut facts = Vec::new();
    if let Some(versions) = words::transition(api.old_version.as_deref(), api.new_version.as_deref(), "→", code) {
        let version = if api.old_version == api.new_version {
            "the same version".to_owned()
        } else {
            format!("version {versions}")
        };
        facts.push(format!("{version}, {}", counted(api.operations, "operation")));
    }
    if !api.changes.is_empty() {
        facts.push(counted(api.changes.len(), "change"));
    }
    if api.documentation > 0 {
        facts.push(format!("{} in documentation only, not listed", counted(api.documentation, "change")));
    }
    format!("- {}: {}\n", code(&api.file), facts.join(", "))
}

/// A change with all that there is to say about it.
fn full(index: usize, (api, entry): (&Api, &Entry), many: bool) -> String {
    let mut text = format!("{}. {}\n", index + 1, title(api, entry, many));
    if let Some(others) = words::others(entry, LISTED, "→", code) {
        let _ = writeln!(text, "   - The same at {others}");
    }
    for item in entry.items.iter().take(LISTED) {
        let _ = writeln!(text, "   - {}", words::item(item, "→", code));
    }
    if entry.items.len() > LISTED {
        let _ = writeln!(text, "   - and {} more", counted(entry.items.len() - LISTED, "item"));
    }
    for hint in words::hints(entry, LISTED) {
        let _ = writeln!(text, "   - What to do: {}", prose(hint));
    }
    if !entry.reach.is_empty() {
        let _ = writeln!(text, "   - Reaches {}", reach(entry));
    }
    let _ = writeln!(text, "   - {}", origin(entry));
    text
}

/// A change in a line.
fn brief((api, entry): (&Api, &Entry), many: bool) -> String {
    let mut text = format!("- {}", title(api, entry, many));
    if let [item, more @ ..] = entry.items.as_slice() {
        let _ = write!(text, " · {}", words::item(item, "→", code));
        if !more.is_empty() {
            let _ = write!(text, " and {} more", counted(more.len(), "item"));
        }
    }
    if let Some(reason) = &entry.accepted {
        let _ = write!(text, " · accepted: {}", prose(reason));
    }
    text + &format!(" · {}\n", origin(entry))
}

fn title(api: &Api, entry: &Entry, many: bool) -> String {
    let api = if many && api.name != entry.subject { format!("{} · ", code(&api.name)) } else { String::new() };
    let mut text = format!("{api}**{}**: {}", code(&entry.subject), prose(&entry.what));
    if let Some(told) = words::told(entry, "→", code) {
        let _ = write!(text, ": {told}");
    }
    if !entry.others.is_empty() {
        let _ = write!(text, "; the same at {}", counted(entry.others.len(), "other place"));
    }
    if entry.worst() > Verdict::Compatible {
        let _ = write!(text, " · wire {} · Rust {}", mark(entry.wire), mark(entry.rust));
    }
    text
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "❌",
        Verdict::Behaviour => "⚠️",
        Verdict::Compatible => "✅",
    }
}

fn reach(entry: &Entry) -> String {
    let reach = words::reach(entry);
    let shown = reach.iter().take(LISTED).map(|(operation, parts)| code(operation) + &prose(parts));
    let mut shown: Vec<String> = shown.collect();
    if reach.len() > LISTED {
        shown.push(format!("and {} more", reach.len() - LISTED));
    }
    shown.join(", ")
}

fn origin(entry: &Entry) -> String {
    let places = words::places(&entry.old, &entry.new);
    let places: Vec<String> =
        places.iter().map(|(file, at)| format!("{} {}", code(file), words::lines(at, "→"))).collect();
    let place = if places.is_empty() { String::new() } else { format!("{} · ", places.join(" → ")) };
    format!("{place}`{}` · `{}`", entry.rule, entry.fingerprint)
}

fn foot(report: &Report, left_out: usize) -> String {
    let mut text = String::new();
    if left_out > 0 {
        let _ = writeln!(
            text,
            "**{} left out for want of room.** `{} diff` prints all of them.\n",
            counted(left_out, "change"),
            report.program
        );
    }
    let _ = writeln!(
        text,
        "<sub>{program} diff · {} · `{program} diff --rules` explains each rule</sub>",
        words::ending(report),
        program = report.program
    );
    text
}
