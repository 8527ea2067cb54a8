//! Why a value could not be read, and where in it.
//!
//! A fault names declared members, positions and kinds of values, but never what the body holds: the reply of a token endpoint is a
//! secret.

use std::fmt;

/// Why a value could not be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From the value outwards.
    steps: Vec<Step>,
    reason: String,
    offset: usize,
}

/// The step from a value to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A declared member.
    Member(&'static str),
    /// A member of a map, by position.
    Entry(usize),
    /// An element of an array.
    Element(usize),
}

impl Fault {
    /// The fault of a text that stops being JSON at some byte.
    pub(super) fn syntax(reason: impl fmt::Display, offset: usize) -> Self {
        Self::new(format!("is not JSON: {reason} at byte {offset}"), offset)
    }

    /// The fault of the value that begins at a byte.
    pub(super) fn new(reason: impl Into<String>, offset: usize) -> Self {
        Self { steps: Vec::new(), reason: reason.into(), offset }
    }

    /// Notes that the value is inside another one.
    pub(super) fn inside(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// The value: `body.items[3].expiresIn`. The key of a map is data, so its members are shown by position: `body.labels{2}` is the
    /// third.
    #[must_use]
    pub fn path(&self) -> String {
        std::iter::once("body".to_owned()).chain(self.steps.iter().rev().map(Step::to_string)).collect()
    }

    /// What is wrong with it: `found a string, expected an integer`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Where the value begins, in bytes from the beginning of the body.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => write!(f, ".{name}"),
            Self::Entry(position) => write!(f, "{{{position}}}"),
            Self::Element(index) => write!(f, "[{index}]"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.reason)
    }
}

impl std::error::Error for Fault {}
