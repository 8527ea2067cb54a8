//! From a place in an overlaid tree to where its author wrote it.
//!
//! Records what the actions did, and walks the record backwards: the last edit that touched a place says where it comes
//! from, or what the place was called before.

use crate::diagnostics::{FileId, Place, Spot};
use crate::pointer::Pointer;

/// Where the parts of a tree were written.
#[derive(Clone, Debug)]
pub struct Origins {
    document: FileId,
    overlay: FileId,
    edits: Vec<Edit>,
}

#[derive(Clone, Debug)]
enum Edit {
    /// The overlay's value at `from` was put at `at`.
    Put { at: Pointer, from: Pointer },
    /// The tree's own value at `from` was copied to `at`.
    Copied { at: Pointer, from: Pointer },
    /// An element was removed, and those behind it moved up.
    Removed { array: Pointer, index: usize },
}

/// Where a value that is merged into the tree comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Overlay(Pointer),
    Document(Pointer),
}

impl Source {
    pub(super) fn join(&self, segment: impl ToString) -> Self {
        match self {
            Self::Overlay(pointer) => Self::Overlay(pointer.join(segment)),
            Self::Document(pointer) => Self::Document(pointer.join(segment)),
        }
    }
}

impl Origins {
    /// The origins of a document without an overlay.
    pub fn document(file: FileId) -> Self {
        Self::overlaid(file, file)
    }

    pub(super) fn overlaid(document: FileId, overlay: FileId) -> Self {
        Self { document, overlay, edits: Vec::new() }
    }

    pub(super) fn record_put(&mut self, at: Pointer, source: Source) {
        self.edits.push(match source {
            Source::Overlay(from) => Edit::Put { at, from },
            Source::Document(from) => Edit::Copied { at, from },
        });
    }

    pub(super) fn record_removal(&mut self, array: Pointer, index: usize) {
        self.edits.push(Edit::Removed { array, index });
    }

    /// The place where the value at a pointer of the overlaid tree was written.
    pub fn place(&self, pointer: &Pointer) -> Place {
        let mut pointer = pointer.clone();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Put { at, from } if pointer.starts_with(at) => {
                    return Place { file: self.overlay, spot: Spot::Value(moved(&pointer, at, from)) };
                }
                Edit::Copied { at, from } if pointer.starts_with(at) => pointer = moved(&pointer, at, from),
                Edit::Removed { array, index } => pointer = before_removal(pointer, array, *index),
                _ => {}
            }
        }
        Place { file: self.document, spot: Spot::Value(pointer) }
    }
}

fn moved(pointer: &Pointer, at: &Pointer, from: &Pointer) -> Pointer {
    from.extend(pointer.segments().iter().skip(at.segments().len()))
}

fn before_removal(pointer: Pointer, array: &Pointer, removed: usize) -> Pointer {
    let depth = array.segments().len();
    let index = pointer.segments().get(depth).and_then(|segment| segment.parse::<usize>().ok());
    match index {
        Some(index) if index >= removed && pointer.starts_with(array) => {
            array.join(index + 1).extend(pointer.segments().iter().skip(depth + 1))
        }
        _ => pointer,
    }
}
