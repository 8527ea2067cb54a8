//! Sends a request with the tokens of the client's sources, and once more with new ones if the server rejects them.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::attempts::Attempt;
use super::client::HttpClient;
use super::clock::Clock;
use super::error::Error;
use super::race::race;
use super::request::Request;
use super::request_body::RequestBody;
use super::request_error::RequestError;
use super::security::{Requirements, Scheme};
use super::token::{Scopes, Token, TokenError, TokenErrorKind, TokenSource};
use super::transport_error::TransportError;

/// A token for a scheme, and where it is from.
struct Held {
    scheme: Scheme,
    source: Arc<dyn TokenSource>,
    token: Token,
}

impl HttpClient {
    /// Sends what `write` gives. Gives the reply, and the credentials that the operation requires and the request lacks.
    pub(super) async fn authorized<B, E, F>(
        &self,
        write: impl Fn() -> Result<Request, RequestError>,
        send: impl Fn(Self, http::Request<RequestBody>) -> F,
    ) -> Result<(http::Response<B>, Requirements), Error<E>>
    where
        F: Future<Output = Result<http::Response<B>, TransportError>>,
    {
        let start = self.clock().map(Clock::now);
        let request = write()?;
        let missing = self.missing(&request);
        let tokens = self.tokens(&request, start).await.map_err(Error::Token)?;
        let client = self.with_tokens(&tokens);
        let request = client.prepare(request)?;
        let is_repeatable = request.body().is_repeatable();
        let client = if tokens.is_empty() { client } else { client.since(start) };
        let reply = send(client, request).await?;
        if tokens.is_empty() || !is_rejection(&reply) {
            return Ok((reply, missing));
        }
        tokens.iter().for_each(|held| held.source.invalidate(&held.token));
        let again = if is_repeatable { self.again(&write, &tokens, start).await } else { None };
        // If there is no other token, or the request cannot be sent again, the rejection is the outcome.
        let Some((client, request)) = again else { return Ok((reply, missing)) };
        Ok((send(client.since(start), request).await?, missing))
    }

    /// The same client, with only the time that is left for the call. `start` is when the call began, by the client's clock.
    fn since(&self, start: Option<Duration>) -> Self {
        match self.clock().zip(start) {
            Some((clock, start)) => self.clone().within(self.left(clock, start)),
            None => self.clone(),
        }
    }

    /// A client with new tokens in place of the rejected ones, and the request with them. `None` if there are no new ones.
    async fn again(
        &self,
        write: impl Fn() -> Result<Request, RequestError>,
        rejected: &[Held],
        start: Option<Duration>,
    ) -> Option<(Self, http::Request<RequestBody>)> {
        let request = write().ok()?;
        let tokens = self.tokens(&request, start).await.ok()?;
        let is_same = tokens.iter().zip(rejected).all(|(new, old)| new.token == old.token);
        let client = self.with_tokens(&tokens);
        let request = client.prepare(request).ok().filter(|_| !is_same)?;
        Some((client, request))
    }

    /// The tokens that a request needs, if they are there within the time of the call.
    async fn tokens(&self, request: &Request, start: Option<Duration>) -> Result<Vec<Held>, TokenError> {
        let tokens = self.fetched(request);
        let clock = self.clock().filter(|clock| clock.is_concurrent());
        let Some((clock, start)) = clock.zip(start) else { return tokens.await };
        // The clock is asked to wait only if the tokens are not there at once.
        let limit = async { clock.sleep(self.left(clock, start)).await };
        race(tokens, limit).await.unwrap_or_else(|| Err(TokenErrorKind::TimedOut.into()))
    }

    async fn fetched(&self, request: &Request) -> Result<Vec<Held>, TokenError> {
        let mut tokens = Vec::new();
        for (scheme, source) in self.sources(request) {
            let token = source.token(&Scopes::new(request.scopes_of(scheme.name()).iter().copied())).await?;
            tokens.push(Held { scheme, source, token });
        }
        Ok(tokens)
    }

    fn with_tokens(&self, tokens: &[Held]) -> Self {
        tokens
            .iter()
            .fold(self.clone(), |client, held| client.with_credential(held.scheme, held.token.secret().clone()))
    }
}

/// Whether the server rejects the credential. A reply of another origin, after a redirect, does not count, because that origin gets no
/// credential.
fn is_rejection<B>(reply: &http::Response<B>) -> bool {
    let is_from_elsewhere = reply.extensions().get().is_some_and(|attempt: &Attempt| attempt.elsewhere);
    reply.status() == StatusCode::UNAUTHORIZED && !is_from_elsewhere
}
