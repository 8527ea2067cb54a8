//! A JSON text as a tape: every value and every member's name as a node, in the order of the text, borrowed from it.
//!
//! What makes it is in [`parse`](super::parse). Numbers keep their text; of members with the same name the last counts.

use std::borrow::Cow;

use super::escape::unescaped;

/// The parsed form of a JSON text.
pub(super) struct Tape<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// A value, or the name of a member, whose value is the next node.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The first byte of what the node is; of a string, the one behind its quotation mark.
    pub(super) start: u32,
    /// The byte behind; of an array or an object, how many elements or members it has.
    pub(super) end: u32,
    /// The node behind all that this one holds; of a name, the one behind its value.
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

    /// A node; the whole value is the first. There is none behind the last.
    #[inline]
    pub(super) fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    /// What a string or a name says.
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
        // Most names differ in their length, which costs no look at the text.
        match node.kind == Kind::Plain {
            true => (node.end - node.start) as usize == name.len() && is_same(self.bytes(node), name.as_bytes()),
            false => self.is_named_with_escapes(node, name),
        }
    }

    #[cold]
    fn is_named_with_escapes(&self, node: &Node, name: &str) -> bool {
        // An escape has at most six times the bytes of its character.
        let (length, limit) = ((node.end - node.start) as usize, name.len().saturating_mul(6));
        node.kind == Kind::Escaped && length <= limit && unescaped(self.raw(node)) == name
    }

    #[inline]
    fn bytes(&self, node: &Node) -> &'t [u8] {
        self.text.as_bytes().get(node.start as usize..node.end as usize).unwrap_or_default()
    }
}

/// Whether two names of the same length are the same. For short ones, a call of the library's comparison takes longer than this.
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
