//! From a place in a tree that has been changed to where its author wrote it.
//!
//! Records each edit with its place: the actions of an overlay, and the values that replace references. A lookup walks the record
//! backwards, because the last edit that touched a place says where its value comes from, or at which place it was before. A lookup takes
//! as many steps as edits have touched the place, not as many as there are edits.

use std::collections::HashMap;

use crate::diagnostics::{FileId, Place, Spot};
use crate::pointer::Pointer;

/// Where the parts of a tree were written.
#[derive(Clone, Debug)]
pub struct Origins {
    document: FileId,
    overlay: FileId,
    edits: Vec<Edit>,
    /// The edits at each place, by their number.
    by_place: HashMap<Pointer, Vec<usize>>,
}

#[derive(Clone, Debug)]
enum Edit {
    /// The value at `from` in another file was put there.
    Put { file: FileId, from: Pointer },
    /// The tree's own value at `from` was copied there.
    Copied { from: Pointer },
    /// Elements of the array there were removed, and those after them moved up. The indexes are in order.
    Removed { indexes: Vec<usize> },
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
        Self { document, overlay, edits: Vec::new(), by_place: HashMap::new() }
    }

    pub(super) fn record_put(&mut self, at: Pointer, source: Source) {
        let edit = match source {
            Source::Overlay(from) => Edit::Put { file: self.overlay, from },
            Source::Document(from) => Edit::Copied { from },
        };
        self.record(at, edit);
    }

    /// Records that a value of a file of the document was put at a place.
    pub fn record_inlined(&mut self, at: Pointer, file: FileId, from: Pointer) {
        let edit = if file == self.document { Edit::Copied { from } } else { Edit::Put { file, from } };
        self.record(at, edit);
    }

    /// Records the removal of elements. Their indexes are in order.
    pub(super) fn record_removal(&mut self, array: Pointer, indexes: Vec<usize>) {
        self.record(array, Edit::Removed { indexes });
    }

    fn record(&mut self, at: Pointer, edit: Edit) {
        self.by_place.entry(at).or_default().push(self.edits.len());
        self.edits.push(edit);
    }

    /// The place where the value at a pointer of the overlaid tree was written.
    pub fn place(&self, pointer: &Pointer) -> Place {
        let mut pointer = pointer.clone();
        let mut before = self.edits.len();
        while let Some((number, at, edit)) = self.last_edit(&pointer, before) {
            before = number;
            match edit {
                Edit::Put { file, from } => {
                    return Place { file: *file, spot: Spot::Value(moved(&pointer, &at, from)) };
                }
                Edit::Copied { from } => pointer = moved(&pointer, &at, from),
                Edit::Removed { indexes } => pointer = before_removal(pointer, &at, indexes),
            }
        }
        Place { file: self.document, spot: Spot::Value(pointer) }
    }

    /// The last edit with a lower number than `before` that touched a place, or a value that contains it.
    fn last_edit(&self, pointer: &Pointer, before: usize) -> Option<(usize, Pointer, &Edit)> {
        if self.edits.is_empty() {
            return None;
        }
        let touching = pointer.upward().filter_map(|at| {
            let numbers = self.by_place.get(&at)?;
            let earlier = numbers.get(..numbers.partition_point(|number| *number < before))?;
            Some((*earlier.last()?, at))
        });
        let (number, at) = touching.max_by_key(|(number, _)| *number)?;
        Some((number, at, self.edits.get(number)?))
    }
}

fn moved(pointer: &Pointer, at: &Pointer, from: &Pointer) -> Pointer {
    from.extend(pointer.segments().into_iter().skip(at.depth()))
}

fn before_removal(pointer: Pointer, array: &Pointer, removed: &[usize]) -> Pointer {
    let depth = array.depth();
    let index = pointer.segments().get(depth).and_then(|segment| segment.parse::<usize>().ok());
    let Some(index) = index else { return pointer };
    // `at - gone` elements before this removed one stay. If that is at most `index`, the removal has shifted our element.
    let stay = |(gone, at): (usize, &usize)| at.saturating_sub(gone) <= index;
    let gone = removed.iter().enumerate().take_while(|it| stay(*it)).count();
    array.join(index + gone).extend(pointer.segments().into_iter().skip(depth + 1))
}
