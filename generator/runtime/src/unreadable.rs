//! An event or a value of a stream that could not be read. It is kept, because the rest of the stream can still be read.

use std::fmt;

use serde_core::de::DeserializeOwned;

use super::fault::Fault;
use super::interop;

/// An event, or an item of a stream, whose data is not what the document says.
///
/// `Debug` shows only the fault, because the data may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Unreadable {
    event: Option<String>,
    id: Option<String>,
    data: Vec<u8>,
    fault: Fault,
}

impl Unreadable {
    pub(super) fn event(event: Option<String>, id: Option<String>, data: String, fault: Fault) -> Self {
        Self { event, id, data: data.into_bytes(), fault }
    }

    pub(super) fn item(data: Vec<u8>, fault: Fault) -> Self {
        Self { event: None, id: None, data, fault }
    }

    /// The event's type (`event:`), if it has one.
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// The last identifier that the server has given (`id:`).
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What it holds (`data:`), as it came.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// What is wrong with the data.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The data as JSON of a type of the caller's choice.
    ///
    /// # Errors
    /// The data is not JSON, or not what the type needs.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        interop::from_body(&self.data)
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unreadable({} bytes, {})", self.data.len(), self.fault)
    }
}
