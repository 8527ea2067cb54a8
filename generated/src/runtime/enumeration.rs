//! What every enumeration of the document's `enum` has in common.
//!
//! The macros add it to a type that says what differs; they name their functions by `$crate::runtime`, so the module
//! must be mounted there. An undeclared value is kept, unless a union is looking for the branch that declares it.

use std::fmt;

use serde::de::{Deserialize, Deserializer};

use super::decode::{self, Mode};

/// Reads a value of an enumeration that keeps undeclared ones.
///
/// # Errors
///
/// If there is no string, or an undeclared one where a union is reading closely.
pub fn open<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    is_declared: impl FnOnce(&T) -> bool,
) -> Result<T, D::Error> {
    let value = T::deserialize(deserializer)?;
    if Mode::current() == Mode::Lenient || is_declared(&value) { Ok(value) } else { Err(decode::refuse(UNDECLARED)) }
}

/// Reads a value of an enumeration that has no place for undeclared ones.
///
/// # Errors
///
/// If there is no string, or an undeclared one.
pub fn closed<'de, D: Deserializer<'de>, T: std::str::FromStr>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(|_| decode::refuse(UNDECLARED))
}

const UNDECLARED: &str = "found an undeclared value";

/// A text that is none of the values of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndeclaredValue;

impl fmt::Display for UndeclaredValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is none of the enumeration's values")
    }
}

impl std::error::Error for UndeclaredValue {}

/// For a type with `fn as_str(&self) -> &str`, `impl From<String>` and `const VALUES: &'static [&'static str]`.
#[allow(unused_macros, reason = "an API without such enumerations does not use it")]
macro_rules! string_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::from(::std::string::String::from(text))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let is_declared = |text: &::std::string::String| Self::VALUES.contains(&text.as_str());
                $crate::runtime::enumeration::open(deserializer, is_declared).map(Self::from)
            }
        }
    };
}

/// For a type with `fn value(&self) -> i64`, `impl From<i64>` and `const VALUES: &'static [i64]`.
#[allow(unused_macros, reason = "an API without such enumerations does not use it")]
macro_rules! integer_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let is_declared = |value: &i64| Self::VALUES.contains(value);
                $crate::runtime::enumeration::open(deserializer, is_declared).map(Self::from)
            }
        }
    };
}

/// For a `Copy` type with `fn as_str(&self) -> &str` and `const VALUES: &'static [Self]`.
#[allow(unused_macros, reason = "an API without such enumerations does not use it")]
macro_rules! closed_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::enumeration::UndeclaredValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let found = Self::VALUES.iter().find(|value| value.as_str() == text);
                found.copied().ok_or($crate::runtime::enumeration::UndeclaredValue)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::enumeration::closed(deserializer)
            }
        }
    };
}

#[allow(unused_imports, reason = "an API without such enumerations does not use them")]
pub(crate) use {closed_enum, integer_enum, string_enum};
