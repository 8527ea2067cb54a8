//! Items that differ without a change on the wire that tells of it, as changes of their own.

use crate::diff::change::{Change, ItemChange, Verdict};
use crate::diff::item_rules::{
    ARGUMENTS_CHANGED, CLIENT_CHANGED, CONSTRUCTOR_CHANGED, MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED, METHOD_ADDED,
    METHOD_REMOVED, METHOD_RENAMED, REPLY_TYPE_CHANGED, TRAIT_REMOVED, TYPE_ADDED, TYPE_CHANGED, TYPE_REMOVED,
    TYPE_RENAMED,
};
use crate::diff::join::order::Placed;
use crate::diff::rules::Rule;
use crate::diff::side::Side;

/// One change for each kind and place.
pub(super) fn changes(items: Vec<ItemChange>, old: &Side, new: &Side) -> Vec<Placed> {
    let mut groups: Vec<(&'static Rule, Vec<ItemChange>)> = Vec::new();
    let mut known: std::collections::HashMap<_, usize> = std::collections::HashMap::new();
    for item in items {
        let rule = rule(&item);
        let key = (rule.id, item.path.clone(), item.old.clone(), item.new.clone());
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, items)) => items.push(item),
            None => groups.push((rule, vec![item])),
        }
    }
    groups.into_iter().filter_map(|(rule, items)| change(rule, items, old, new)).collect()
}

fn change(rule: &'static Rule, items: Vec<ItemChange>, old: &Side, new: &Side) -> Option<Placed> {
    let first = items.first()?;
    let (old_node, new_node) = (first.old.clone(), first.new.clone());
    let change = Change {
        rule,
        subject: first.path.clone(),
        what: what(rule, first),
        before: first.before.clone(),
        after: first.after.clone(),
        old: first.old.as_ref().map(|node| old.document.place(node)),
        new: first.new.as_ref().map(|node| new.document.place(node)),
        reach: Vec::new(),
        wire: Verdict::Compatible,
        rust: items.iter().map(|item| item.verdict).max().unwrap_or_default(),
        hint: super::advice(&items),
        items,
    };
    Some(Placed { change, old: old_node, new: new_node })
}

/// The kind of change, by what the item is and what became of it.
fn rule(item: &ItemChange) -> &'static Rule {
    let (gone, added) = (item.after.is_none(), item.before.is_none());
    let starts = |word: &str| item.before.iter().chain(&item.after).any(|text| text.starts_with(word));
    if item.path.starts_with("Client::with_") || item.path == "Client::new" {
        &CLIENT_CHANGED
    } else if item.path.starts_with("Client::") {
        method(item, gone, added)
    } else if starts("type Output") || starts("type Error") {
        &REPLY_TYPE_CHANGED
    } else if starts("impl ") {
        &TRAIT_REMOVED
    } else if starts("pub fn") {
        &CONSTRUCTOR_CHANGED
    } else if item.path.contains(['.', ':']) {
        pick(gone, added, &MEMBER_REMOVED, &MEMBER_ADDED, &MEMBER_CHANGED)
    } else {
        let renamed = item.hint.as_deref().is_some_and(|hint| hint.starts_with("write `"));
        let changed = if renamed { &TYPE_RENAMED } else { &TYPE_CHANGED };
        pick(gone, added, &TYPE_REMOVED, &TYPE_ADDED, changed)
    }
}

fn method(item: &ItemChange, gone: bool, added: bool) -> &'static Rule {
    let name = |text: &Option<String>| text.as_deref().and_then(|text| text.split('(').next()).map(str::to_owned);
    if item.path.contains("()") {
        return &ARGUMENTS_CHANGED;
    }
    let renamed = name(&item.before) != name(&item.after);
    pick(gone, added, &METHOD_REMOVED, &METHOD_ADDED, if renamed { &METHOD_RENAMED } else { &ARGUMENTS_CHANGED })
}

fn pick(gone: bool, added: bool, removed: &'static Rule, new: &'static Rule, changed: &'static Rule) -> &'static Rule {
    match (gone, added) {
        (true, _) => removed,
        (_, true) => new,
        _ => changed,
    }
}

fn what(rule: &Rule, item: &ItemChange) -> String {
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("`{before}` is now `{after}`"),
        (Some(before), None) => format!("`{before}` is gone"),
        (None, Some(after)) => format!("`{after}` is new"),
        (None, None) => rule.sentence.trim_end_matches('.').to_owned(),
    }
}
