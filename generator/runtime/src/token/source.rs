//! What gives tokens, and the token itself.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::error::TokenError;
use super::scopes::Scopes;
use crate::secret::Secret;

/// An access token. Cheap to clone. `Debug` does not show it, and its memory is overwritten on drop.
#[derive(Clone)]
pub struct Token(Arc<Inner>);

struct Inner {
    secret: Secret,
    /// When it is due for renewal and when it ends, by the timeline of its cache.
    times: Option<(Duration, Duration)>,
}

impl Token {
    /// A token without a known end.
    pub fn new(secret: Secret) -> Self {
        Self(Arc::new(Inner { secret, times: None }))
    }

    pub(super) fn until(secret: Secret, renewal: Duration, end: Duration) -> Self {
        Self(Arc::new(Inner { secret, times: Some((renewal, end)) }))
    }

    /// The token, as it is sent.
    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// The text of the token. What happens to it from here is the caller's responsibility.
    pub fn expose(&self) -> &str {
        self.0.secret.expose()
    }

    /// Whether it is time to renew it.
    pub(super) fn is_due(&self, now: Duration) -> bool {
        self.0.times.is_some_and(|(renewal, _)| now >= renewal)
    }

    /// How long it is valid from now on.
    pub(super) fn left(&self, now: Duration) -> Duration {
        self.0.times.map_or(Duration::MAX, |(_, end)| end.saturating_sub(now))
    }
}

/// Tokens are the same if their text is.
impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.secret == other.0.secret
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// What a [`TokenSource`] gives: a token, once it is there.
pub type TokenFuture<'s> = Pin<Box<dyn Future<Output = Result<Token, TokenError>> + Send + 's>>;

/// Gives valid tokens. A client that has a source authenticates its calls with it.
pub trait TokenSource: Send + Sync + fmt::Debug {
    /// A token that is valid and is good for the scopes.
    fn token<'s>(&'s self, scopes: &'s Scopes) -> TokenFuture<'s>;

    /// Says that a server has rejected a token, so that it is not given out again. The other tokens of the source stay.
    fn invalidate(&self, token: &Token);
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token<'s>(&'s self, scopes: &'s Scopes) -> TokenFuture<'s> {
        (**self).token(scopes)
    }

    fn invalidate(&self, token: &Token) {
        (**self).invalidate(token);
    }
}

/// A source of one token, which is given out again and again. Use it for tokens from elsewhere, and in tests.
#[derive(Clone, Debug)]
pub struct StaticToken(Token);

impl StaticToken {
    /// A source of this token.
    pub fn new(token: Secret) -> Self {
        Self(Token::new(token))
    }
}

impl TokenSource for StaticToken {
    fn token<'s>(&'s self, _: &'s Scopes) -> TokenFuture<'s> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    /// Does nothing, because there is no other token.
    fn invalidate(&self, _: &Token) {}
}
