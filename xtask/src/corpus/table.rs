//! The results for a corpus, for people: sums, warnings by kind, and at the end the documents that failed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use super::entry::Entry;
#[cfg(any(test, feature = "examples"))]
use super::examples;

/// The whole text.
pub fn render(entries: &[Entry], time: Duration) -> String {
    let mut text = sums(entries, time);
    kinds(entries, &mut text);
    #[cfg(any(test, feature = "examples"))]
    examples::render(entries, &mut text);
    failures(entries, &mut text);
    text
}

fn sums(entries: &[Entry], time: Duration) -> String {
    let count = |test: fn(&Entry) -> bool| entries.iter().filter(|entry| test(entry)).count();
    let sum = |of: fn(&Entry) -> usize| entries.iter().map(of).sum::<usize>();
    let generated = count(|entry| entry.generated);
    let mut rows = vec![
        ("documents", entries.len().to_string()),
        ("generated", generated.to_string()),
        ("with errors, of which --keep-going emits the rest", count(|entry| entry.needed_keep_going).to_string()),
    ];
    if entries.iter().any(|entry| entry.compiled.is_some()) {
        rows.push(("compiled", format!("{} of {generated}", count(|entry| entry.compiled == Some(true)))));
    }
    let compared = || entries.iter().filter_map(|entry| Some((entry, entry.compared.as_ref()?)));
    if let Some((entry, longest)) = compared().max_by(|(_, a), (_, b)| a.seconds.total_cmp(&b.seconds)) {
        let same = compared().filter(|(_, it)| it.differences == 0).count();
        rows.push(("the same as themselves", format!("{same} of {}", compared().count())));
        rows.push(("longest comparison", format!("{:.1} s, {}", longest.seconds, entry.file)));
    }
    let operations = (sum(|entry| entry.operations), sum(|entry| entry.operations_in_document));
    let schemas = (sum(|entry| entry.schemas), sum(|entry| entry.schemas_in_document));
    let generating = entries.iter().map(|entry| entry.seconds).sum::<f64>();
    rows.extend([
        ("operations", format!("{} of {}", operations.0, operations.1)),
        ("named schemas", format!("{} of {}", schemas.0, schemas.1)),
        ("types", sum(|entry| entry.models).to_string()),
        ("untyped places", sum(|entry| entry.untyped).to_string()),
        ("lines", sum(|entry| entry.lines).to_string()),
        ("seconds", format!("{:.1}, of which generating (all documents added up) {generating:.1}", time.as_secs_f64())),
    ]);
    rows.iter().map(|(name, value)| format!("{name:50} {value}\n")).collect()
}

fn kinds(entries: &[Entry], text: &mut String) {
    let mut kinds: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for entry in entries {
        let mut own: BTreeMap<_, usize> = BTreeMap::new();
        for message in &entry.diagnostics {
            *own.entry((message.severity, message.code)).or_default() += 1;
        }
        for (kind, messages) in own {
            let (total, documents) = kinds.entry(kind).or_default();
            (*total, *documents) = (*total + messages, *documents + 1);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|((severity, _), (total, _))| (*severity, std::cmp::Reverse(*total)));
    if !kinds.is_empty() {
        let _ = writeln!(text, "\n{:8} {:41} {:>8} {:>9}", "", "kind", "messages", "documents");
    }
    for ((severity, code), (total, documents)) in kinds {
        let _ = writeln!(text, "{severity:8} {code:41} {total:8} {documents:9}");
    }
}

fn failures(entries: &[Entry], text: &mut String) {
    for entry in entries.iter().filter(|entry| !entry.is_well()) {
        let differences = entry.compared.as_ref().map_or(0, |compared| compared.differences);
        let what = match entry.generated {
            true if differences > 0 => "differs from itself",
            true => "does not compile",
            false => "is not generated",
        };
        let _ = writeln!(text, "\n{} {what}", entry.file);
        for line in entry.errors().flat_map(|error| error.lines()) {
            let _ = writeln!(text, "  {line}");
        }
    }
}
