//! What a call can fail with, from the first byte of the request to the last of the reply.
//!
//! No message here shows a body, the value of a header, the query of a URL, or a value at fault: any of them may be a
//! secret.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

#[cfg(feature = "checks")]
use super::check::Violations;
use super::decode_error::DecodeError;
use super::fault::Fault;
use super::interop;
use super::reply::Reply;
use super::request_error::RequestError;
use super::retry::may_pass;
use super::retry_after::retry_after;
use super::security::Requirements;
use super::token::TokenError;
use super::transport_error::TransportError;

/// Headers in which servers name a request.
const REQUEST_IDS: [&str; 7] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "cf-ray",
];

/// Why a call brought no value. `E` is the type of the error bodies that the operation declares.
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be written; nothing was sent.
    Request(RequestError),
    /// What was to be sent breaks bounds of the document; nothing was sent.
    #[cfg(feature = "checks")]
    Check(Violations),
    /// The call was not sent, because no valid token could be fetched for it.
    Token(TokenError),
    /// No complete reply arrived.
    Transport(TransportError),
    /// The server answered with an error, or with a status that the document does not declare.
    Api(Box<ApiError<E>>),
    /// The server reported success, but its body could not be read.
    Decode(Box<DecodeError>),
}

impl<E> Error<E> {
    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Request(_) | Self::Token(_) | Self::Transport(_) => None,
            #[cfg(feature = "checks")]
            Self::Check(_) => None,
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
        }
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::Token(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether there was no connection to the server, so that it saw nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// The reply, if there was one.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Request(_) | Self::Token(_) | Self::Transport(_) => None,
            #[cfg(feature = "checks")]
            Self::Check(_) => None,
            Self::Api(error) => Some(&error.reply),
            Self::Decode(error) => Some(error.reply()),
        }
    }

    /// Whether the same call may succeed later. [`Retry`](super::Retry) repeats calls after the same failures. This does not say
    /// whether the request is safe to send twice.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Token(error) => error.is_retryable(),
            _ => self.is_api() && self.status().is_some_and(|status| may_pass(status.as_u16())),
        }
    }

    /// Whether the server did not find what the call asks for (404, 410).
    pub fn is_not_found(&self) -> bool {
        self.is_api() && self.status().is_some_and(|status| matches!(status.as_u16(), 404 | 410))
    }

    /// Whether the server rejected the credential, or got none (401).
    pub fn is_unauthorized(&self) -> bool {
        self.is_api() && self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    fn is_api(&self) -> bool {
        matches!(self, Self::Api(_))
    }

    /// How long the server asks to wait (`Retry-After`). Zero if it names a date in the past. For
    /// [`Error::Token`], this is what the token endpoint asks.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Token(error) => error.exchange_error()?.retry_after(),
            _ => retry_after(self.reply()?.headers()),
        }
    }

    /// What the server calls the request in its logs, from the header that it uses for that: `X-Request-Id` or another usual one.
    pub fn request_id(&self) -> Option<&str> {
        if let Self::Token(error) = self {
            return error.exchange_error()?.request_id();
        }
        let headers = self.reply()?.headers();
        REQUEST_IDS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
    }

    /// How many times the client has tried to send the request. Zero if it did not try, such as when the request could not be written. For
    /// [`Error::Token`], these are the attempts to get a token.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(error) => error.attempts(),
            Self::Token(error) => error.exchange_error().map_or(0, Error::attempts),
            _ => self.reply().map_or(0, Reply::attempts),
        }
    }

    /// The same error without the type of the body, so that errors of several operations go through one `?`. Status, headers and
    /// bytes stay.
    pub fn into_untyped(self) -> Error<()> {
        match self {
            Self::Request(error) => Error::Request(error),
            #[cfg(feature = "checks")]
            Self::Check(error) => Error::Check(error),
            Self::Token(error) => Error::Token(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Api(error) => Error::Api(Box::new(error.into_untyped())),
            Self::Decode(error) => Error::Decode(error),
        }
    }

    /// The id of the operation that failed. `None` in three cases: the request could not be written, no token could be had for it, or the
    /// request is not in the document.
    pub fn operation(&self) -> Option<&'static str> {
        let operation = match self {
            Self::Transport(error) => error.operation(),
            _ => self.reply().map_or("", Reply::operation),
        };
        (!operation.is_empty()).then_some(operation)
    }

    /// Notes the operation in an error that came without a reply. A reply holds its operation itself.
    pub(super) fn of(mut self, operation: &'static str) -> Self {
        if let Self::Transport(error) = &mut self {
            error.set_operation(operation);
        }
        self
    }

    /// Notes the credentials that the operation requires and the request lacks.
    pub(super) fn without(mut self, missing: Requirements) -> Self {
        if let Self::Api(error) = &mut self {
            error.missing = missing;
        }
        self
    }

    fn inner(&self) -> &dyn std::error::Error {
        match self {
            Self::Request(error) => error,
            #[cfg(feature = "checks")]
            Self::Check(error) => error,
            Self::Token(error) => error,
            Self::Transport(error) => error,
            Self::Api(error) => error.as_ref(),
            Self::Decode(error) => error.as_ref(),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.inner(), f)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

/// `Display` shows the message of the error inside the variant, so `source` gives the source of that error.
impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            #[cfg(feature = "checks")]
            Self::Check(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

#[cfg(feature = "checks")]
impl<E> From<Violations> for Error<E> {
    fn from(violations: Violations) -> Self {
        Self::Check(violations)
    }
}

impl<E> From<ApiError<E>> for Error<E> {
    fn from(error: ApiError<E>) -> Self {
        Self::Api(Box::new(error))
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// A reply that means failure: status, headers and bytes, and the typed body where the document declares one.
pub struct ApiError<E> {
    reply: Reply,
    outcome: Outcome<E>,
    /// The credentials that the operation requires and the request lacks.
    missing: Requirements,
}

enum Outcome<E> {
    Declared(E),
    Unreadable(DecodeError),
    /// The document declares the status, but no content for it.
    Bare,
    Undeclared,
}

impl<E> ApiError<E> {
    /// An error as a server reports it, for doubles in tests: the body as the document declares it, and the reply that it came in.
    pub fn new(reply: Reply, error: E) -> Self {
        Self::with(reply, Outcome::Declared(error))
    }

    pub(super) fn declared(reply: Reply, error: Result<E, DecodeError>) -> Self {
        let outcome = match error {
            Ok(error) => Outcome::Declared(error),
            Err(fault) => Outcome::Unreadable(fault),
        };
        Self::with(reply, outcome)
    }

    pub(super) fn bare(reply: Reply) -> Self {
        Self::with(reply, Outcome::Bare)
    }

    pub(super) fn undeclared(reply: Reply) -> Self {
        Self::with(reply, Outcome::Undeclared)
    }

    fn with(reply: Reply, outcome: Outcome<E>) -> Self {
        Self { reply, outcome, missing: &[] }
    }

    fn into_untyped(self) -> ApiError<()> {
        let outcome = match self.outcome {
            Outcome::Declared(_) => Outcome::Declared(()),
            Outcome::Unreadable(fault) => Outcome::Unreadable(fault),
            Outcome::Bare => Outcome::Bare,
            Outcome::Undeclared => Outcome::Undeclared,
        };
        ApiError { reply: self.reply, outcome, missing: self.missing }
    }

    /// The status, which compares with a number: `error.status() == 401`.
    pub fn status(&self) -> StatusCode {
        self.reply.status_code()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        self.reply.body()
    }

    /// The body as JSON of a type of the caller's choice.
    ///
    /// # Errors
    /// The body is not JSON, or not what the type needs.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        interop::from_body(self.body())
    }

    /// The body as the document declares it. `None` if it could not be read, or if the document declares no body for the status.
    pub fn error(&self) -> Option<&E> {
        match &self.outcome {
            Outcome::Declared(error) => Some(error),
            Outcome::Unreadable(_) | Outcome::Bare | Outcome::Undeclared => None,
        }
    }

    /// As [`ApiError::error`], by value.
    pub fn into_error(self) -> Option<E> {
        match self.outcome {
            Outcome::Declared(error) => Some(error),
            Outcome::Unreadable(_) | Outcome::Bare | Outcome::Undeclared => None,
        }
    }

    /// Why a declared body could not be read. `None` if it could be read, or if the document declares no body for the status.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.outcome {
            Outcome::Unreadable(fault) => Some(fault),
            Outcome::Declared(_) | Outcome::Bare | Outcome::Undeclared => None,
        }
    }

    fn remark(&self) -> &'static str {
        match self.outcome {
            Outcome::Declared(_) | Outcome::Bare => "",
            Outcome::Unreadable(_) => ", and the body could not be read",
            Outcome::Undeclared => ", which the document does not declare",
        }
    }

    /// The credentials that were not set. Only for replies of status 401 and 403.
    fn credentials(&self) -> String {
        if !matches!(self.reply.status(), 401 | 403) || self.missing.is_empty() {
            return String::new();
        }
        let together = |names: &&[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        let alternatives: Vec<String> = self.missing.iter().map(together).collect();
        format!("; the client has no credential for {}", alternatives.join(", or "))
    }
}

impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = Subject(self.reply.operation());
        write!(f, "ApiError({of}{}{}{})", self.reply.summary(), self.remark(), self.credentials())
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = Subject(self.reply.operation());
        write!(f, "{of}the server answered {}{}{}", self.reply.summary(), self.remark(), self.credentials())
    }
}

impl<E> std::error::Error for ApiError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.decode_error().map(|fault| fault as _)
    }
}

/// The id of an operation in front of a message. Nothing if it is not known.
pub(super) struct Subject(pub &'static str);

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "{}: ", self.0) }
    }
}
