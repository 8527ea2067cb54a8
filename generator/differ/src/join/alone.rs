//! Items that differ and belong to no change on the wire. They become changes of their own.

use std::sync::Arc;

use generator::emit::ItemKind;

use crate::change::{Change, Difference, ItemChange};
use crate::item_rules::{
    ARGUMENTS_CHANGED, CLIENT_CHANGED, CONSTRUCTOR_CHANGED, MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED, METHOD_ADDED,
    METHOD_REMOVED, METHOD_RENAMED, REPLY_TYPE_CHANGED, TRAIT_REMOVED, TYPE_ADDED, TYPE_CHANGED, TYPE_REMOVED,
    TYPE_RENAMED,
};
use crate::join::order::Placed;
use crate::lowered::LoweredDocument;
use crate::rules::Rule;
use crate::verdict::Verdict;

/// One change for each kind and place.
pub(super) fn changes(items: Vec<ItemChange>, old: &LoweredDocument, new: &LoweredDocument) -> Vec<Placed> {
    let mut groups: Vec<(&'static Rule, Vec<ItemChange>)> = Vec::new();
    let mut known: std::collections::HashMap<_, usize> = std::collections::HashMap::new();
    for item in items {
        let rule = rule(&item);
        let key = (rule.id, item.path.clone(), item.before.clone(), item.after.clone());
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some((_, items)) => items.push(item),
            None => groups.push((rule, vec![item])),
        }
    }
    groups.into_iter().filter_map(|(rule, items)| change(rule, items, old, new)).collect()
}

fn change(rule: &'static Rule, items: Vec<ItemChange>, old: &LoweredDocument, new: &LoweredDocument) -> Option<Placed> {
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
        others: Vec::new(),
        reach: Arc::default(),
        wire: Verdict::Compatible,
        rust: items.iter().map(|item| item.verdict).max().unwrap_or_default(),
        hint: super::advice::of(&items),
        items,
    };
    Some(Placed { change, old: old_node, new: new_node })
}

/// The kind of change, by the kind of the item and what happened to it.
fn rule(item: &ItemChange) -> &'static Rule {
    let [removed, added, renamed, changed] = rules(item.kind);
    match item.difference {
        Difference::Removed => removed,
        Difference::Added => added,
        Difference::Renamed => renamed,
        _ => changed,
    }
}

/// The rules of a kind of item, in this order: removed, added, renamed, changed.
fn rules(kind: ItemKind) -> [&'static Rule; 4] {
    match kind {
        ItemKind::Client | ItemKind::ClientFunction => [&CLIENT_CHANGED; 4],
        ItemKind::Method => [&METHOD_REMOVED, &METHOD_ADDED, &METHOD_RENAMED, &ARGUMENTS_CHANGED],
        ItemKind::Argument | ItemKind::CallSetter | ItemKind::Stream => [&ARGUMENTS_CHANGED; 4],
        ItemKind::Reply => [&REPLY_TYPE_CHANGED; 4],
        ItemKind::Trait => [&TRAIT_REMOVED; 4],
        ItemKind::Constructor | ItemKind::Setter => [&CONSTRUCTOR_CHANGED; 4],
        ItemKind::Field | ItemKind::Variant | ItemKind::Outcome => {
            [&MEMBER_REMOVED, &MEMBER_ADDED, &MEMBER_CHANGED, &MEMBER_CHANGED]
        }
        ItemKind::Headers
        | ItemKind::Struct
        | ItemKind::Newtype
        | ItemKind::Enumeration
        | ItemKind::Union
        | ItemKind::Alias => [&TYPE_REMOVED, &TYPE_ADDED, &TYPE_RENAMED, &TYPE_CHANGED],
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
