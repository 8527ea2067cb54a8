//! A body that is not what the document declares: says where and why, keeps what it holds, and shows nothing of it.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::error::Subject;
use super::fault::Fault;
use super::interop;
use super::reply::Reply;

/// The body of a reply could not be read. A reply may be a secret, so neither `Display` nor `Debug` shows any of it.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Unread>);

#[derive(Clone, PartialEq, Eq)]
struct Unread {
    reply: Reply,
    fault: Fault,
}

impl DecodeError {
    pub(super) fn new(reply: Reply, fault: Fault) -> Self {
        Self(Box::new(Unread { reply, fault }))
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.0.reply.status_code()
    }

    /// The headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        self.0.reply.headers()
    }

    pub(super) fn reply(&self) -> &Reply {
        &self.0.reply
    }

    /// The body as it came. Its length is within the client's limit for replies.
    pub fn body(&self) -> &Bytes {
        self.0.reply.body()
    }

    /// The body as JSON of a type of the caller's choice.
    ///
    /// # Errors
    /// The body is not JSON, or not what the type needs.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        interop::from_body(self.body())
    }

    /// The declared media type, in lower case and without parameters.
    pub fn content_type(&self) -> Option<String> {
        self.0.reply.content_type()
    }

    /// The place of the fault: `body.items[3].expiresIn`.
    pub fn path(&self) -> String {
        self.0.fault.path()
    }

    /// What is wrong there: `found a string, expected an integer`.
    pub fn reason(&self) -> &str {
        self.0.fault.reason()
    }

    /// Where the faulty value begins, in bytes from the beginning of the body.
    pub fn offset(&self) -> usize {
        self.0.fault.offset()
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.content_type();
        let content_type = content_type.as_deref().unwrap_or("no media type");
        let (status, length) = (self.status(), self.body().len());
        let (of, fault) = (Subject(self.reply().operation()), &self.0.fault);
        write!(f, "{of}cannot read the reply {status} ({content_type}, {length} bytes): {fault}")
    }
}

impl Error for DecodeError {}
