//! The effect of a change on programs if no item differs: they compile, but may act differently.

use crate::change::{ItemChange, WireChange};
use crate::rules::Effect;
use crate::verdict::Verdict;

/// The verdict about programs that the items do not tell.
pub(super) fn verdict(wire: &WireChange, items: &[ItemChange]) -> Verdict {
    match wire.rule.effect {
        Effect::Values => Verdict::Behaviour,
        Effect::Types | Effect::Names if wire.wire > Verdict::Compatible && items.is_empty() => Verdict::Behaviour,
        _ => Verdict::Compatible,
    }
}
