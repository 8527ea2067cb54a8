//! The results for the examples, for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Examples;
use crate::corpus::entry::Entry;

/// The most mismatches that are shown for a document. The JSON has all of them.
const SHOWN: usize = 3;

/// Sums, mismatches by kind, and the first mismatches of each document.
pub fn render(entries: &[Entry], text: &mut String) {
    let tried: Vec<(&str, &Examples)> =
        entries.iter().filter_map(|entry| Some((entry.file.as_str(), entry.examples.as_ref()?))).collect();
    if tried.is_empty() {
        return;
    }
    let sum = |of: fn(&Examples) -> usize| tried.iter().map(|(_, examples)| of(examples)).sum::<usize>();
    let rows = [
        ("examples", sum(|examples| examples.found)),
        ("with a schema that the validator does not take", sum(|examples| examples.unjudged)),
        ("valid", sum(|examples| examples.valid)),
        ("equal after reading and writing", sum(|examples| examples.equal)),
    ];
    text.push('\n');
    text.extend(rows.map(|(name, value)| format!("{name:50} {value}\n")));
    text.extend(kinds(&tried).into_iter().map(|(kind, count)| format!("{kind:50} {count}\n")));
    for (file, examples) in tried.iter().filter(|(_, examples)| !examples.mismatches.is_empty()) {
        let _ = writeln!(text, "\n{file}: {} of {} examples are equal", examples.equal, examples.valid);
        for mismatch in examples.mismatches.iter().take(SHOWN) {
            let _ = writeln!(text, "  {} as {}: {}", mismatch.pointer, mismatch.ty, mismatch.message);
        }
    }
}

fn kinds(tried: &[(&str, &Examples)]) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for mismatch in tried.iter().flat_map(|(_, examples)| &examples.mismatches) {
        *kinds.entry(mismatch.kind).or_default() += 1;
    }
    kinds
}
