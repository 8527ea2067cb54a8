//! Members that may be absent, null or a value, each with its own meaning (a merge patch, for one):
//! `#[serde(default, with = "double_option", skip_serializing_if = "Option::is_none")]` on an `Option<Option<T>>`.
//!
//! Absent is `None`, null is `Some(None)`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes null or the value. An absent member is left out by `skip_serializing_if`, not here.
///
/// # Errors
///
/// If the value cannot be written.
pub fn serialize<T: Serialize, S: Serializer>(value: &Option<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(Some(value)) => serializer.serialize_some(value),
        Some(None) | None => serializer.serialize_none(),
    }
}

/// Reads null or the value of a member that is there.
///
/// # Errors
///
/// If the value does not fit the type.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
