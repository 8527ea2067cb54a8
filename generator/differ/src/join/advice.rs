//! What callers should write instead, if they send a value or if they receive it.

use generator::emit::ItemKind;

use crate::change::{Difference, ItemChange, Reach};
use crate::verdict::{Direction, Verdict};

/// Keeps the advice for programs that the change reaches, and drops the rest.
pub(super) fn fit(items: &mut [ItemChange], reach: &[Reach]) {
    let is_met = |direction| reach.iter().any(|reach| reach.direction == Some(direction));
    let (sent, received) = (is_met(Direction::Request), is_met(Direction::Response));
    if !sent && !received {
        return;
    }
    for item in items {
        let is_for_nobody = match item.hint_for {
            Some(Direction::Request) => !sent,
            Some(Direction::Response) => !received,
            None => false,
        };
        if is_for_nobody {
            let is_value = (item.kind, item.difference) == (ItemKind::Variant, Difference::Removed);
            item.hint = (is_value && sent && item.hint.is_some())
                .then(|| "send another value: the server may refuse this one".to_owned());
        }
    }
}

/// The advice of the worst of several items.
pub(super) fn of(items: &[ItemChange]) -> Option<String> {
    let told = items.iter().filter(|item| item.hint.is_some() && item.verdict > Verdict::Compatible);
    // Of several equally bad items, the first counts.
    told.rev().max_by_key(|item| item.verdict).and_then(|item| item.hint.clone())
}
