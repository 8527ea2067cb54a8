//! Equal edits of many places, as one change with its places.

use std::collections::HashMap;

use crate::diff::change::{Change, Other};
use crate::diff::rules::{bound, value};
use crate::diff::verdict::Verdict;

/// So many equal edits are one change.
const MIN_FOLDED: usize = 4;

/// What makes edits equal, but for their places.
type Edit = (&'static str, String, Option<String>, Option<String>, Verdict, Verdict);

/// Folds equal edits of keywords into the first of them. What came or went has a name, and is told by it.
pub(super) fn folded(changes: Vec<Change>) -> Vec<Change> {
    let mut counts: HashMap<Edit, usize> = HashMap::new();
    for edit in changes.iter().filter_map(edit) {
        *counts.entry(edit).or_default() += 1;
    }
    let mut first: HashMap<Edit, usize> = HashMap::new();
    let mut folded: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let Some(edit) = edit(&change).filter(|edit| counts.get(edit).is_some_and(|count| *count >= MIN_FOLDED)) else {
            folded.push(change);
            continue;
        };
        match first.get(&edit).and_then(|index| folded.get_mut(*index)) {
            Some(whole) => add(whole, change),
            None => {
                first.insert(edit, folded.len());
                folded.push(change);
            }
        }
    }
    folded
}

fn edit(change: &Change) -> Option<Edit> {
    let is_of_value = value::ALL.iter().chain(bound::ALL).any(|rule| rule.id == change.rule.id);
    let is_edited = is_of_value && change.old.is_some() && change.new.is_some();
    let Change { rule, what, before, after, wire, rust, .. } = change;
    is_edited.then(|| (rule.id, what.clone(), before.clone(), after.clone(), *wire, *rust))
}

fn add(whole: &mut Change, change: Change) {
    whole.others.push(Other { subject: change.subject, old: change.old, new: change.new });
    whole.items.extend(change.items);
    // Most reach the same operations.
    let known: std::collections::HashSet<_> = whole.reach.iter().cloned().collect();
    whole.reach.extend(change.reach.into_iter().filter(|reach| !known.contains(reach)));
}
