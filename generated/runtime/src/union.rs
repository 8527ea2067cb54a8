//! `oneOf` and `anyOf`: to which branch a value belongs.
//!
//! In this order:
//!
//! 1. The discriminator, compared by value: `2` is not `"2"`. A value whose tag is not listed is unknown, or belongs to the branch that
//!    the document names for this case. An object without a tag belongs to the branch that the document names for this case. If it names
//!    none, or if several branches have the tag, the next step decides.
//! 2. A branch is out if a member that it requires is missing, or if a member has another value than its constant. Constants of what the
//!    branch holds count too. For `null`, each branch is out that does not declare it.
//! 3. Of those left, the branches that the value fits strictly, just as the document declares them. Members that no branch declares do not
//!    count.
//! 4. If the value fits no branch strictly, the branches that can be read with the tolerance of [`Read`]. Such a value may lack members that
//!    only the server sets, because no request holds them.
//! 5. Of several branches, the first in this order:
//!    - the most members of the value are declared;
//!    - the fewest are not declared;
//!    - unions inside keep the least of the value as `Unknown`;
//!    - the fewest values are of another kind, such as a string for a number;
//!    - the fewest values are missing from their enumeration;
//!    - the fewest integers are rounded;
//!    - a number is an integer if it is written as one, and otherwise a float; so are the numbers of a list;
//!    - it stands first in the document.
//!
//! A value that fits no branch is kept as it is. So is a number that a float would round, or that only a string would hold. A branch
//! keeps the members that it does not declare.

use std::any::TypeId;

use serde_json::Value;

use super::choice::{Choice, Question, Score};
use super::input::{Input, Mode};
use super::output::Output;
use super::read::{Read, whole};
use super::tape::Kind;

/// One of several types.
pub trait Union: Sized + 'static {
    /// How many branches it has, without `Unknown`.
    const BRANCHES: usize;

    /// The member that tells the branches apart.
    const DISCRIMINATOR: Option<Discriminator> = None;

    /// Reads a value as a value of the branch at this position in the document. A position after the last branch keeps the value as
    /// `Unknown`.
    fn read_branch(branch: usize, from: Input<'_>) -> Self;

    /// Writes the value.
    fn write(&self, to: Output<'_>);
}

/// A value of a discriminator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

/// A member whose value tells the branches of a union apart (OpenAPI 3.1.1, 4.8.25).
#[derive(Clone, Copy, Debug)]
pub struct Discriminator {
    property: &'static str,
    tags: &'static [&'static [Tag]],
    /// The branch of a value without a tag, and whether it is also the branch of a value whose tag is not listed.
    default: Option<(usize, bool)>,
}

impl Discriminator {
    /// The member, and for each branch the values that select it.
    pub const fn new(property: &'static str, tags: &'static [&'static [Tag]]) -> Self {
        Self { property, tags, default: None }
    }

    /// The branch of a value without a tag.
    #[must_use]
    pub const fn or_without(self, branch: usize) -> Self {
        Self { default: Some((branch, false)), ..self }
    }

    /// The branch of a value without a tag, or with a tag that is not listed.
    #[must_use]
    pub const fn or_else(self, branch: usize) -> Self {
        Self { default: Some((branch, true)), ..self }
    }

    /// The branch that the discriminator selects. `None` if the value is not an object, if several branches have its tag, or if it has no tag
    /// and the document names no branch for this case.
    fn branch(&self, input: Input<'_>) -> Option<Choice> {
        let tag = input.object()?.member(self.property).filter(|tag| !tag.is_null());
        let Some(tag) = tag else { return self.default.map(|(branch, _)| Choice::Branch(branch)) };
        let mut selected = (0..).zip(self.tags).filter(|(_, tags)| tags.iter().any(|listed| listed.is(tag)));
        let selected = (selected.next(), selected.next());
        let fallback = self.default.filter(|(_, unlisted)| *unlisted).map(|(branch, _)| branch);
        match selected {
            (Some((branch, _)), None) => Some(Choice::Branch(branch)),
            (Some(_), Some(_)) => None,
            (None, _) => Some(fallback.map_or(Choice::Unknown, Choice::Branch)),
        }
    }
}

impl Tag {
    fn is(&self, value: Input<'_>) -> bool {
        match (self, value.kind()) {
            (Self::Text(text), Kind::Plain | Kind::Escaped) => value.text().is_some_and(|found| found == *text),
            (Self::Integer(integer), Kind::Number) => value
                .number()
                .is_some_and(|found| found.parse() == Ok(*integer) || whole(found) == Some(i128::from(*integer))),
            (Self::Bool(flag), Kind::True) => *flag,
            (Self::Bool(flag), Kind::False) => !*flag,
            _ => false,
        }
    }
}

/// Reads a value as a union.
pub fn union<T: Union + Read>(input: Input<'_>) -> T {
    if input.is_probe() {
        check_union::<T>(input);
        return T::empty();
    }
    match choose::<T>(input) {
        Choice::Branch(branch) => T::read_branch(branch, input),
        Choice::Unknown => T::read_branch(usize::MAX, input),
    }
}

/// Reads a value as a value of the branch at this position. A position after the last branch keeps the value as it is.
pub fn read<T: Read>(branches: &[fn(Input<'_>) -> T], unknown: fn(Value) -> T, branch: usize, input: Input<'_>) -> T {
    match branches.get(branch) {
        Some(read) => read(input),
        None => input.variant(unknown),
    }
}

/// Looks for faults in a value, and adds the score that its branch gives it.
pub fn check_union<T: Union + Read>(input: Input<'_>) {
    match T::DISCRIMINATOR.and_then(|discriminator| discriminator.branch(input)) {
        Some(Choice::Branch(branch)) => drop(T::read_branch(branch, input)),
        Some(Choice::Unknown) => is_unknown(input),
        None => match by_shape::<T>(input) {
            Some((_, seen)) => input.score(|score| score.with(seen)),
            None => is_unknown(input),
        },
    }
}

fn is_unknown(input: Input<'_>) {
    if input.is_strict() {
        return input.fail(|_| "is of no branch".to_owned());
    }
    input.score(|score| Score { unknown: score.unknown + input.size(), ..score });
}

fn choose<T: Union + Read>(input: Input<'_>) -> Choice {
    let by_tag = T::DISCRIMINATOR.and_then(|discriminator| discriminator.branch(input));
    by_tag.unwrap_or_else(|| match by_shape::<T>(input) {
        // A float would round this number, or a string would hold it.
        Some((_, seen)) if seen.rounded + seen.converted > 0 && input.kind() == Kind::Number => Choice::Unknown,
        Some((branch, _)) => Choice::Branch(branch),
        None => Choice::Unknown,
    })
}

/// The branch of a value for which the discriminator does not decide, and the score.
fn by_shape<T: Union + Read>(input: Input<'_>) -> Option<(usize, Score)> {
    let question = Question::new(TypeId::of::<T>(), &input);
    if let Some(known) = input.state.choices.borrow().known(&question) {
        return known;
    }
    // A branch must not read `null` as a missing value, because `null` would not be written again.
    let is_exact = input.is_strict() || input.is_null();
    let best = match best::<T>(input, Mode::Strict) {
        None if !is_exact => best::<T>(input, Mode::Lenient),
        found => found,
    };
    // Only a probe stores the answer, because a value that is read is not asked for again.
    if input.is_probe() {
        input.state.choices.borrow_mut().note(question, best);
    }
    best
}

/// The best of the branches that fit a value.
fn best<T: Union>(input: Input<'_>, mode: Mode) -> Option<(usize, Score)> {
    let mut best: Option<(usize, Score)> = None;
    for branch in 0..T::BRANCHES {
        let score = probe::<T>(branch, Input { mode, ..input });
        if let Some(score) = score.filter(|score| best.is_none_or(|(_, best)| score.is_better_than(best))) {
            best = Some((branch, score));
        }
    }
    best
}

/// The score of a value if it is read as this branch. `None` if the value does not fit the branch.
fn probe<T: Union>(branch: usize, input: Input<'_>) -> Option<Score> {
    let state = input.state;
    let (failed, score) = (state.failed.replace(false), state.score.take());
    let _ = T::read_branch(branch, input);
    let score = state.score.replace(score);
    let score = if input.kind() == Kind::Object { score.without_notation() } else { score };
    (!state.failed.replace(failed)).then_some(score)
}
