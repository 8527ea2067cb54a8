//! The members of an object, as a model picks them.
//!
//! The search for a member begins after the member that was picked last, so that an object in the document's order is walked only once.

use std::collections::BTreeMap;
use std::slice;

use serde_json::{Map, Value};

use super::choice::Score;
use super::fault::Step;
use super::input::{Input, Mode};
use super::read::Read;
use super::tape::Kind;
use super::unknown::Unknown;

/// An object whose members are about to be read.
pub struct Object<'a> {
    /// The object. `None` if there is nothing to read, so that every member is empty.
    input: Option<Input<'a>>,
    count: u32,
    /// The member to look at first: its position and its node.
    position: u32,
    node: u32,
    picked: Picked,
    /// The values that the document allows for the member that is read next.
    allowed: Option<Allowed>,
    /// The value that this member gets while an empty object is made.
    initial: Option<&'static str>,
}

/// The values that the document allows for a member, as JSON text.
#[derive(Clone, Copy)]
enum Allowed {
    /// One value.
    Only(&'static str),
    /// A list of values.
    Among(&'static str),
}

impl Allowed {
    fn only(self) -> Option<&'static str> {
        match self {
            Self::Only(constant) => Some(constant),
            Self::Among(_) => None,
        }
    }
}

/// The members that have been picked, by position.
#[derive(Default)]
struct Picked {
    first: u64,
    others: Vec<u64>,
    count: u32,
}

impl Picked {
    #[inline]
    fn set(&mut self, position: u32) {
        let (index, bit) = (position as usize / 64, 1 << (position % 64));
        match index.checked_sub(1) {
            None => self.first |= bit,
            Some(index) => {
                if self.others.len() <= index {
                    self.others.resize(index + 1, 0);
                }
                if let Some(bits) = self.others.get_mut(index) {
                    *bits |= bit;
                }
            }
        }
        self.count += 1;
    }

    #[inline]
    fn has(&self, position: u32) -> bool {
        let bits = match (position as usize / 64).checked_sub(1) {
            None => self.first,
            Some(index) => self.others.get(index).copied().unwrap_or_default(),
        };
        bits & (1 << (position % 64)) != 0
    }
}

impl<'a> Object<'a> {
    #[inline]
    pub(super) fn new(input: Input<'a>, count: u32) -> Self {
        Self {
            input: Some(input),
            count,
            position: 0,
            node: input.node + 1,
            picked: Picked::default(),
            allowed: None,
            initial: None,
        }
    }

    /// An object without a text: everything that a model reads from it is empty.
    pub(super) fn nothing() -> Self {
        Self { input: None, count: 0, position: 0, node: 0, picked: Picked::default(), allowed: None, initial: None }
    }

    /// Reads a required member. A nullable member may also be missing. It must be there if it has a constant other than null, and while a union
    /// chooses a branch.
    pub fn required<T: Read>(&mut self, name: &'static str) -> T {
        let allowed = self.allowed.take();
        let Some(input) = self.input.filter(|input| !input.has_failed()) else {
            let constant = allowed.and_then(Allowed::only);
            return self.initial.take().or(constant).map_or_else(T::empty, super::constant);
        };
        match self.pick(input, name) {
            Some(node) if input.is_probe() => {
                if let Some(allowed) = allowed {
                    hold(input.at(node), allowed);
                }
                input.check_child::<T>(node);
                T::empty()
            }
            Some(node) => input.child(node, Step::Member(name)),
            // A reply may leave out a member that may be null. A union does not choose a branch with a missing member.
            None if T::ADMITS_NULL
                && !input.is_probe()
                && allowed.and_then(Allowed::only).is_none_or(|it| it == "null") =>
            {
                T::empty()
            }
            None => {
                input.fail(|_| "is missing".to_owned());
                input.note(Step::Member(name));
                T::empty()
            }
        }
    }

    /// Reads a member that may be missing. `null` counts as missing, unless the member is nullable.
    pub fn optional<T: Read>(&mut self, name: &'static str) -> Option<T> {
        let allowed = self.allowed.take();
        let Some(input) = self.input.filter(|input| !input.has_failed()) else {
            return self.initial.take().map(super::constant);
        };
        let node = self.pick(input, name)?;
        let value = input.at(node);
        if !input.is_strict() && (!T::ADMITS_NULL && value.is_null() || T::BLANK_IS_MISSING && value.is_blank()) {
            return None;
        }
        if input.is_probe() {
            if let Some(allowed) = allowed {
                hold(value, allowed);
            }
            input.check_child::<T>(node);
            return None;
        }
        Some(input.child(node, Step::Member(name)))
    }

    /// As [`Object::required`], of a member that may be null.
    pub fn nullable<T: Read>(&mut self, name: &'static str) -> Option<T> {
        self.required(name)
    }

    /// As [`Object::optional`], of a member that may be null: `None` is missing, `Some(None)` is null.
    pub fn optional_nullable<T: Read>(&mut self, name: &'static str) -> Option<Option<T>> {
        self.optional(name)
    }

    /// As [`Object::optional`], of a member that only the server sets.
    pub fn read_only<T: Read>(&mut self, name: &'static str) -> Option<T> {
        self.optional(name)
    }

    /// As [`Object::optional_nullable`], of a member that only the server sets.
    pub fn read_only_nullable<T: Read>(&mut self, name: &'static str) -> Option<Option<T>> {
        self.optional(name)
    }

    /// As [`Object::read_only`], of a member that the server always sets. A value without it does not fit strictly.
    pub fn returned<T: Read>(&mut self, name: &'static str) -> Option<T> {
        let before = self.picked.count;
        let value = self.optional(name);
        if self.picked.count == before
            && let Some(input) = self.input.filter(|input| input.is_strict())
        {
            input.fail(|_| "is missing".to_owned());
        }
        value
    }

    /// As [`Object::returned`], of a member that may be null.
    pub fn returned_nullable<T: Read>(&mut self, name: &'static str) -> Option<Option<T>> {
        self.returned(name)
    }

    /// Sets the only value that the document allows for the next member, as JSON text. A reader accepts another value as well. A union
    /// concludes from another value that the object is not of this type.
    pub fn only(&mut self, constant: &'static str) -> &mut Self {
        self.allowed = Some(Allowed::Only(constant));
        self
    }

    /// Sets the values that the document lists for the next member, as the JSON text of a list. A reader accepts another value as well.
    pub fn among(&mut self, listed: &'static str) -> &mut Self {
        self.allowed = Some(Allowed::Among(listed));
        self
    }

    /// Sets the value that the next member has in an object without a text, as JSON text.
    pub fn tagged(&mut self, tag: &'static str) -> &mut Self {
        self.initial = Some(tag).filter(|_| self.input.is_none());
        self
    }

    /// Reads the members that have not been asked for, all as one type. A union counts them as undeclared.
    pub fn additional<M: Members>(&mut self) -> M {
        if self.input.is_some_and(|input| input.is_probe()) {
            self.unknown();
        }
        self.entries()
    }

    /// Reads the members of a map.
    pub(super) fn entries<M: Members>(&mut self) -> M {
        let mut members = M::default();
        self.rest(|input, position, name, node| {
            if !M::Value::ADMITS_NULL && input.at(node).is_nothing() {
                return;
            }
            if input.is_probe() {
                input.check_child::<M::Value>(node);
            } else {
                members.add(name, input.child(node, Step::Entry(position)));
            }
        });
        members
    }

    /// Keeps the members that have not been asked for.
    #[inline]
    pub fn unknown(&mut self) -> Unknown {
        if self.picked.count == self.count { Unknown::default() } else { self.undeclared() }
    }

    fn undeclared(&mut self) -> Unknown {
        let mut members = Map::new();
        self.rest(|input, _, name, node| {
            if input.is_probe() {
                input.score(|score| Score { undeclared: score.undeclared + 1, ..score });
            } else {
                members.insert(name, input.at(node).json());
            }
        });
        Unknown::new(members)
    }

    /// All members of the object.
    pub(super) fn all(mut self) -> Map<String, Value> {
        let mut members = Map::new();
        // Without this, an object that is only looked at would have no names.
        self.input = self.input.map(|input| Input { mode: Mode::Read, ..input });
        self.rest(|input, _, name, node| {
            members.insert(name, input.at(node).json());
        });
        members
    }

    fn rest(&mut self, mut visit: impl FnMut(Input<'a>, usize, String, u32)) {
        let Some(input) = self.input else { return };
        let mut node = input.node + 1;
        for position in 0..self.count {
            let Some(name) = input.tape().node(node).copied() else { return };
            let is_left = !self.picked.has(position) && name.kind != Kind::Replaced;
            if is_left && !input.has_failed() && !self.is_hidden(node) {
                let text = if input.is_probe() { String::new() } else { input.tape().string(&name).into_owned() };
                visit(input, position as usize, text, node + 1);
            }
            node = name.next;
        }
    }

    fn is_hidden(&self, name: u32) -> bool {
        let Some(input) = self.input else { return false };
        let name = input.tape().node(name);
        name.is_some_and(|name| input.hides(|hidden| input.tape().is_named(name, hidden)))
    }

    /// The value of a member, wherever it is.
    pub(super) fn member(&self, name: &str) -> Option<Input<'a>> {
        let (_, node, _) = self.find(name)?;
        self.input.map(|input| input.at(node))
    }

    /// The node of a member's value; the member counts as declared.
    #[inline]
    fn pick(&mut self, input: Input<'a>, name: &str) -> Option<u32> {
        let (position, node, next) = match self.expected(&input, name) {
            Some(next) => (self.position, self.node + 1, next),
            None => self.find(name)?,
        };
        self.picked.set(position);
        (self.position, self.node) = (position + 1, next);
        if input.is_probe() {
            input.score(|score| Score { declared: score.declared + 1, ..score });
        }
        Some(node)
    }

    /// The node after the next member, if the next member has this name.
    #[inline]
    fn expected(&self, input: &Input<'a>, name: &str) -> Option<u32> {
        if self.position >= self.count || input.hides_some() {
            return None;
        }
        let member = input.tape().node(self.node)?;
        input.tape().is_named(member, name).then_some(member.next)
    }

    /// The position of a member, the node of its value and the node after that. The search begins after the last picked member. After
    /// the last member of the object, it goes on at the first.
    #[inline(never)]
    fn find(&self, name: &str) -> Option<(u32, u32, u32)> {
        let input = self.input.filter(|input| !input.hides(|hidden| hidden == name))?;
        let (mut position, mut node) = (self.position, self.node);
        for _ in 0..self.count {
            if position >= self.count {
                (position, node) = (0, input.node + 1);
            }
            let member = input.tape().node(node)?;
            if input.tape().is_named(member, name) {
                return Some((position, node + 1, member.next));
            }
            (position, node) = (position + 1, member.next);
        }
        None
    }
}

/// Fails if a member that a union looks at has a value that the document does not allow. A tolerant reader takes `null` for a missing member,
/// and a server may add a value to a list. So these two do not fail there.
fn hold(member: Input<'_>, allowed: Allowed) {
    if member.is_null() && !member.is_strict() {
        return;
    }
    let (Allowed::Only(text) | Allowed::Among(text)) = allowed;
    let (found, parsed) = (member.json(), serde_json::from_str(text).unwrap_or_default());
    let values = match (allowed, &parsed) {
        (Allowed::Among(_), Value::Array(values)) => values.as_slice(),
        (_, constant) => slice::from_ref(constant),
    };
    if values.iter().any(|value| is_equal(&found, value)) {
        return;
    }
    match values.iter().filter(|value| !value.is_null()).count() {
        2.. if !member.is_strict() => member.score(|score| Score { unlisted: score.unlisted + 1, ..score }),
        _ => member.fail(|_| "has a value that the document does not allow".to_owned()),
    }
}

/// Whether two values are equal in JSON, where 1 equals 1.0.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| other.get(name).is_some_and(|other| is_equal(one, other)))
        }
        _ => one == other,
    }
}

/// A map that holds the members that a document does not name.
pub trait Members: Default {
    /// The type of their values.
    type Value: Read;

    /// Adds a member.
    fn add(&mut self, name: String, value: Self::Value);
}

impl<T: Read> Members for BTreeMap<String, T> {
    type Value = T;

    fn add(&mut self, name: String, value: T) {
        self.insert(name, value);
    }
}

impl Members for Map<String, Value> {
    type Value = Value;

    fn add(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }
}
