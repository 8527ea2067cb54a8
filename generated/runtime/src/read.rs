//! What can be read from JSON, and what a reader accepts beyond the declaration.
//!
//! - Members and enumeration values that are not declared are kept.
//! - A number or a boolean stands for a string and keeps its text; a string that is a JSON number stands for a number (integers are
//!   read exactly, never through a float).
//! - `3600.0` is an integer; `1`, `0`, `"true"` and `"false"` are booleans.
//! - `[]` is an object, which is how PHP writes an empty one.
//! - `null` stands for a missing member, an empty list or an empty map. `""` stands for a missing number or boolean.
//!
//! A union first tries its branches without this tolerance, see [`union`](mod@super::union).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::choice::Score;
use super::fault::Step;
use super::input::Input;
use super::object::{Members, Object};
use super::tape::Kind;
use super::tuple::for_each_tuple;

/// A type that is read from JSON.
pub trait Read: Sized {
    /// Whether `null` is one of its values.
    const ADMITS_NULL: bool = false;

    /// Whether `""` stands for a missing member, because no text is a value of the type.
    const BLANK_IS_MISSING: bool = false;

    /// Whether it may be missing at the end of a list.
    const MAY_BE_MISSING: bool = false;

    /// Reads a value. A value that does not fit the type is noted as a fault of the input, and read as empty.
    fn read(input: Input<'_>) -> Self;

    /// The value that replaces a missing one.
    fn empty() -> Self;

    /// Looks at a value only to find faults.
    fn check(input: Input<'_>) {
        let _ = Self::read(input);
    }
}

/// The type for an object of the document: how its members are read and written.
pub trait Model: Sized {
    /// Reads the members.
    fn read(from: &mut Object<'_>) -> Self;

    /// Writes the members.
    fn write(&self, to: &mut super::output::ObjectWriter<'_>);
}

/// Reads an object as a model.
pub fn model<T: Model + Read>(input: Input<'_>) -> T {
    match input.object() {
        Some(mut object) => <T as Model>::read(&mut object),
        None => input.mismatch("an object"),
    }
}

/// An empty model: each member has its empty value.
pub fn empty<T: Model>() -> T {
    T::read(&mut Object::nothing())
}

impl Read for bool {
    const BLANK_IS_MISSING: bool = true;

    #[inline]
    fn read(input: Input<'_>) -> Self {
        match input.boolean() {
            Some(flag) => flag,
            None => input.mismatch("a boolean"),
        }
    }

    fn empty() -> Self {
        false
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {
        $(
            impl Read for $integer {
                const BLANK_IS_MISSING: bool = true;

                #[inline]
                fn read(input: Input<'_>) -> Self {
                    let Some(text) = input.number() else { return input.mismatch("an integer") };
                    if let Ok(integer) = text.parse() {
                        return integer;
                    }
                    let Some(integer) = whole(text).and_then(|whole| Self::try_from(whole).ok()) else {
                        return input.mismatch("an integer that fits");
                    };
                    if input.is_probe() {
                        input.score(|score| Score { whole: score.whole + 1, ..score });
                    }
                    integer
                }

                fn empty() -> Self {
                    0
                }
            }
        )*
    };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

/// The integer that a number with a fraction or an exponent stands for. `None` if the number is not an integer, or has more digits than any
/// integer type. No float is involved, because it would round.
#[cold]
pub(super) fn whole(text: &str) -> Option<i128> {
    let (decimal, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = [integer, fraction].concat();
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let behind_point = i64::try_from(fraction.len()).ok()?;
    let trailing = i64::try_from(digits.len() - significant.len()).ok()?;
    let zeros = u32::try_from(exponent.checked_sub(behind_point)?.checked_add(trailing)?).ok()?;
    significant.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(zeros)?)
}

/// A float holds each integer of at most this many digits exactly.
const EXACT_DIGITS: usize = 15;

/// Whether a text is an integer of 64 bits that no float equals.
fn is_rounded(text: &str) -> bool {
    let integer = text.parse::<i128>().ok().filter(|it| i64::try_from(*it).is_ok() || u64::try_from(*it).is_ok());
    let float = text.parse::<f64>().unwrap_or_default();
    integer.is_some_and(|integer| float as i128 != integer)
}

impl Read for f64 {
    const BLANK_IS_MISSING: bool = true;

    #[inline]
    fn read(input: Input<'_>) -> Self {
        let Some(text) = input.number() else { return input.mismatch("a number") };
        if input.is_probe() {
            let rounded = u32::from(text.len() > EXACT_DIGITS && is_rounded(text));
            let floats = u32::from(!text.contains(['.', 'e', 'E']));
            input.score(|score| Score { rounded: score.rounded + rounded, floats: score.floats + floats, ..score });
            return 0.0;
        }
        text.parse().unwrap_or_else(|_| input.mismatch("a number"))
    }

    fn empty() -> Self {
        0.0
    }
}

impl Read for String {
    #[inline]
    fn read(input: Input<'_>) -> Self {
        // A probe does not resolve escapes.
        if input.is_probe() && matches!(input.kind(), Kind::Plain | Kind::Escaped) {
            return Self::new();
        }
        match input.text() {
            Some(_) if input.is_probe() => Self::new(),
            Some(text) => text.into_owned(),
            None => input.mismatch("a string"),
        }
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl Read for Value {
    const ADMITS_NULL: bool = true;

    fn read(input: Input<'_>) -> Self {
        if input.is_probe() {
            undeclared(input);
            return Self::Null;
        }
        input.json()
    }

    fn empty() -> Self {
        Self::Null
    }
}

/// Counts the members of untyped JSON. As in an object with a type, what is inside these members does not count.
fn undeclared(input: Input<'_>) {
    if let Some(mut object) = input.object() {
        object.unknown();
    } else if let Some(nodes) = input.elements() {
        nodes.for_each(|node| undeclared(input.at(node)));
    }
}

impl<T: Read> Read for Option<T> {
    const ADMITS_NULL: bool = true;

    fn read(input: Input<'_>) -> Self {
        if input.is_null() || T::BLANK_IS_MISSING && !input.is_strict() && input.is_blank() {
            return None;
        }
        input.variant(Some)
    }

    fn empty() -> Self {
        None
    }
}

impl<T: Read> Read for Box<T> {
    const ADMITS_NULL: bool = T::ADMITS_NULL;

    const MAY_BE_MISSING: bool = T::MAY_BE_MISSING;

    fn read(input: Input<'_>) -> Self {
        Self::new(T::read(input))
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn check(input: Input<'_>) {
        T::check(input);
    }
}

/// The most memory that a list reserves before its elements are read, in bytes. In a hostile text, each `0` may become an element that
/// takes some hundred bytes.
const UNSEEN_BYTES: usize = 1 << 20;

impl<T: Read> Read for Vec<T> {
    fn read(input: Input<'_>) -> Self {
        let Some(nodes) = input.elements() else { return input.empty_or_mismatch("an array") };
        let mut elements = Self::new();
        if input.is_probe() {
            nodes.take_while(|_| !input.has_failed()).for_each(|node| input.check_child::<T>(node));
            return elements;
        }
        elements.reserve_exact(nodes.size_hint().0.min(UNSEEN_BYTES / size_of::<T>().max(1)));
        for (index, node) in nodes.enumerate() {
            elements.push(input.child(node, Step::Element(index)));
            if input.has_failed() {
                break;
            }
        }
        elements
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(input: Input<'_>) -> Self {
        members(input)
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl Read for Map<String, Value> {
    fn read(input: Input<'_>) -> Self {
        if input.is_probe() && input.object().is_some() {
            undeclared(input);
            return Self::new();
        }
        members(input)
    }

    fn empty() -> Self {
        Self::new()
    }
}

fn members<M: Members + Read>(input: Input<'_>) -> M {
    match input.object() {
        Some(mut object) => object.entries(),
        None if input.is_nothing() => M::default(),
        None => input.mismatch("an object"),
    }
}

/// An element of a list of fixed length. An element that may be missing is an `Option`.
fn element<T: Read>(input: Input<'_>, nodes: &mut impl Iterator<Item = u32>, index: usize) -> T {
    match nodes.next() {
        _ if input.has_failed() => T::empty(),
        Some(node) if input.is_probe() => {
            input.check_child::<T>(node);
            T::empty()
        }
        Some(node) => input.child(node, Step::Element(index)),
        None if T::MAY_BE_MISSING => T::empty(),
        None => input.refuse(|_| format!("found {index} elements, expected more")),
    }
}

macro_rules! tuples {
    ($($($element:ident $index:literal)*;)*) => {
        $(
            impl<$($element: Read),*> Read for ($($element,)*) {
                fn read(input: Input<'_>) -> Self {
                    let Some(mut nodes) = input.elements() else { return input.mismatch("an array") };
                    let tuple = ($(element::<$element>(input, &mut nodes, $index),)*);
                    // A tuple cannot keep a further element, so the value is refused.
                    if nodes.next().is_some() {
                        input.fail(|_| "found more elements than are declared".to_owned());
                    }
                    tuple
                }

                fn empty() -> Self {
                    ($($element::empty(),)*)
                }
            }
        )*
    };
}

for_each_tuple!(tuples);
