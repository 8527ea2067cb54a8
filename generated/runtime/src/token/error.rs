//! Errors of token sources. No message shows a credential, a token or a body.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::store::StoreError;
use crate::error::Error;
use crate::request_error::RequestError;
use crate::transport_error::TransportError;

/// Why a credential could not be read or made.
pub type CredentialError = Box<dyn StdError + Send + Sync>;

/// The error codes of a token endpoint (RFC 6749, 5.2). They are shown, because they are not secret.
const CODES: [&str; 6] = [
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// The message mentions a difference between the clocks that is at least this great.
const SKEW: Duration = Duration::from_secs(30);

/// Why a source gives no token. Cheap to clone, because all callers that wait for a token get the same error.
#[derive(Clone)]
pub struct TokenError(Arc<Inner>);

struct Inner {
    kind: TokenErrorKind,
    source: Option<Source>,
    /// The error code of the token endpoint.
    code: Option<&'static str>,
    /// The date of this machine and the date of the server, if the server rejects a credential.
    dates: Option<(SystemTime, Option<SystemTime>)>,
}

enum Source {
    Exchange(Error<()>),
    Credential(CredentialError),
    Store(StoreError),
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The exchange brought no token: the request could not be sent, or the server answered with an error.
    Exchange,
    /// The server said in a successful reply that it gives no token.
    Refused,
    /// The server reported success, but the reply holds no token, or no text in its place.
    NoToken,
    /// A token must be minted, but its credential is missing or cannot be read.
    NoCredential,
    /// The refresh token could not be read from the store, or could not be marked there.
    Store,
    /// The exchange took longer than the cache or the call allows.
    TimedOut,
    /// The token's life was over when it arrived.
    Expired,
    /// The tokens were forgotten while this one was on its way.
    Forgotten,
    /// The exchange panicked.
    Panicked,
}

impl TokenError {
    pub(super) fn exchange(error: impl Into<Error<()>>) -> Self {
        Self::of(TokenErrorKind::Exchange, Some(Source::Exchange(error.into())))
    }

    /// An error that the server answered with.
    pub(super) fn answered(error: Error<()>, code: Option<&str>, here: SystemTime, there: Option<SystemTime>) -> Self {
        let is_rejection = matches!(error.status().map(|status| status.as_u16()), Some(400 | 401 | 403));
        let dates = is_rejection.then_some((here, there));
        Self(Arc::new(Inner {
            kind: TokenErrorKind::Exchange,
            source: Some(Source::Exchange(error)),
            code: known(code),
            dates,
        }))
    }

    /// A successful reply that brought no token, with the error code that it may have.
    pub(super) fn without_token(kind: TokenErrorKind, code: Option<&str>) -> Self {
        Self(Arc::new(Inner { kind, source: None, code: known(code), dates: None }))
    }

    pub(super) fn credential(error: CredentialError) -> Self {
        Self::of(TokenErrorKind::NoCredential, Some(Source::Credential(error)))
    }

    /// An error of your own [`Issuer`](super::Issuer), with its cause.
    pub fn new(kind: TokenErrorKind, source: impl Into<CredentialError>) -> Self {
        Self::of(kind, Some(Source::Credential(source.into())))
    }

    fn of(kind: TokenErrorKind, source: Option<Source>) -> Self {
        Self(Arc::new(Inner { kind, source, code: None, dates: None }))
    }

    /// What went wrong.
    pub fn kind(&self) -> TokenErrorKind {
        self.0.kind
    }

    /// The status of the token endpoint's reply, if it is an error.
    pub fn status(&self) -> Option<StatusCode> {
        self.exchange_error()?.status()
    }

    /// The error code of the token endpoint (RFC 6749, 5.2), if it is a known one.
    pub fn code(&self) -> Option<&'static str> {
        self.0.code
    }

    /// Why the exchange failed, if it did.
    pub fn exchange_error(&self) -> Option<&Error<()>> {
        match &self.0.source {
            Some(Source::Exchange(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        self.kind() == TokenErrorKind::TimedOut || self.exchange_error().is_some_and(Error::is_timeout)
    }

    /// Whether the same may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.kind() == TokenErrorKind::TimedOut || self.exchange_error().is_some_and(Error::is_retryable)
    }

    /// Whether the server put the request off, without acting on it (RFC 9110, 15.6.4; RFC 6585, 4).
    pub(super) fn is_put_off(&self) -> bool {
        self.status().is_some_and(|status| matches!(status.as_u16(), 429 | 503))
    }

    /// Whether the server saw nothing of the request.
    pub(super) fn is_unsent(&self) -> bool {
        self.kind() == TokenErrorKind::NoCredential
            || self.exchange_error().is_some_and(|error| match error {
                Error::Request(_) => true,
                Error::Transport(error) => error.is_connect() || error.attempts() == 0,
                _ => false,
            })
    }

    /// Whether the server rejects the refresh token. If the reply has an error code of OAuth, the code decides.
    pub(super) fn is_rejected(&self) -> bool {
        match self.0.code {
            Some(code) => code == "invalid_grant",
            None => {
                let status = self.status().map(|status| status.as_u16());
                self.kind() == TokenErrorKind::Refused || matches!(status, Some(400 | 401 | 403))
            }
        }
    }

    fn source_error(&self) -> Option<&(dyn StdError + 'static)> {
        match self.0.source.as_ref()? {
            Source::Exchange(error) => Some(error),
            Source::Credential(error) => Some(error.as_ref()),
            Source::Store(error) => Some(error),
        }
    }

    /// The part of the message about the clocks.
    fn skew(&self) -> String {
        let Some((here, there)) = self.0.dates else { return String::new() };
        let date = httpdate::fmt_http_date(here);
        let Some(there) = there else { return format!("; this machine's clock says {date}") };
        let (apart, word) = match here.duration_since(there) {
            Ok(ahead) => (ahead, "ahead of"),
            Err(error) => (error.duration(), "behind"),
        };
        if apart < SKEW {
            return String::new();
        }
        format!("; this machine's clock ({date}) is {} seconds {word} the server's", apart.as_secs())
    }
}

/// The error code, if it may be shown.
fn known(code: Option<&str>) -> Option<&'static str> {
    code.and_then(|code| CODES.into_iter().find(|known| *known == code))
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind() {
            TokenErrorKind::Exchange => "the exchange brought no token",
            TokenErrorKind::Refused => "the server gives no token, though its status is a success",
            TokenErrorKind::NoToken => "the server reported success, but its reply holds no token",
            TokenErrorKind::NoCredential => "there is no credential to mint a token with",
            TokenErrorKind::Store => "the store of refresh tokens failed",
            TokenErrorKind::TimedOut => "the exchange took too long",
            TokenErrorKind::Expired => "the token's life was over when it arrived",
            TokenErrorKind::Forgotten => "the tokens were forgotten while this one was on its way",
            TokenErrorKind::Panicked => "the exchange panicked",
        })?;
        if let Some(error) = self.source_error() {
            write!(f, ": {error}")?;
        }
        if let Some(code) = self.code() {
            write!(f, ", `{code}`")?;
        }
        f.write_str(&self.skew())
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenError({self})")
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source_error()?.source()
    }
}

impl From<TokenErrorKind> for TokenError {
    fn from(kind: TokenErrorKind) -> Self {
        Self::of(kind, None)
    }
}

impl From<StoreError> for TokenError {
    fn from(error: StoreError) -> Self {
        Self::of(TokenErrorKind::Store, Some(Source::Store(error)))
    }
}

impl From<RequestError> for TokenError {
    fn from(error: RequestError) -> Self {
        Self::exchange(error)
    }
}

impl From<TransportError> for TokenError {
    fn from(error: TransportError) -> Self {
        Self::exchange(error)
    }
}
