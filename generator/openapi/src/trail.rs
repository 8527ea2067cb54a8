//! The path from the root of a tree to a value, while the tree is walked. A pointer is made only if it is needed.

use crate::pointer::Pointer;

/// A value that is being visited, with the values that contain it.
#[derive(Clone, Copy, Debug)]
pub struct Trail<'t> {
    outer: Option<&'t Trail<'t>>,
    step: Step<'t>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'t> {
    Root,
    Member(&'t str),
    Element(usize),
}

impl<'t> Trail<'t> {
    /// The root of the tree.
    pub const ROOT: Self = Self { outer: None, step: Step::Root };

    /// A member of this value.
    pub fn member(&'t self, key: &'t str) -> Self {
        Self { outer: Some(self), step: Step::Member(key) }
    }

    /// An element of this value.
    pub fn element(&'t self, index: usize) -> Self {
        Self { outer: Some(self), step: Step::Element(index) }
    }

    /// The pointer to this value.
    pub fn pointer(&self) -> Pointer {
        let steps: Vec<&Self> = std::iter::successors(Some(self), |trail| trail.outer).collect();
        steps.iter().rev().fold(Pointer::root(), |pointer, trail| match trail.step {
            Step::Root => pointer,
            Step::Member(key) => pointer.join(key),
            Step::Element(index) => pointer.join(index),
        })
    }
}
