//! What text and Markdown say in the same words: the answer, counts, places, and the operations that a change reaches.
//!
//! Takes the report, gives plain text. The caller must escape it for its format.

use differ::{Reach, Verdict};
use indexmap::IndexMap;

use super::report::{At, Entry, FailOn, Item, Report, Stale, Step, direction as word_of};

/// The answer, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It can be merged.
    Safe,
    /// It can be merged for some, or after a look.
    Mind,
    /// It cannot be merged as it is.
    Unsafe,
}

/// Whether it is safe to merge, and for whom. This comes first, and may be all that is read.
pub fn answer(report: &Report) -> (Answer, String) {
    let behaviour = report.changes().filter(|(_, entry)| entry.worst() == Verdict::Behaviour).count();
    let accepted = report.changes().filter(|(_, entry)| entry.accepted.is_some()).count();
    let (wire, rust) = (report.wire.breaking, report.rust.breaking);
    let built = || format!("{} clients that are already built", breaks(wire));
    let (answer, text) = match (wire, rust) {
        (0, 0) if report.changes().next().is_none() => {
            (Answer::Safe, "Safe to merge: nothing changes for callers".to_owned())
        }
        (0, 0) if behaviour > 0 => {
            let (them, act) = if behaviour == 1 { ("it", "acts") } else { ("them", "act") };
            let nothing = if accepted == 0 { "nothing breaks, " } else { "" };
            let changes = counted(behaviour, "change");
            (Answer::Mind, format!("Safe to merge if you want {them}: {nothing}{changes} {act} differently"))
        }
        (0, 0) if accepted > 0 => (Answer::Safe, "Safe to merge".to_owned()),
        (0, 0) => (Answer::Safe, "Safe to merge: nothing breaks".to_owned()),
        (0, _) => {
            let text = "Safe to merge for clients that are already built, not for programs that move to the new crate";
            (Answer::Mind, format!("{text}: {} them", breaks(rust)))
        }
        (_, 0) => (Answer::Unsafe, format!("Not safe to merge: {}; programs go on compiling", built())),
        (_, _) => (
            Answer::Unsafe,
            format!("Not safe to merge: {}, {} programs that move to the new crate", built(), breaks(rust)),
        ),
    };
    let rest = if accepted > 0 {
        format!("; {} and {} accepted", breaks(accepted), if accepted == 1 { "is" } else { "are" })
    } else {
        String::new()
    };
    (answer, text + &rest)
}

fn breaks(count: usize) -> String {
    format!("{} {}", counted(count, "change"), if count == 1 { "breaks" } else { "break" })
}

/// The exit code, and what it means.
pub fn ending(report: &Report) -> String {
    let breaks = report.wire.breaking + report.rust.breaking > 0;
    match (report.failed, report.fail_on) {
        (true, _) => "exit code 1: something breaks, and is not accepted".to_owned(),
        (false, FailOn::Wire) if breaks => "exit code 0: `--fail-on wire` passes what breaks programs alone".to_owned(),
        (false, _) if breaks => "exit code 0: `--fail-on none` passes everything".to_owned(),
        (false, _) => "exit code 0: nothing breaks that is not accepted".to_owned(),
    }
}

/// How far the version of the crate has to move.
pub fn step(report: &Report) -> &'static str {
    let has_changes = report.apis.iter().any(|api| !api.changes.is_empty());
    match report.next_version {
        Step::None => "as it is",
        Step::Patch if has_changes => "a patch version (no item differs)",
        Step::Patch => "a patch version (only documentation differs)",
        Step::Minor => "a minor version",
        Step::Major => "a major version (in 0.x, a minor one)",
    }
}

/// A number with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Where a change is: the file with its lines of old and of new, or each file with its line.
pub fn places<'e>(old: &'e Option<At>, new: &'e Option<At>) -> Vec<(&'e str, Vec<String>)> {
    match (old, new) {
        (Some(old), Some(new)) if is_same(old, new) => vec![(&new.file, vec![old.shown(), new.shown()])],
        (old, new) => old.iter().chain(new).map(|at| (at.file.as_str(), vec![at.shown()])).collect(),
    }
}

/// The other places of an edit, each with its lines. `quote` makes subjects safe.
pub fn others(entry: &Entry, limit: usize, arrow: &str, quote: impl Fn(&str) -> String) -> Option<String> {
    let shown = entry.others.iter().take(limit).map(|other| {
        let at = places(&other.old, &other.new);
        let at = at.iter().flat_map(|(_, at)| at.clone()).collect::<Vec<_>>();
        format!("{} ({})", quote(&other.subject), lines(&at, arrow))
    });
    let mut shown: Vec<String> = shown.collect();
    if entry.others.len() > limit {
        shown.push(format!("and {} more", entry.others.len() - limit));
    }
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// What to know about an entry that accepts nothing. `quote` makes names safe.
pub fn stale(stale: &Stale, quote: impl Fn(&str) -> String) -> String {
    let Stale { entry, now } = stale;
    let Some(now) = now else { return "is accepted, but does not break anything: delete the entry".to_owned() };
    let parts = [
        (entry.api.as_deref(), now.api.as_str()),
        (Some(entry.id.as_str()), now.id),
        (Some(entry.subject.as_str()), now.subject.as_str()),
        (entry.fingerprint.as_deref(), now.fingerprint.as_str()),
    ];
    let differing: Vec<_> = parts.into_iter().filter(|(was, now)| was.is_some_and(|was| was != *now)).collect();
    let was: Vec<String> = differing.iter().filter_map(|(was, _)| Some(quote((*was)?))).collect();
    let is: Vec<String> = differing.iter().map(|(_, now)| quote(now)).collect();
    format!("is accepted as {}, now {}: judge again", was.join(" "), is.join(" "))
}

/// Whether both places are in the same file. At a revision, the name of a file begins with the commit.
fn is_same(old: &At, new: &At) -> bool {
    old.file == new.file || old.file.split_once(':').is_some_and(|(_, file)| file == new.file)
}

/// Lines of old and of new.
pub fn lines(lines: &[String], arrow: &str) -> String {
    lines.join(&format!(" {arrow} "))
}

/// The values before and after, if at least one is known. `quote` makes the values safe.
pub fn transition(
    before: Option<&str>,
    after: Option<&str>,
    arrow: &str,
    quote: impl Fn(&str) -> String,
) -> Option<String> {
    match (before, after) {
        (Some(before), Some(after)) => Some(format!("{} {arrow} {}", quote(before), quote(after))),
        (Some(before), None) => Some(format!("was {}", quote(before))),
        (None, Some(after)) => Some(quote(after)),
        (None, None) => None,
    }
}

/// The values before and after, unless the sentence has them already.
pub fn told(entry: &Entry, arrow: &str, quote: impl Fn(&str) -> String) -> Option<String> {
    let (before, after) = (entry.before.as_deref(), entry.after.as_deref());
    let is_said = [before, after].into_iter().flatten().all(|value| entry.what.contains(value));
    transition(before, after, arrow, quote).filter(|_| !is_said)
}

/// What happened to an emitted item. `quote` makes names and signatures safe.
pub fn item(item: &Item, arrow: &str, quote: impl Fn(&str) -> String) -> String {
    let path = quote(&item.path);
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("{path}: {} {arrow} {}", quote(before), quote(after)),
        (Some(before), None) => format!("{path} is gone: {}", quote(before)),
        (None, Some(after)) => format!("{path} is new: {}", quote(after)),
        (None, None) => path,
    }
}

/// What the caller should do, once each.
pub fn hints(entry: &Entry, limit: usize) -> Vec<&str> {
    let mut hints: Vec<&str> = Vec::new();
    for hint in entry.hint.iter().chain(entry.items.iter().filter_map(|item| item.hint.as_ref())) {
        if !hints.contains(&hint.as_str()) && hints.len() < limit {
            hints.push(hint);
        }
    }
    hints
}

/// The operations that a change reaches, each with the parts of it: `(200, default)`, `(request)`, or nothing.
pub fn reach(entry: &Entry) -> Vec<(&str, String)> {
    let mut operations: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for Reach { operation, direction, status } in entry.reach.iter() {
        operations.entry(operation).or_default().extend(status.as_deref().or(direction.map(word_of)));
    }
    let shown = |parts: &[&str]| if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    operations.into_iter().map(|(operation, parts)| (operation, shown(&parts))).collect()
}
