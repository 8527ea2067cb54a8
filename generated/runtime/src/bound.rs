//! Bounds of a document, and what they mean for each type that a value can have.
//!
//! Takes a value and its [`Bound`]s, tells a [`Checker`] which do not hold. A bound does not apply to a value of another kind (JSON Schema
//! 2020-12, validation 6), nor to a value that is missing.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use regress::Regex;
use serde_json::{Map, Value};

use super::check::{Check, Checker, Step};
use super::decimal;
use super::form::File;
use super::secret::Secret;
use super::text::Text;
use super::trailing::Trailing;
use super::tuple::for_each_tuple;

/// A keyword and its value. Numbers are as the document writes them, since a float would round some.
#[derive(Clone, Copy, Debug)]
pub enum Bound<'a> {
    /// At least this.
    Minimum(&'static str),
    /// At most this.
    Maximum(&'static str),
    /// More than this.
    ExclusiveMinimum(&'static str),
    /// Less than this.
    ExclusiveMaximum(&'static str),
    /// A whole number of times this.
    MultipleOf(&'static str),
    /// At least as many characters.
    MinLength(u64),
    /// At most as many characters.
    MaxLength(u64),
    /// A match somewhere in the text.
    Pattern(&'a Pattern),
    /// At least as many elements.
    MinItems(u64),
    /// At most as many elements.
    MaxItems(u64),
    /// No two equal elements.
    UniqueItems,
    /// At least as many members.
    MinProperties(u64),
    /// At most as many members.
    MaxProperties(u64),
    /// What holds for each element of a list and each value of a map.
    Each(&'a [Bound<'a>]),
    /// What holds for one element of a list of fixed length, by position.
    At(usize, &'a [Bound<'a>]),
}

impl Bound<'_> {
    /// The keyword, and its value as text.
    pub(super) fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Minimum(limit) => ("minimum", (*limit).to_owned()),
            Self::Maximum(limit) => ("maximum", (*limit).to_owned()),
            Self::ExclusiveMinimum(limit) => ("exclusiveMinimum", (*limit).to_owned()),
            Self::ExclusiveMaximum(limit) => ("exclusiveMaximum", (*limit).to_owned()),
            Self::MultipleOf(limit) => ("multipleOf", (*limit).to_owned()),
            Self::MinLength(limit) => ("minLength", limit.to_string()),
            Self::MaxLength(limit) => ("maxLength", limit.to_string()),
            Self::Pattern(pattern) => ("pattern", pattern.text.to_owned()),
            Self::MinItems(limit) => ("minItems", limit.to_string()),
            Self::MaxItems(limit) => ("maxItems", limit.to_string()),
            Self::UniqueItems => ("uniqueItems", "true".to_owned()),
            Self::MinProperties(limit) => ("minProperties", limit.to_string()),
            Self::MaxProperties(limit) => ("maxProperties", limit.to_string()),
            Self::Each(_) | Self::At(..) => ("items", String::new()),
        }
    }
}

/// A regular expression of ECMA-262, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern as the document writes it. A pattern that cannot be read matches everything. The generator has reported it.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    fn matches(&self, text: &str) -> bool {
        // Many documents escape what the flag `u` does not let them escape.
        let compile = || Regex::with_flags(self.text, "u").or_else(|_| Regex::new(self.text)).ok();
        self.compiled.get_or_init(compile).as_ref().is_none_or(|pattern| pattern.find(text).is_some())
    }
}

/// A value to which bounds can apply. By default, none applies.
pub trait Bounded {
    /// Reports the bounds that do not hold, for this value and for the values inside it.
    fn check_bounds(&self, _bounds: &[Bound<'_>], _checker: &mut Checker) {}
}

/// A model checks the bounds of its members itself.
impl<T: Check> Bounded for T {
    fn check_bounds(&self, _bounds: &[Bound<'_>], checker: &mut Checker) {
        self.visit(checker);
    }
}

impl Bounded for bool {}
impl Bounded for Bytes {}
impl Bounded for File {}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(
            impl Bounded for $number {
                fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
                    number(&self.to_string(), bounds, checker);
                }
            }
        )*
    };
}

numbers!(i8 i16 i32 i64 u8 u16 u32 u64 f64);

fn number(number: &str, bounds: &[Bound<'_>], checker: &mut Checker) {
    let is = |limit: &str, wanted: fn(Ordering) -> bool| decimal::compare(number, limit).is_none_or(wanted);
    for bound in bounds {
        let holds = match bound {
            Bound::Minimum(limit) => is(limit, Ordering::is_ge),
            Bound::Maximum(limit) => is(limit, Ordering::is_le),
            Bound::ExclusiveMinimum(limit) => is(limit, Ordering::is_gt),
            Bound::ExclusiveMaximum(limit) => is(limit, Ordering::is_lt),
            Bound::MultipleOf(limit) => decimal::is_multiple(number, limit).unwrap_or(true),
            _ => true,
        };
        checker.require(holds, bound);
    }
}

impl Bounded for str {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        let length = self.chars().count() as u64;
        let is_too_long = bounds.iter().any(|bound| matches!(bound, Bound::MaxLength(limit) if length > *limit));
        for bound in bounds {
            let holds = match bound {
                Bound::MinLength(limit) => length >= *limit,
                Bound::MaxLength(limit) => length <= *limit,
                // A pattern may take long on a long text. If the text is too long anyway, the pattern is not tried.
                Bound::Pattern(pattern) => is_too_long || pattern.matches(self),
                _ => true,
            };
            checker.require(holds, bound);
        }
    }
}

impl Bounded for String {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        self.as_str().check_bounds(bounds, checker);
    }
}

impl Bounded for Secret {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        self.expose().check_bounds(bounds, checker);
    }
}

impl<T> Bounded for Text<T> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        self.as_str().check_bounds(bounds, checker);
    }
}

impl<T: Bounded> Bounded for Option<T> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        if let Some(value) = self {
            value.check_bounds(bounds, checker);
        }
    }
}

impl<T: Bounded> Bounded for Trailing<T> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        if let Some(element) = self.value() {
            element.check_bounds(bounds, checker);
        }
    }
}

impl<T: Bounded + PartialEq> Bounded for Vec<T> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        let is_unique = || self.iter().enumerate().all(|(index, item)| !self.iter().take(index).any(|it| it == item));
        for bound in bounds {
            let holds = match bound {
                Bound::MinItems(limit) => self.len() as u64 >= *limit,
                Bound::MaxItems(limit) => self.len() as u64 <= *limit,
                Bound::UniqueItems => is_unique(),
                _ => true,
            };
            checker.require(holds, bound);
        }
        let each = each(bounds);
        for (index, item) in self.iter().enumerate() {
            checker.inside(Step::Element(index), |checker| item.check_bounds(&each, checker));
        }
    }
}

impl<T: Bounded> Bounded for BTreeMap<String, T> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        members(self.values(), bounds, checker);
    }
}

impl Bounded for Map<String, Value> {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        members(self.values(), bounds, checker);
    }
}

fn members<'v, T: Bounded + 'v>(
    values: impl ExactSizeIterator<Item = &'v T>,
    bounds: &[Bound<'_>],
    checker: &mut Checker,
) {
    for bound in bounds {
        let holds = match bound {
            Bound::MinProperties(limit) => values.len() as u64 >= *limit,
            Bound::MaxProperties(limit) => values.len() as u64 <= *limit,
            _ => true,
        };
        checker.require(holds, bound);
    }
    let each = each(bounds);
    for (position, value) in values.enumerate() {
        checker.inside(Step::Entry(position), |checker| value.check_bounds(&each, checker));
    }
}

/// The bounds for each part of a value.
fn each<'a>(bounds: &[Bound<'a>]) -> Vec<Bound<'a>> {
    let lists = bounds.iter().filter_map(|bound| match bound {
        Bound::Each(bounds) => Some(*bounds),
        _ => None,
    });
    lists.flatten().copied().collect()
}

/// The bounds for the part at a position.
fn at<'a>(bounds: &[Bound<'a>], position: usize) -> Vec<Bound<'a>> {
    let lists = bounds.iter().filter_map(|bound| match bound {
        Bound::At(at, bounds) if *at == position => Some(*bounds),
        _ => None,
    });
    lists.flatten().copied().collect()
}

impl Bounded for Value {
    fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
        match self {
            Self::Number(value) => number(&value.to_string(), bounds, checker),
            Self::String(text) => text.check_bounds(bounds, checker),
            Self::Array(items) => items.check_bounds(bounds, checker),
            Self::Object(members) => members.check_bounds(bounds, checker),
            Self::Null | Self::Bool(_) => {}
        }
    }
}

macro_rules! tuples {
    ($($($element:ident $index:literal)*;)*) => {
        $(
            #[allow(non_snake_case, reason = "an element is called as its type is")]
            impl<$($element: Bounded),*> Bounded for ($($element,)*) {
                fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
                    let ($($element,)*) = self;
                    let elements: &[&dyn Bounded] = &[$($element),*];
                    for (index, element) in elements.iter().enumerate() {
                        checker.inside(Step::Element(index), |checker| element.check_bounds(&at(bounds, index), checker));
                    }
                }
            }
        )*
    };
}

for_each_tuple!(tuples);

macro_rules! boxed_tuples {
    ($($($element:ident $index:literal)*;)*) => {
        $(
            /// A tuple that contains itself is in a box.
            impl<$($element: Bounded),*> Bounded for Box<($($element,)*)> {
                fn check_bounds(&self, bounds: &[Bound<'_>], checker: &mut Checker) {
                    self.as_ref().check_bounds(bounds, checker);
                }
            }
        )*
    };
}

for_each_tuple!(boxed_tuples);
