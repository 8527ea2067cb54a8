//! What a change on the wire means for programs although no item differs: they compile, and may act otherwise.

use crate::diff::change::{ItemChange, Verdict, WireChange};

/// The verdict about programs that the items do not tell.
pub(super) fn verdict(wire: &WireChange, _items: &[ItemChange]) -> Verdict {
    wire.wire.min(Verdict::Behaviour)
}
