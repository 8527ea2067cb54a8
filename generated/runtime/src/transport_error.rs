//! What keeps a request from being answered: says in which phase, and keeps the cause.

use std::error::Error;
use std::fmt;

use super::error::Subject;

/// A request that brought no complete reply. Whether the server acted on it is known for some kinds alone.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
    attempts: u32,
    operation: &'static str,
}

/// In which phase a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The client has no transport. Nothing was sent.
    Absent,
    /// The [`Mock`](crate::Mock) of a test has no answer for the request.
    #[cfg(feature = "testing")]
    Unanswered,
    /// The transport needs a Tokio runtime, and the call was not made in one. Nothing was sent.
    NoRuntime,
    /// A blocking call was made in an asynchronous runtime, whose thread it would keep from all other work. Nothing was sent.
    InRuntime,
    /// The logger would record all bytes that are sent, secrets included. Nothing was sent.
    WireLogged,
    /// The URL is plain http to a host that it may not go to. Nothing was sent.
    Insecure,
    /// No connection came about, for another reason than time: the name is unknown, the port closed. Nothing was sent.
    Connect,
    /// No connection came about, because the two sides could not agree on TLS. The client does not trust the server's certificate, or
    /// the server wants one of the client. The server read nothing of the request.
    Tls,
    /// No connection came about in time. Nothing was sent.
    ConnectTimeout,
    /// The body of the request could not be read, so not all of it was sent.
    Body,
    /// The reply was not complete in time.
    Timeout,
    /// The reply is larger than the client accepts.
    TooLarge,
    /// Anything else: the connection broke, the reply is not HTTP.
    Exchange,
}

impl TransportError {
    /// An error with its cause. The cause must not show the URL's query, headers or bodies.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: Some(source.into()), ..kind.into() }
    }

    /// An error of the last of several attempts.
    pub(super) fn after(kind: TransportErrorKind, attempts: u32) -> Self {
        Self { attempts, ..kind.into() }
    }

    /// In which phase the request failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a time limit was reached, while connecting or later.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout)
    }

    /// Whether there was no connection, so that the server saw nothing of the request: it was refused, came too late,
    /// or TLS failed.
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout | TransportErrorKind::Tls)
    }

    /// Whether the same request may succeed later. Whether it may be sent twice is another question.
    pub fn is_retryable(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout, Exchange, Timeout};
        matches!(self.kind, Connect | ConnectTimeout | Timeout | Exchange)
    }

    /// How many times the request was sent, or tried to be.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The id of the operation that failed. Empty if it is not known.
    pub(super) fn operation(&self) -> &'static str {
        self.operation
    }

    pub(super) fn set_operation(&mut self, operation: &'static str) {
        self.operation = operation;
    }

    pub(super) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = if self.kind.is_tried() { attempts } else { attempts.saturating_sub(1) };
    }
}

impl TransportErrorKind {
    /// Whether there was an attempt to send the request.
    fn is_tried(self) -> bool {
        !matches!(self, Self::Absent | Self::NoRuntime | Self::InRuntime | Self::WireLogged | Self::Insecure)
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None, attempts: u32::from(kind.is_tried()), operation: "" }
    }
}

/// Adds the innermost cause, because the errors in between mostly repeat it.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = Subject(self.operation);
        let told = match self.kind {
            TransportErrorKind::Absent => {
                "the client has no transport: enable the feature `reqwest` or `blocking`, or set one"
            }
            #[cfg(feature = "testing")]
            TransportErrorKind::Unanswered => "the mock has no answer for the request",
            TransportErrorKind::NoRuntime => {
                "the default transport needs a Tokio runtime: call from one, or give the client a `UreqTransport`"
            }
            TransportErrorKind::InRuntime => {
                "a blocking call keeps the thread of an asynchronous runtime from all other work: use `send` and `.await`, or a thread of your own"
            }
            TransportErrorKind::WireLogged => {
                "the log would show secrets, because `ureq` writes all that it sends to it: limit the log target `ureq_proto` to the level `DEBUG`"
            }
            TransportErrorKind::Insecure => "plain http is not allowed to this host",
            TransportErrorKind::Connect => "cannot connect to the server",
            TransportErrorKind::Tls => "cannot agree on TLS with the server",
            TransportErrorKind::ConnectTimeout => "cannot connect to the server in time",
            TransportErrorKind::Body => "the body of the request could not be read",
            TransportErrorKind::Timeout => "the server did not answer in time",
            TransportErrorKind::TooLarge => "the reply is larger than the client accepts",
            TransportErrorKind::Exchange => "the exchange with the server failed",
        };
        write!(f, "{of}{told}")?;
        let first: Option<&dyn Error> = self.source();
        let causes = std::iter::successors(first, |error| (*error).source());
        causes.last().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
