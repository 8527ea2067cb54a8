//! Checks what is sent against the bounds of the document, for callers who want this before a request is sent.
//!
//! Takes a model or an operation, gives every [`Violation`] in it. Nothing is checked unless a caller asks, and replies never
//! are. A message names the place and the bound, never the value: it may be a secret.

use std::fmt;

use super::bound::{Bound, Bounded};
use super::output::to_value;
use super::sink::Way;
use super::write::Write;

/// A model that is sent, or an operation with its parameters and its body, whose values have bounds.
pub trait Check {
    /// Passes the parts that have bounds to the checker.
    fn visit(&self, checker: &mut Checker);

    /// Checks all bounds.
    ///
    /// # Errors
    /// The bounds that do not hold, all of them.
    fn check(&self) -> Result<(), Violations> {
        let mut checker = Checker::default();
        self.visit(&mut checker);
        if checker.found.is_empty() { Ok(()) } else { Err(Violations(checker.found)) }
    }
}

impl<T: Check> Check for Box<T> {
    fn visit(&self, checker: &mut Checker) {
        self.as_ref().visit(checker);
    }
}

/// A bound that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    keyword: &'static str,
    limit: String,
}

impl Violation {
    /// The path from the model to the value, as a JSON Pointer: `/lines/0/name`. The path from an operation begins with `/body`, or with
    /// the place of a parameter and its name: `/query/limit`. The key of a map is data, so its values are shown by position: `/labels/{2}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The keyword: `maxLength`.
    pub fn keyword(&self) -> &str {
        self.keyword
    }

    /// The keyword's value in the document: `64`.
    pub fn limit(&self) -> &str {
        &self.limit
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the value" } else { &self.path };
        write!(f, "{path} breaks {} {}", self.keyword, self.limit)
    }
}

/// The bounds that do not hold, in the order of the document. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations, one after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Where a check is, and what it has found.
#[derive(Debug, Default)]
pub struct Checker {
    path: Vec<Step>,
    found: Vec<Violation>,
}

/// The step from a value to a value inside it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A declared member.
    Member(&'static str),
    /// An element of a list.
    Element(usize),
    /// A value of a map, by position.
    Entry(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Element(index) => write!(f, "/{index}"),
            Self::Entry(position) => write!(f, "/{{{position}}}"),
        }
    }
}

impl Checker {
    /// Checks a member of an object.
    pub fn member<T: Bounded>(&mut self, name: &'static str, value: &T, bounds: &[Bound<'_>]) {
        self.inside(Step::Member(name), |checker| value.check_bounds(bounds, checker));
    }

    /// Checks a parameter of an operation; `location` is what the document has for `in`.
    pub fn parameter<T: Bounded>(
        &mut self,
        location: &'static str,
        name: &'static str,
        value: &T,
        bounds: &[Bound<'_>],
    ) {
        self.inside(Step::Member(location), |checker| checker.member(name, value, bounds));
    }

    /// Checks a part of the value that has no name: an alternative, or the members that the document does not name.
    pub fn part<T: Bounded>(&mut self, value: &T, bounds: &[Bound<'_>]) {
        value.check_bounds(bounds, self);
    }

    /// Checks how many members an object has when it is written.
    pub fn object<T: Write>(&mut self, object: &T, bounds: &[Bound<'_>]) {
        if let Some(object) = to_value(object, Way::Request) {
            object.check_bounds(bounds, self);
        }
    }

    pub(super) fn inside(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    pub(super) fn require(&mut self, holds: bool, bound: &Bound<'_>) {
        if !holds {
            let path = self.path.iter().map(Step::to_string).collect();
            let (keyword, limit) = bound.parts();
            self.found.push(Violation { path, keyword, limit });
        }
    }
}
