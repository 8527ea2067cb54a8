//! Integers that travel as JSON strings (`type: string, format: int64`): `#[serde(with = "int_text")]`.
//!
//! Writes a string; reads a string or, where tolerance is allowed, a number.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

use super::decode::{self, Mode};
use super::number;

/// Writes an integer as a string.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize<T: Display, S: Serializer>(integer: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(integer)
}

/// Reads an integer from a string or a number.
///
/// # Errors
///
/// If the value is not an integer or does not fit the type.
pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(IntText(PhantomData))
}

const NUMBER: &str = "found a number, expected an integer in a string";

struct IntText<T>(PhantomData<T>);

impl<T: FromStr> Visitor<'_> for IntText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer in a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| decode::refuse("the string is not an integer that fits"))
    }

    fn visit_i64<E: Error>(self, integer: i64) -> Result<T, E> {
        self.visit_i128(integer.into())
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<T, E> {
        self.visit_i128(integer.into())
    }

    fn visit_i128<E: Error>(self, integer: i128) -> Result<T, E> {
        if Mode::current() == Mode::Lenient {
            integer.to_string().parse().map_err(|_| decode::refuse("the number is not an integer that fits"))
        } else {
            Err(decode::refuse(NUMBER))
        }
    }

    fn visit_f64<E: Error>(self, float: f64) -> Result<T, E> {
        match number::is_exact_integer(float) {
            true => self.visit_i128(float as i128),
            false => Err(decode::refuse(NUMBER)),
        }
    }
}

/// The same for an optional member: `#[serde(default, with = "int_text::option")]`.
pub mod option {
    use std::fmt::Display;
    use std::marker::PhantomData;
    use std::str::FromStr;

    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    /// Writes an integer as a string, or null.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    pub fn serialize<T: Display, S: Serializer>(integer: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match integer {
            Some(integer) => super::serialize(integer, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads an integer from a string or a number; null is none.
    ///
    /// # Errors
    ///
    /// If the value is not an integer or does not fit the type.
    pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(Optional(PhantomData))
    }

    struct Optional<T>(PhantomData<T>);

    impl<'de, T: FromStr> Visitor<'de> for Optional<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an integer in a string, or null")
        }

        fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}

/// The same for an optional member that can be null: `#[serde(default, with = "int_text::double_option")]`.
pub mod double_option {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::de::Deserializer;
    use serde::ser::Serializer;

    /// Writes an integer as a string, or null.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    pub fn serialize<T: Display, S: Serializer>(integer: &Option<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        super::option::serialize(&integer.as_ref().and_then(Option::as_ref), serializer)
    }

    /// Reads null, or an integer from a string or a number, of a member that is there.
    ///
    /// # Errors
    ///
    /// If the value is not an integer or does not fit the type.
    pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
        super::option::deserialize(deserializer).map(Some)
    }
}
