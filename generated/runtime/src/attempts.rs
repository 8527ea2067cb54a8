//! Sends a request. Sends it again if it fails, and follows redirects. Gives the outcome of the last attempt.

use std::pin::Pin;
use std::time::Duration;

use http::Uri;

use super::client::HttpClient;
use super::clock::Clock;
use super::redirect::redirect;
use super::request_body::RequestBody;
use super::trace::Trace;
use super::transport::{Limits, Transport};
use super::transport_error::{TransportError, TransportErrorKind};

/// Describes an attempt. Requests and replies carry it as an extension, so that layers can read it.
///
/// Read it by `request.extensions().get::<Attempt>()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation's id. It is empty if the request is not in the document.
    pub operation: &'static str,
    /// The path as the document has it, `/pets/{petId}`. Unlike the URL, it does not hold the values of parameters.
    pub route: &'static str,
    /// Counted from one.
    pub number: u32,
    /// How many redirects led here, see [`HttpClient::with_redirects`].
    pub redirects: u32,
    /// Whether a redirect led to another origin. The request has no credential there, and a layer should add none.
    pub elsewhere: bool,
}

impl Attempt {
    /// The first attempt of an operation.
    pub(super) fn first(operation: &'static str, route: &'static str) -> Self {
        Self { operation, route, number: 1, redirects: 0, elsewhere: false }
    }

    /// How many attempts the client has made, up to the one that brought this reply.
    pub(super) fn count<B>(reply: &http::Response<B>) -> u32 {
        reply.extensions().get().map_or(1, |attempt: &Self| attempt.number)
    }
}

/// What follows an attempt.
enum Next {
    /// The same request, after a wait.
    Again(Duration),
    /// The request to another URL.
    Redirect(Uri),
    /// Nothing. The outcome of the attempt is the outcome of the call.
    Nothing,
}

/// The outcome of an attempt, once it is there.
type Sent<'t, B> = Pin<Box<dyn Future<Output = Result<http::Response<B>, TransportError>> + Send + 't>>;

/// A method of the transport.
type Method<B> = for<'t> fn(&'t dyn Transport, http::Request<RequestBody>, Limits) -> Sent<'t, B>;

impl HttpClient {
    /// Sends a request, and again where the client retries.
    pub(super) async fn attempt<B>(
        &self,
        mut request: http::Request<RequestBody>,
        send: Method<B>,
    ) -> Result<http::Response<B>, TransportError> {
        if !self.may_go_to(request.uri()) {
            return Err(TransportErrorKind::Insecure.into());
        }
        let first = request.extensions().get().copied().unwrap_or_else(|| {
            let first = Attempt::first("", "");
            request.extensions_mut().insert(first);
            first
        });
        let trace = Trace::of(&request, first);
        let call = self.repeat(request, first, send, &trace);
        #[cfg(feature = "tracing")]
        let call = trace.around(call);
        call.await
    }

    async fn repeat<B>(
        &self,
        mut request: http::Request<RequestBody>,
        first: Attempt,
        send: Method<B>,
        trace: &Trace,
    ) -> Result<http::Response<B>, TransportError> {
        // Without a clock, the client can neither wait nor measure the time that is left.
        let Some(clock) = self.clock().filter(|_| self.sends_more()) else {
            self.add_headers(&mut request, first);
            let outcome = send(self.transport(), request, self.limits(self.timeout())).await;
            trace.attempt(first.number, &outcome, true);
            return outcome;
        };
        let (start, mut attempt) = (clock.now(), first);
        loop {
            let mut sent = request.clone();
            sent.extensions_mut().insert(attempt);
            self.add_headers(&mut sent, attempt);
            let mut outcome = send(self.transport(), sent, self.limits(self.left(clock, start))).await;
            let next = self.next(&request, &outcome, attempt, self.left(clock, start));
            trace.attempt(attempt.number, &outcome, matches!(next, Next::Nothing));
            match next {
                Next::Again(wait) => clock.sleep(wait).await,
                Next::Redirect(target) => {
                    attempt.redirects += 1;
                    attempt.elsewhere |= redirect(&mut request, target);
                }
                Next::Nothing => {
                    note(&mut outcome, attempt);
                    return outcome;
                }
            }
            attempt.number += 1;
        }
    }

    /// What follows an attempt. A redirect does not count as an attempt that [`Retry`](super::Retry) allows.
    fn next<B>(
        &self,
        request: &http::Request<RequestBody>,
        outcome: &Result<http::Response<B>, TransportError>,
        attempt: Attempt,
        left: Duration,
    ) -> Next {
        let seen = outcome.as_ref().map(|reply| (reply.status(), reply.headers()));
        let target = seen.ok().and_then(|reply| self.redirected(request, reply, attempt));
        if let Some(target) = target.filter(|_| !left.is_zero()) {
            return Next::Redirect(target);
        }
        let wait = self.retry().and_then(|retry| retry.wait(request, seen, attempt.number - attempt.redirects, left));
        wait.map_or(Next::Nothing, Next::Again)
    }

    /// The time that is left for the whole call.
    pub(super) fn left(&self, clock: &dyn Clock, start: Duration) -> Duration {
        self.timeout().saturating_sub(clock.now().saturating_sub(start))
    }
}

/// Notes the attempt in its outcome.
fn note<B>(outcome: &mut Result<http::Response<B>, TransportError>, attempt: Attempt) {
    match outcome {
        Ok(reply) => {
            reply.extensions_mut().insert(attempt);
        }
        Err(error) => error.set_attempts(attempt.number),
    }
}
