//! Why a request could not be written. The error names the part, never its value.

use std::error::Error;
use std::fmt;

/// A request that could not be written, so nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    part: Part,
    name: String,
    reason: &'static str,
}

/// The kind of part that is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Path,
    Query,
    Header,
    Cookie,
    Body,
    Credential,
    Url,
}

impl RequestError {
    pub(super) fn new(part: Part, name: impl Into<String>, reason: &'static str) -> Self {
        Self { part, name: name.into(), reason }
    }

    /// The name of the parameter, header or security scheme at fault, the media type of the body, or the path's
    /// template or a path of the caller's, without its query.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            Part::Path => "path parameter",
            Part::Query => "query parameter",
            Part::Header => "header",
            Part::Cookie => "cookie",
            Part::Body => "body of type",
            Part::Credential => "credential for",
            Part::Url => "URL for",
        };
        write!(f, "{part} `{}` {}", self.name, self.reason)
    }
}

impl Error for RequestError {}
