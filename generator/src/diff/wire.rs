//! What travels, of two sides, to the changes in it.

use crate::diff::change::WireChange;
use crate::diff::side::Side;

/// Compares what travels; the second number is how many members that only document something differ.
pub fn compare(_old: &Side, _new: &Side) -> (Vec<WireChange>, usize) {
    (Vec::new(), 0)
}
