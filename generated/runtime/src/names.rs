//! Members of an object that have the same name: the last counts, the others are marked.
//!
//! Hardly any object has such members. So each name is first looked up in a small table, which has false alarms but misses no repetition.
//! Only an object with an alarm is searched in full.

use std::borrow::Cow;
use std::collections::HashMap;

use super::escape::unescaped;
use super::tape::{Kind, Node};

/// Objects with more members than these look for members of the same name by a table.
pub(super) const FEW_MEMBERS: u32 = 32;

/// A power of two.
const MARKS: usize = 512;

/// The last name for each mark, by its node.
pub(super) struct Names([u32; MARKS]);

impl Names {
    pub(super) fn new() -> Self {
        Self([0; MARKS])
    }

    /// Notes a name of the object whose node is `object`. Says whether an earlier name of this object may be equal, because both have the
    /// same mark. Names that are equal but escaped differently may have different marks.
    ///
    /// Nodes are numbered in the order of the text. If the last name with this mark has a greater number than `object`, it is inside this
    /// object, or inside a nested object.
    #[inline]
    pub(super) fn may_repeat(&mut self, text: &[u8], name: &Node, index: u32, object: u32) -> bool {
        let last = self.0.get_mut(mark(text, name)).map_or(u32::MAX, |last| std::mem::replace(last, index));
        last > object
    }
}

/// A number below [`MARKS`]. Different names seldom have the same number.
#[inline]
fn mark(text: &[u8], name: &Node) -> usize {
    let byte = |at: u32| text.get(at as usize).copied().map_or(0, u32::from);
    let length = name.end - name.start;
    let (first, middle, last) = (byte(name.start), byte(name.start + length / 2), byte(name.end.saturating_sub(1)));
    let mixed = (length ^ first << 8 ^ middle << 16 ^ last << 24).wrapping_mul(0x9e37_79b1);
    (mixed >> (u32::BITS - MARKS.ilog2())) as usize
}

/// Marks the member that `name` replaces. `name` is not in the list yet. `first` is the first member's name.
pub(super) fn replace_earlier(text: &str, nodes: &mut [Node], first: u32, name: &Node) {
    let mut index = first;
    while let Some(earlier) = nodes.get_mut(index as usize) {
        if earlier.kind != Kind::Replaced && is_same(text, earlier, name) {
            earlier.kind = Kind::Replaced;
            return;
        }
        index = earlier.next;
    }
}

/// Marks the members that a later member replaces. `first` is the first member's name.
pub(super) fn replace_all(text: &str, nodes: &mut [Node], first: u32) {
    let mut last = HashMap::new();
    let mut index = first;
    while let Some(name) = nodes.get(index as usize).copied() {
        let raw = raw(text, &name);
        let said = if name.kind == Kind::Escaped { unescaped(raw).into() } else { Cow::Borrowed(raw) };
        let earlier = if name.kind == Kind::Replaced { None } else { last.insert(said, index) };
        if let Some(earlier) = earlier.and_then(|earlier| nodes.get_mut(earlier as usize)) {
            earlier.kind = Kind::Replaced;
        }
        index = name.next;
    }
}

fn is_same(text: &str, one: &Node, other: &Node) -> bool {
    let (first, second) = (raw(text, one), raw(text, other));
    match (one.kind, other.kind) {
        (Kind::Plain, Kind::Plain) => first.len() == second.len() && first == second,
        _ => unescaped(first) == unescaped(second),
    }
}

fn raw<'t>(text: &'t str, name: &Node) -> &'t str {
    text.get(name.start as usize..name.end as usize).unwrap_or_default()
}
