//! Stand-in for the tolerant reader: takes JSON text, gives a value or says where it is not one.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why JSON could not be read as a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    path: String,
    reason: String,
}

impl Failure {
    /// The place of the fault.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Reads JSON text.
///
/// # Errors
/// The text is not JSON, or not what `T` needs.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|_| unreadable())
}

/// Reads a JSON value.
///
/// # Errors
/// The value is not what `T` needs.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Failure> {
    T::deserialize(value).map_err(|_| unreadable())
}

fn unreadable() -> Failure {
    Failure { path: "body".to_owned(), reason: "unreadable".to_owned() }
}
