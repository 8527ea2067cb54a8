//! Remembers to which branch of a union each value of a text belongs. Without this memory, a value would be looked at once for each branch
//! of each union around it, and the time would double with every level of a recursive type.

use std::any::TypeId;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::input::{Hidden, Input, Mode};

/// How well a value fits a type.
#[derive(Clone, Copy, Default)]
pub(super) struct Score {
    /// The members that the type declares and the value has, including those of values inside it.
    pub(super) declared: u32,
    /// The members that the value has and the type does not declare.
    pub(super) undeclared: u32,
    /// The values of another kind than the type has: a number for a string, or a string for a number.
    pub(super) converted: u32,
    /// The values that are not listed in their enumeration.
    pub(super) unlisted: u32,
    /// The size of what fits no branch of its union.
    pub(super) unknown: u32,
    /// The integers that the type reads as floats, so that they may be written in another way.
    pub(super) floats: u32,
    /// The numbers like `1.0` that the type reads as integers.
    pub(super) whole: u32,
    /// The integers that the type reads as floats and thereby rounds.
    pub(super) rounded: u32,
}

impl Score {
    /// What has been seen of two values.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            declared: self.declared + other.declared,
            undeclared: self.undeclared + other.undeclared,
            converted: self.converted + other.converted,
            unlisted: self.unlisted + other.unlisted,
            unknown: self.unknown + other.unknown,
            floats: self.floats + other.floats,
            whole: self.whole + other.whole,
            rounded: self.rounded + other.rounded,
        }
    }

    /// The same without how numbers are written. That must not tell objects apart, because some servers write `1.0` as `1`.
    pub(super) fn without_notation(self) -> Self {
        Self { floats: 0, whole: 0, ..self }
    }

    pub(super) fn is_better_than(self, other: Self) -> bool {
        let exact = |score: Self| (Reverse(score.rounded), Reverse(score.floats), Reverse(score.whole));
        let members = |score: Self| (score.declared, Reverse(score.undeclared));
        let inexact = |score: Self| (Reverse(score.unknown), Reverse(score.converted), Reverse(score.unlisted));
        let values = |score: Self| (inexact(score), exact(score));
        (members(self), values(self)) > (members(other), values(other))
    }
}

/// The branch to which a value belongs.
#[derive(Clone, Copy)]
pub(super) enum Choice {
    Branch(usize),
    Unknown,
}

/// A value, as it is read for a union.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Question {
    union: TypeId,
    node: u32,
    hidden: Hidden,
    strict: bool,
}

impl Question {
    pub(super) fn new(union: TypeId, input: &Input<'_>) -> Self {
        Self { union, node: input.node, hidden: input.hidden, strict: input.mode == Mode::Strict }
    }
}

/// The answers: the branch to which a value belongs, and its score.
#[derive(Default)]
pub(super) struct Choices(HashMap<Question, Option<(usize, Score)>>);

impl Choices {
    /// The answer, if it is known. A branch that fits strictly is also the answer for tolerant reading.
    pub(super) fn known(&self, question: &Question) -> Option<Option<(usize, Score)>> {
        if self.0.is_empty() {
            return None;
        }
        let strictly =
            self.0.get(&Question { strict: true, ..*question }).filter(|known| question.strict || known.is_some());
        strictly.or_else(|| self.0.get(question)).copied()
    }

    pub(super) fn note(&mut self, question: Question, answer: Option<(usize, Score)>) {
        self.0.insert(question, answer);
    }
}
