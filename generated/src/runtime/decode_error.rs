//! A body that is not what the document declares: says where and why, never what it holds.

use std::error::Error;
use std::fmt;

use http::StatusCode;

use super::decode::Failure;
use super::reply::Reply;

/// The body of a reply could not be read. A reply may be a secret, so neither it nor any value of it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    status: StatusCode,
    content_type: Option<String>,
    length: usize,
    path: String,
    reason: String,
}

impl DecodeError {
    /// The body as a whole is at fault.
    pub(super) fn new(reply: &Reply, reason: impl Into<String>) -> Self {
        Self {
            status: reply.status_code(),
            content_type: reply.content_type(),
            length: reply.body().len(),
            path: "body".to_owned(),
            reason: reason.into(),
        }
    }

    /// A place in the body is at fault.
    pub(super) fn at(reply: &Reply, failure: Failure) -> Self {
        Self { path: failure.path().to_owned(), ..Self::new(reply, failure.reason()) }
    }

    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The declared media type, without parameters.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The length of the body in bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The place of the fault: `body.items[3].expiresIn`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there: `found a string, expected an integer`.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, length, path, reason, .. } = self;
        let content_type = self.content_type().unwrap_or("no media type");
        write!(f, "cannot read the reply {status} ({content_type}, {length} bytes): {path}: {reason}")
    }
}

impl Error for DecodeError {}
