//! A place in the raw trees of a document and its other files.

use crate::diagnostics::FileId;
use crate::pointer::Pointer;

/// A value in one of the files of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// The file.
    pub file: FileId,
    /// The value, in the tree after overlays.
    pub pointer: Pointer,
}

impl Node {
    /// The node that contains this one.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self { file: self.file, pointer: self.pointer.parent() }
    }

    /// This node, then the nodes that contain it, the innermost first.
    pub fn upward(&self) -> impl Iterator<Item = Self> + use<> {
        let file = self.file;
        self.pointer.upward().map(move |pointer| Self { file, pointer })
    }

    /// Whether this is `other` or in it.
    #[must_use]
    pub fn is_in(&self, other: &Self) -> bool {
        self.file == other.file && self.pointer.starts_with(&other.pointer)
    }

    /// A member or an element of this one.
    #[must_use]
    pub fn join(&self, segment: impl ToString) -> Self {
        Self { file: self.file, pointer: self.pointer.join(segment) }
    }
}
