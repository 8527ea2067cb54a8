//! Reads JSON into a type, tolerantly.
//!
//! Takes bytes or a `serde_json::Value`, gives the type or a [`Failure`] that names the field. Accepted beyond the
//! declaration ([`Mode::Lenient`]):
//!
//! - members and enumeration values that are not declared;
//! - a number where a string is due, and a string that is a JSON number where a number is due (`""` is none; integers
//!   are read exactly, never through a float);
//! - `3600.0` where an integer is due;
//! - `[]` where an object is due, which is how PHP writes an empty one;
//! - `null` for an `Option`.
//!
//! Numbers are what `serde_json` keeps of them: an integer beyond 64 bits is no integer any more, and a fraction's
//! trailing zeros are gone when it becomes a string.

use serde::Deserializer;
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;

pub use super::failure::{Failure, refuse};
use super::mode;
pub use super::mode::Mode;
use super::reader::Reader;

/// Some servers begin a body with it; RFC 8259 (section 8.1) lets a reader ignore it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads a JSON text. Nesting beyond 128 levels is an error.
///
/// # Errors
///
/// If the text is not JSON or does not fit the type.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
    from_value(&value)
}

/// Reads a JSON value.
///
/// # Errors
///
/// If the value does not fit the type.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Failure> {
    read(value, Mode::Lenient).map_err(|failure| failure.of("body"))
}

/// Reads the members that a struct does not declare, with the same tolerance and the same paths as the others:
/// `#[serde(flatten, deserialize_with = "members")]` on a map.
///
/// # Errors
///
/// If a member does not fit the map's values.
pub fn members<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    read(&value, Mode::current()).map_err(Failure::relay)
}

/// Reads a JSON value in a mode, with paths that begin at it.
///
/// # Errors
///
/// If the value does not fit the type.
pub fn read<'de, T: Deserialize<'de>>(value: &'de Value, mode: Mode) -> Result<T, Failure> {
    mode::within(mode, value, || T::deserialize(Reader::new(value, mode)))
}

/// `serde_json` does not quote the text in errors of syntax, and a `Value` makes no others.
fn not_json(error: &serde_json::Error) -> Failure {
    Failure::new(format!("is not JSON: {error}")).of("body")
}
