//! What the wire comparison and the item comparison say about one edit, as one change.
//!
//! Each item is made from a node of the document. The item belongs to the first of these changes:
//!
//! 1. the change at its node
//! 2. a change inside its node, such as in the schema of its property
//! 3. a change in a schema to which its schemas refer
//! 4. a change at a node that contains its node
//! 5. a change that added or removed a use of its schema
//! 6. a change that added the schema at its new place, or removed the schema at its old place
//!
//! Only programs notice an item that belongs to no change.

mod advice;
mod alone;
mod fold;
mod index;
mod order;
mod referrers;
mod untold;

use generator::node::Node;

use crate::change::{Change, ItemChange, WireChange};
use crate::lowered::LoweredDocument;
use crate::rules::Effect;
use index::Index;
use order::Placed;

/// Joins both. The changes are sorted: the worst first, then in the order of the new document.
pub fn join(
    wire: Vec<WireChange>,
    items: Vec<ItemChange>,
    old: &LoweredDocument,
    new: &LoweredDocument,
) -> Vec<Change> {
    let mut owned: Vec<Vec<ItemChange>> = vec![Vec::new(); wire.len()];
    let mut rest = Vec::new();
    let index = Index::new(&wire, old, new);
    for item in items {
        match index.owner(&item).and_then(|owner| owned.get_mut(owner)) {
            Some(items) => items.push(item),
            None => rest.push(item),
        }
    }
    let both = wire.into_iter().zip(owned);
    let both = both.filter(|(wire, items)| wire.rule.effect != Effect::Silent || !items.is_empty());
    let mut changes: Vec<Placed> = both.map(|(wire, items)| joined(wire, items, old, new)).collect();
    changes.extend(alone::changes(rest, old, new));
    fold::folded(order::sorted(changes, &old.document, &new.document))
}

fn joined(wire: WireChange, mut items: Vec<ItemChange>, old: &LoweredDocument, new: &LoweredDocument) -> Placed {
    let worst = items.iter().map(|item| item.verdict).max().unwrap_or_default();
    let untold = untold::verdict(&wire, &items);
    advice::fit(&mut items, &wire.reach);
    // Items that are made from the place of the edit itself come first.
    let is_same = |one: &Option<Node>, other: &Option<Node>| one.is_some() && one == other;
    items.sort_by_key(|item| !is_same(&item.old, &wire.old) && !is_same(&item.new, &wire.new));
    // If programs suffer more than built clients, the advice for programs comes first.
    let hint = match wire.wire < worst {
        true => advice::of(&items).or_else(|| wire.hint.clone()),
        false => wire.hint.clone().or_else(|| advice::of(&items)),
    };
    let (old_node, new_node) = (wire.old, wire.new);
    let change = Change {
        rust: worst.max(untold),
        rule: wire.rule,
        subject: wire.subject,
        what: wire.what,
        before: wire.before,
        after: wire.after,
        old: old_node.as_ref().map(|node| old.document.place(node)),
        new: new_node.as_ref().map(|node| new.document.place(node)),
        others: Vec::new(),
        reach: wire.reach,
        wire: wire.wire,
        items,
        hint,
    };
    Placed { change, old: old_node, new: new_node }
}
