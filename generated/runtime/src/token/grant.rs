//! What a token endpoint gives, read from a reply by JSON Pointers (RFC 6901).

use std::time::Duration;

use super::error::TokenErrorKind;
use super::exchange::TokenReply;
use crate::input::{Input, look};
use crate::reply::Reply;
use crate::secret::Secret;

/// What a token endpoint gives.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The access token.
    pub token: Secret,
    /// The token that gets the next access token.
    pub refresh_token: Option<Secret>,
    /// How long the access token is valid, from the moment of the request. `None` if this is not known.
    pub life: Option<Duration>,
}

impl Grant {
    /// A token of unknown life, which cannot be refreshed.
    pub fn new(token: Secret) -> Self {
        Self { token, refresh_token: None, life: None }
    }

    /// Reads a successful reply.
    pub(super) fn read(reply: &Reply, shape: &TokenReply) -> Result<Self, TokenErrorKind> {
        let read = look(reply.body(), |body| Self::find(body, shape));
        read.unwrap_or(Err(TokenErrorKind::NoToken))
    }

    fn find(body: Input<'_>, shape: &TokenReply) -> Result<Self, TokenErrorKind> {
        let text = |pointer| body.pointed(pointer)?.text();
        if !shape.success.iter().all(|(pointer, expected)| text(pointer).is_some_and(|text| is_same(&text, expected))) {
            return Err(TokenErrorKind::Refused);
        }
        // A token with a control character cannot be sent.
        let is_token = |text: &str| !text.is_empty() && !text.contains(char::is_control);
        let secret = |pointer| text(pointer).filter(|text| is_token(text)).map(Secret::from);
        Ok(Self {
            token: secret(shape.token).ok_or(TokenErrorKind::NoToken)?,
            refresh_token: shape.refresh_token.and_then(secret),
            life: shape.life.and_then(text).and_then(|text| life(&text)),
        })
    }
}

/// Whether two texts are the same, or the same number.
fn is_same(text: &str, expected: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    text == expected || number(text).is_some_and(|found| number(expected) == Some(found))
}

/// A number of seconds, which may be written as text. Zero, a negative number and anything else mean that the life is not known.
fn life(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite())?;
    // A century is longer than any token is kept, and can be added to any time.
    let life = Duration::try_from_secs_f64(seconds.min(3_155_760_000.0)).ok()?;
    (!life.is_zero()).then_some(life)
}

#[cfg(test)]
mod tests {
    use super::life;
    use std::time::Duration;

    #[test]
    fn lives() {
        for (text, seconds) in
            [("3600", 3600), (" 3600 ", 3600), ("3600.0", 3600), ("9223372036854775807", 3_155_760_000)]
        {
            assert_eq!(life(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["0", "-1", "", "3600abc", "NaN", "-inf", "true", "1h", "0.0"] {
            assert_eq!(life(text), None, "{text}");
        }
    }
}
