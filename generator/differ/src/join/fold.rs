//! Equal edits of many places, as one change with its places.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexSet;

use crate::change::{Change, Other, Reach};
use crate::rules::{bound, value};
use crate::verdict::Verdict;

/// The number of equal edits from which they become one change.
const MIN_FOLDED: usize = 4;

/// What equal edits have in common. Only their places differ.
type Edit = (&'static str, String, Option<String>, Option<String>, Verdict, Verdict);

/// Folds equal edits of keywords into the first of them. Added and removed parts are not folded, because each is reported by its name.
pub(super) fn folded(changes: Vec<Change>) -> Vec<Change> {
    let mut counts: HashMap<Edit, usize> = HashMap::new();
    for edit in changes.iter().filter_map(edit) {
        *counts.entry(edit).or_default() += 1;
    }
    let mut first: HashMap<Edit, usize> = HashMap::new();
    let mut folded: Vec<Change> = Vec::with_capacity(changes.len());
    let mut reaches: HashMap<usize, IndexSet<Arc<[Reach]>>> = HashMap::new();
    for change in changes {
        let Some(edit) = edit(&change).filter(|edit| counts.get(edit).is_some_and(|count| *count >= MIN_FOLDED)) else {
            folded.push(change);
            continue;
        };
        let index = *first.entry(edit).or_insert(folded.len());
        reaches.entry(index).or_default().insert(Arc::clone(&change.reach));
        match folded.get_mut(index) {
            Some(whole) => add(whole, change),
            None => folded.push(change),
        }
    }
    for (index, reaches) in reaches {
        if let Some(whole) = folded.get_mut(index) {
            whole.reach = union(&reaches);
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
}

fn union(reaches: &IndexSet<Arc<[Reach]>>) -> Arc<[Reach]> {
    let all: IndexSet<&Reach> = reaches.iter().flat_map(|reach| reach.iter()).collect();
    all.into_iter().cloned().collect()
}
