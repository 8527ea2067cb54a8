//! Strings of a known format: `uuid`, `date-time`, an integer beyond 53 bits and the like.
//!
//! The text stays as received, so that it is sent back byte for byte, and a wrong text does not make the whole body unreadable. It becomes
//! a value when the caller asks for one.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use super::base64_text::{Base64, Base64Url};
use super::input::Input;
use super::output::Output;
use super::read::Read;
use super::write::Write;
use crate::serde;

/// A text that stands for a `T`, as `2026-01-31` stands for a date. It is sent and kept as it was written.
///
/// - Make it from a value by `value.into()`, or from a text by `text.parse()?`, which fails if the text is not of the format.
/// - [`Text::value`] gives the value. It fails if the server sent a text that is not of the format. The rest of the reply can be read.
pub struct Text<T> {
    text: String,
    format: PhantomData<fn() -> T>,
}

impl<T> Text<T> {
    /// A text that is sent as it is, even if it is not of the format. `text.parse()` and `try_from` check the text first.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), format: PhantomData }
    }

    /// The text, exactly as received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text without its type.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<T: FromStr> Text<T> {
    /// The value that the text stands for.
    ///
    /// # Errors
    ///
    /// If the text is not of the format.
    pub fn value(&self) -> Result<T, T::Err> {
        self.text.parse()
    }
}

/// A type whose values have a text in the document's format.
///
/// `Display` cannot replace this trait, because `Display` of several date-time types does not give the form of RFC 3339. If `Display` gives
/// the right text, the implementation is empty.
pub trait ToText: fmt::Display {
    /// The text to be sent.
    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl ToText for char {}
impl ToText for i64 {}
impl ToText for u64 {}
impl ToText for Base64 {}
impl ToText for Base64Url {}
impl ToText for std::net::IpAddr {}
impl ToText for std::net::Ipv4Addr {}
impl ToText for std::net::Ipv6Addr {}

impl<T: ToText> From<T> for Text<T> {
    fn from(value: T) -> Self {
        Self::from_text(value.to_text())
    }
}

impl<T: FromStr> FromStr for Text<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        Self::try_from(text)
    }
}

impl<T: FromStr> TryFrom<&str> for Text<T> {
    type Error = T::Err;

    /// The text as it is, if it is of the format.
    fn try_from(text: &str) -> Result<Self, T::Err> {
        text.parse::<T>().map(|_| Self::from_text(text))
    }
}

impl<T: FromStr> TryFrom<String> for Text<T> {
    type Error = T::Err;

    /// The text as it is, if it is of the format.
    fn try_from(text: String) -> Result<Self, T::Err> {
        text.parse::<T>().map(|_| Self::from_text(text))
    }
}

// Written by hand, because derived implementations would require the same trait of `T`.

impl<T> Clone for Text<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T> PartialEq for Text<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Text<T> {}

impl<T> Hash for Text<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> fmt::Debug for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> fmt::Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, f)
    }
}

/// A union looks for a branch by a strict check. This check requires that the text has the format.
impl<T: FromStr> Read for Text<T> {
    fn read(input: Input<'_>) -> Self {
        match input.text() {
            Some(text) if input.is_strict() && text.parse::<T>().is_err() => input.mismatch("a text of the format"),
            Some(_) if input.is_probe() => Self::empty(),
            Some(text) => Self::from_text(text),
            None => input.mismatch("a string"),
        }
    }

    fn empty() -> Self {
        Self::from_text(String::new())
    }
}

impl<T> Write for Text<T> {
    fn write(&self, to: Output<'_>) {
        to.text(&self.text);
    }
}

serde!(Text<T: FromStr>);
