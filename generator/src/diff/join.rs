//! What the wire comparison and the item comparison say about one edit, as one change.

use crate::diff::change::{Change, ItemChange, WireChange};
use crate::diff::side::Side;

/// Joins both.
pub fn join(_wire: Vec<WireChange>, _items: Vec<ItemChange>, _old: &Side, _new: &Side) -> Vec<Change> {
    Vec::new()
}
