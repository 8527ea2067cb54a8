//! Why a value could not be read, and where in it.
//!
//! A failure names declared fields, positions and kinds of values, but never what the body holds: the reply of a token
//! endpoint is a secret. That is why messages of `Deserialize` implementations that are not the runtime's own are
//! dropped: many of them quote the value.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::mode;

/// Why a value could not be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    path: String,
    reason: String,
}

impl Failure {
    /// A failure of the value as a whole.
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into() }
    }

    /// The failure of a value of one kind where another is due.
    pub(super) fn mismatch(found: &str, expected: &str) -> Self {
        Self::new(format!("found {found}, expected {expected}"))
    }

    /// The same failure, seen from a value that contains the failing one at `step`.
    pub(super) fn inside(mut self, step: Step<'_>) -> Self {
        self.path.insert_str(0, &step.to_string());
        self
    }

    /// The same failure, its path beginning with the name of the whole.
    pub(super) fn of(mut self, whole: &str) -> Self {
        self.path.insert_str(0, whole);
        self
    }

    /// The failing value: `body.items[3].expiresIn`. The key of a map is data, so its members are shown by position:
    /// `body.labels{2}` is the third (by key, unless `serde_json` has its feature `preserve_order`).
    #[must_use]
    pub fn path(&self) -> &str {
        self.path.trim_start_matches('.')
    }

    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Hands the failure to a deserializer; if that is the runtime's own, path and reason arrive whole.
    pub(super) fn relay<E: de::Error>(self) -> E {
        if mode::is_decoding() {
            E::custom(format_args!("{MARK}{}{MARK}{}", self.path, self.reason))
        } else {
            E::custom(self)
        }
    }
}

/// Refuses a value in a `Deserialize` implementation, for a reason that does not quote it.
pub fn refuse<E: de::Error>(reason: &str) -> E {
    Failure::new(reason).relay()
}

/// Tells a relayed failure from the message of a foreign `Deserialize`. No such message begins with this character.
const MARK: char = '\u{1}';

/// The way from a value to one that it contains.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    /// A declared field.
    Field(&'a str),
    /// A member of a map, by position.
    Member(usize),
    /// An element of an array.
    Element(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Member(position) => write!(f, "{{{position}}}"),
            Self::Element(index) => write!(f, "[{index}]"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            "" => f.write_str(&self.reason),
            path => write!(f, "{path}: {}", self.reason),
        }
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = message.to_string();
        match text.strip_prefix(MARK).and_then(|relayed| relayed.split_once(MARK)) {
            Some((path, reason)) => Self { path: path.to_owned(), reason: reason.to_owned() },
            None => Self::new("the value is not one that its type accepts"),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::mismatch(kind(&found), &expected.to_string())
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("found {} that does not fit, expected {expected}", kind(&found)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("found {length} elements, expected {expected}"))
    }

    fn unknown_variant(_found: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("found an undeclared value, expected one of: {}", expected.join(", ")))
    }

    fn unknown_field(_found: &str, _expected: &'static [&'static str]) -> Self {
        Self::new("found a member that is not declared")
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("is missing").inside(Step::Field(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new("is there twice").inside(Step::Field(field))
    }
}

fn kind(found: &Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "a value",
    }
}
