//! A value of a parsed text, as the type that reads it sees it.
//!
//! What a type asks for decides what is tolerated, see [`Read`]. After the first fault, every further read returns an empty value. Each
//! value around the faulty one adds its step to the path of the fault.

use std::cell::{Cell, RefCell};
use std::iter::successors;

use serde_json::Value;

use super::choice::{Choices, Score};
use super::fault::{Fault, Step};
use super::object::Object;
use super::parse::parse;
use super::read::Read;
use super::tape::{Kind, Node, Tape};

/// Reads a JSON text as a type.
///
/// # Errors
/// The text is not JSON, or not what the type needs.
pub fn from_slice<T: Read>(bytes: &[u8]) -> Result<T, Fault> {
    let state = State::new(parse(bytes)?);
    let value = T::read(Input { state: &state, node: 0, mode: Mode::Read, hidden: Hidden::default() });
    match state.fault.take() {
        Some(fault) => Err(fault),
        None => Ok(value),
    }
}

/// Looks at a JSON text without a type.
///
/// # Errors
/// The text is not JSON.
pub(super) fn look<T>(bytes: &[u8], see: impl FnOnce(Input<'_>) -> T) -> Result<T, Fault> {
    let state = State::new(parse(bytes)?);
    Ok(see(Input { state: &state, node: 0, mode: Mode::Read, hidden: Hidden::default() }))
}

/// A value that is about to be read.
///
/// Its size is two words, so that it is passed in registers.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub(super) state: &'a State<'a>,
    pub(super) node: u32,
    pub(super) mode: Mode,
    /// The members that are hidden from the type that is read.
    pub(super) hidden: Hidden,
}

/// The position of the [member that was hidden last](State::hidden), counted from one. 0 means that no member is hidden.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Hidden(u16);

/// What happens with a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// It is read, tolerantly.
    Read,
    /// It is checked as tolerantly as it would be read. The result is empty.
    Lenient,
    /// It is checked strictly: it must be what the document says. Undeclared members are allowed.
    Strict,
}

/// A text that is being read, and what is known of it.
pub(super) struct State<'t> {
    tape: Tape<'t>,
    /// Whether the value that is read or looked at does not fit its type.
    pub(super) failed: Cell<bool>,
    /// The score of the value that is looked at, so far.
    pub(super) score: Cell<Score>,
    pub(super) choices: RefCell<Choices>,
    fault: RefCell<Option<Fault>>,
    /// The names of members that unions have hidden, each with those that were hidden before.
    hidden: RefCell<Vec<(&'static str, Hidden)>>,
}

impl<'t> State<'t> {
    fn new(tape: Tape<'t>) -> Self {
        Self {
            tape,
            failed: Cell::default(),
            score: Cell::default(),
            choices: RefCell::default(),
            fault: RefCell::default(),
            hidden: RefCell::default(),
        }
    }

    /// Hides a member besides others. A program has fewer names than a `u16` has values. A name beyond that would not be hidden.
    fn hide(&self, name: &'static str, others: Hidden) -> Hidden {
        let mut names = self.hidden.borrow_mut();
        let index = names.iter().position(|known| *known == (name, others)).unwrap_or_else(|| {
            names.push((name, others));
            names.len() - 1
        });
        Hidden(u16::try_from(index + 1).unwrap_or_default())
    }
}

impl<'a> Input<'a> {
    /// Reads the value.
    #[inline]
    pub fn value<T: Read>(self) -> T {
        T::read(self)
    }

    /// Reads the value as that of a union's variant.
    #[inline]
    pub fn variant<T: Read, U: Read>(self, variant: impl FnOnce(T) -> U) -> U {
        if self.is_probe() {
            T::check(self);
            return U::empty();
        }
        variant(T::read(self))
    }

    /// The value as an object without the tag of a union. With the tag, the type of the branch would find an undeclared member.
    #[must_use]
    pub fn without(self, name: &'static str) -> Self {
        // The union declares the tag; the type of the branch does not.
        if self.is_probe() && self.object().is_some_and(|object| object.member(name).is_some()) {
            self.score(|score| Score { declared: score.declared + 1, ..score });
        }
        Self { hidden: self.state.hide(name, self.hidden), ..self }
    }

    /// Whether members are hidden from the type that is read.
    #[inline]
    pub(super) fn hides_some(&self) -> bool {
        self.hidden != Hidden::default()
    }

    /// Whether one of the hidden members is the one that is meant.
    #[inline]
    pub(super) fn hides(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.hides_some() && self.hidden_names(is_meant)
    }

    #[cold]
    fn hidden_names(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let names = self.state.hidden.borrow();
        let at = |hidden: Hidden| names.get(usize::from(hidden.0).checked_sub(1)?);
        successors(at(self.hidden), |(_, others)| at(*others)).any(|(name, _)| is_meant(name))
    }

    #[inline]
    pub(super) fn tape(&self) -> &'a Tape<'a> {
        &self.state.tape
    }

    /// How many values and names of members it holds, itself included.
    pub(super) fn size(&self) -> u32 {
        self.tape().node(self.node).map_or(0, |node| node.next - self.node)
    }

    /// Whether the value is only looked at.
    #[inline]
    pub(super) fn is_probe(&self) -> bool {
        self.mode != Mode::Read
    }

    #[inline]
    pub(super) fn is_strict(&self) -> bool {
        self.mode == Mode::Strict
    }

    /// Whether there was a fault. Nothing that is read after it counts.
    #[inline]
    pub(super) fn has_failed(&self) -> bool {
        self.state.failed.get()
    }

    /// Changes the score of the value that is looked at.
    #[inline]
    pub(super) fn score(&self, noted: impl FnOnce(Score) -> Score) {
        self.state.score.update(noted);
    }

    /// Reads a value inside this one.
    #[inline]
    pub(super) fn child<T: Read>(&self, node: u32, step: Step) -> T {
        self.inside(step, || T::read(self.at(node)))
    }

    /// Looks at a value inside this one.
    pub(super) fn check_child<T: Read>(&self, node: u32) {
        T::check(self.at(node));
    }

    /// The value at a node inside this one.
    #[inline]
    pub(super) fn at(&self, node: u32) -> Self {
        Self { node, hidden: Hidden::default(), ..*self }
    }

    #[inline]
    fn inside<T>(&self, step: Step, read: impl FnOnce() -> T) -> T {
        let read = read();
        if self.has_failed() {
            self.note(step);
        }
        read
    }

    /// Adds a step to the path of the fault.
    pub(super) fn note(&self, step: Step) {
        if let Some(fault) = self.state.fault.borrow_mut().as_mut() {
            fault.inside(step);
        }
    }

    /// The value's node. It exists, because an input is made only of existing nodes.
    #[inline]
    pub(super) fn node(&self) -> Node {
        const NULL: Node = Node { kind: Kind::Null, start: 0, end: 0, next: 0 };
        self.tape().node(self.node).copied().unwrap_or(NULL)
    }

    #[inline]
    pub(super) fn kind(&self) -> Kind {
        self.node().kind
    }

    #[inline]
    pub(super) fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value inside this one that a JSON Pointer (RFC 6901) names. The pointer can lead through objects only.
    pub(super) fn pointed(self, pointer: &str) -> Option<Self> {
        let mut steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        steps.try_fold(self, |value, step| value.object()?.member(&step))
    }

    /// Whether the value is the empty string.
    #[inline]
    pub(super) fn is_blank(&self) -> bool {
        let node = self.node();
        node.kind == Kind::Plain && node.start == node.end
    }

    /// Whether the value is `null`, and the reader is tolerant. It then stands for an empty list or map.
    #[inline]
    pub(super) fn is_nothing(&self) -> bool {
        self.is_null() && !self.is_strict()
    }

    /// The elements of an array, by their nodes.
    #[inline]
    pub(super) fn elements(&self) -> Option<Elements<'a>> {
        let node = self.node();
        let elements = Elements { tape: self.tape(), next: self.node + 1, left: node.end };
        (node.kind == Kind::Array).then_some(elements)
    }

    /// The value as an object; `[]` is how PHP writes an empty one.
    #[inline]
    pub fn object(self) -> Option<Object<'a>> {
        let node = self.node();
        match node.kind {
            Kind::Object => Some(Object::new(self, node.end)),
            Kind::Array if node.end == 0 && !self.is_strict() => Some(Object::new(self, 0)),
            _ => None,
        }
    }

    /// An empty list or map if the value is [nothing](Self::is_nothing). Refuses it otherwise.
    #[cold]
    pub(super) fn empty_or_mismatch<T: Read>(self, expected: &str) -> T {
        if self.is_nothing() { T::empty() } else { self.mismatch(expected) }
    }

    /// Refuses the value: it is of another kind.
    pub(super) fn mismatch<T: Read>(self, expected: &str) -> T {
        self.refuse(|found| format!("found {found}, expected {expected}"))
    }

    /// Refuses the value, with a reason made of its kind.
    pub(super) fn refuse<T: Read>(self, reason: impl FnOnce(&str) -> String) -> T {
        self.fail(reason);
        T::empty()
    }

    /// Ends the reading.
    pub(super) fn fail(&self, reason: impl FnOnce(&str) -> String) {
        let first = !self.state.failed.replace(true);
        if first && !self.is_probe() {
            let fault = Fault::new(reason(self.found()), self.node().start as usize);
            self.state.fault.replace(Some(fault));
        }
    }

    fn found(&self) -> &'static str {
        match self.kind() {
            Kind::Null => "null",
            Kind::False | Kind::True => "a boolean",
            Kind::Number => "a number",
            Kind::Plain | Kind::Escaped | Kind::Replaced => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }

    /// The value as it is. A number beyond 64 bits becomes a float, because `Value` has no other type for it.
    pub(super) fn json(&self) -> Value {
        let node = self.node();
        match node.kind {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => self.tape().raw(&node).parse().map_or(Value::Null, Value::Number),
            Kind::Plain | Kind::Escaped | Kind::Replaced => Value::String(self.tape().string(&node).into_owned()),
            Kind::Array => {
                let elements = Elements { tape: self.tape(), next: self.node + 1, left: node.end };
                Value::Array(elements.map(|node| Self { node, ..*self }.json()).collect())
            }
            Kind::Object => Value::Object(Object::new(*self, node.end).all()),
        }
    }
}

/// The nodes of an array's elements.
pub(super) struct Elements<'a> {
    tape: &'a Tape<'a>,
    next: u32,
    left: u32,
}

impl Iterator for Elements<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        let node = self.next;
        self.next = self.tape.node(node)?.next;
        Some(node)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}
