//! A JSON text as a tape: a node for every value and every member's name, in the order of the text. Borrows from the text.
//!
//! [`parse`](super::parse) makes it. Numbers keep their text. If several members have the same name, the last one counts.

use std::borrow::Cow;

use super::escape::unescaped;

/// The parsed form of a JSON text.
pub(super) struct Tape<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// A value, or the name of a member. The node after a name is the member's value.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The position of the first byte. For a string, this is after its quotation mark.
    pub(super) start: u32,
    /// The position after the last byte. For an array or an object, the number of its elements or members instead.
    pub(super) end: u32,
    /// The node after all nodes inside this one. For a name, the node after its value.
    pub(super) next: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    /// A string, or a name, without escapes.
    Plain,
    /// A string, or a name, with escapes.
    Escaped,
    Array,
    Object,
    /// The name of a member that a later one replaces.
    Replaced,
}

impl<'t> Tape<'t> {
    pub(super) fn new(text: &'t str, nodes: Vec<Node>) -> Self {
        Self { text, nodes }
    }

    /// A node by its number. The whole value is number 0. `None` after the last node.
    #[inline]
    pub(super) fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    /// The text of a string or a name, with escapes resolved.
    #[inline]
    pub(super) fn string(&self, node: &Node) -> Cow<'t, str> {
        let raw = self.raw(node);
        if node.kind == Kind::Escaped { Cow::Owned(unescaped(raw)) } else { Cow::Borrowed(raw) }
    }

    /// The text of a number, or of a string or a name as it is written.
    #[inline]
    pub(super) fn raw(&self, node: &Node) -> &'t str {
        self.text.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// Whether a name is this one.
    #[inline]
    pub(super) fn is_named(&self, node: &Node, name: &str) -> bool {
        // Most names differ in length, so that the text need not be compared.
        match node.kind == Kind::Plain {
            true => (node.end - node.start) as usize == name.len() && is_same(self.bytes(node), name.as_bytes()),
            false => self.is_named_with_escapes(node, name),
        }
    }

    #[cold]
    fn is_named_with_escapes(&self, node: &Node, name: &str) -> bool {
        // An escape has at most six times as many bytes as its character.
        let (length, limit) = ((node.end - node.start) as usize, name.len().saturating_mul(6));
        node.kind == Kind::Escaped && length <= limit && unescaped(self.raw(node)) == name
    }

    #[inline]
    fn bytes(&self, node: &Node) -> &'t [u8] {
        self.text.as_bytes().get(node.start as usize..node.end as usize).unwrap_or_default()
    }
}

/// Whether two names of the same length are equal. For short names, this is faster than a call of the standard library's comparison.
#[inline]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() > 16 {
        return one == other;
    }
    if let (Some(first), Some(last)) = (one.first_chunk::<8>(), one.last_chunk::<8>()) {
        return Some(first) == other.first_chunk() && Some(last) == other.last_chunk();
    }
    if let (Some(first), Some(last)) = (one.first_chunk::<4>(), one.last_chunk::<4>()) {
        return Some(first) == other.first_chunk() && Some(last) == other.last_chunk();
    }
    one.iter().zip(other).all(|(one, other)| one == other)
}
