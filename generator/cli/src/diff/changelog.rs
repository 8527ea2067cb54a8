//! The report as a changelog for users of the crate: what is gone, changed and new in each API, in terms of Rust.
//!
//! Parts of an item that is new or gone are left out, because the item itself is named.

use std::collections::HashSet;
use std::fmt::Write;

use differ::Verdict;

use super::markdown::quoted::{code, prose};
use super::report::{Api, Entry, Item, Report};
use super::{rules, words};

/// The whole text.
pub fn render(report: &Report) -> String {
    let apis: Vec<String> = report.apis.iter().filter_map(api).collect();
    match apis.as_slice() {
        [] => "Nothing changes for callers.\n".to_owned(),
        apis => apis.join("\n"),
    }
}

fn api(api: &Api) -> Option<String> {
    let mut sections = [("Gone", Vec::new()), ("Changed", Vec::new()), ("New", Vec::new())];
    let mut seen = HashSet::new();
    let wholes = wholes(api);
    for (entry, item) in api.changes.iter().flat_map(|entry| entry.items.iter().map(move |item| (entry, item))) {
        let [gone, changed, new] = &mut sections;
        let (section, is_whole) = match (&item.before, &item.after) {
            (Some(_), None) => (gone, true),
            (None, Some(_)) => (new, true),
            _ => (changed, false),
        };
        let is_part = is_whole && owner(&item.path).is_some_and(|owner| wholes.contains(owner));
        if !is_part && seen.insert((&item.path, &item.before, &item.after)) {
            section.1.push(line(entry, item));
        }
    }
    for entry in api.changes.iter().filter(|entry| entry.items.is_empty()) {
        let [gone, changed, new] = &mut sections;
        match whole_api(entry) {
            true if entry.rule == rules::API_ADDED.id => new.1.push(behaviour(entry)),
            true => gone.1.push(behaviour(entry)),
            false if entry.worst() > Verdict::Compatible => changed.1.push(behaviour(entry)),
            false => {}
        }
    }
    let versions = words::transition(api.old_version.as_deref(), api.new_version.as_deref(), "→", code);
    let versions = versions.filter(|_| api.old_version != api.new_version).map(|it| format!(", {it}"));
    let mut text = format!("## {}{}\n", code(&api.name), versions.unwrap_or_default());
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(text, "\n### {title}\n\n{}", lines.concat());
    }
    sections.iter().any(|(_, lines)| !lines.is_empty()).then_some(text)
}

/// The items that were added or removed as a whole.
fn wholes(api: &Api) -> HashSet<&str> {
    let items = api.changes.iter().flat_map(|entry| &entry.items);
    items.filter(|item| item.before.is_none() != item.after.is_none()).map(|item| item.path.as_str()).collect()
}

/// The item that contains an item: `Order` for `Order.note`, `Client::list` for `Client::list().limit`.
fn owner(path: &str) -> Option<&str> {
    let end = path.rfind(['.', ':'])?;
    path.get(..end).map(|owner| owner.trim_end_matches([':', '(', ')']))
}

/// An item in a line.
fn line(entry: &Entry, item: &Item) -> String {
    let mut text = match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("- {}: {} → {}", code(&item.path), code(before), code(after)),
        (Some(_), None) => format!("- {}", code(&item.path)),
        (None, Some(after)) => format!("- {}: {}", code(&item.path), code(after)),
        (None, None) => format!("- {}", code(&item.path)),
    };
    if let Some(hint) = &item.hint {
        let _ = write!(text, ". {}", prose(&capital(hint)));
    }
    if entry.wire == Verdict::Breaking && item.verdict == Verdict::Breaking {
        text += " (breaks clients already built)";
    }
    text + "\n"
}

/// A change that no item shows.
fn behaviour(entry: &Entry) -> String {
    let told = words::told(entry, "→", code).map(|told| format!(": {told}")).unwrap_or_default();
    let breaks = if entry.wire == Verdict::Breaking { " (breaks clients already built)" } else { "" };
    format!("- {} {}{told}{breaks}\n", code(&entry.subject), prose(&entry.what))
}

/// Whether a change is that of a whole API.
fn whole_api(entry: &Entry) -> bool {
    entry.old.is_none() && entry.new.is_none()
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
