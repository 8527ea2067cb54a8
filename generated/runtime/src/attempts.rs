//! Sends a request, and again if it fails. Gives the outcome of the last attempt.

use std::pin::Pin;
use std::time::Duration;

use super::client::HttpClient;
use super::clock::Clock;
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
    /// The operation's id. It is empty if the document does not have the request.
    pub operation: &'static str,
    /// The path as the document has it, `/pets/{petId}`. Unlike the URL it holds no value of a parameter.
    pub route: &'static str,
    /// Counted from one.
    pub number: u32,
}

impl Attempt {
    /// The first attempt of an operation.
    pub(super) fn first(operation: &'static str, route: &'static str) -> Self {
        Self { operation, route, number: 1 }
    }
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
        let transport = self.transport();
        // Without a clock there is no way to wait.
        let retries = self.clock().zip(self.retry());
        let Some((clock, retry)) = retries else {
            let outcome = send(transport, request, self.limits(self.timeout())).await;
            trace.attempt(first.number, &outcome, true);
            return outcome;
        };
        let (start, mut attempt) = (clock.now(), first);
        loop {
            let left = self.left(clock, start);
            let mut outcome = send(transport, request.clone(), self.limits(left)).await;
            let left = self.left(clock, start);
            let seen = outcome.as_ref().map(|reply| (reply.status(), reply.headers()));
            let wait = retry.wait(&request, seen, attempt.number, left);
            trace.attempt(attempt.number, &outcome, wait.is_none());
            match wait {
                Some(wait) => clock.sleep(wait).await,
                None => {
                    note(&mut outcome, attempt);
                    return outcome;
                }
            }
            attempt.number += 1;
            request.extensions_mut().insert(attempt);
        }
    }

    /// What is left of the time for the whole call.
    pub(super) fn left(&self, clock: &dyn Clock, start: Duration) -> Duration {
        self.timeout().saturating_sub(clock.now().saturating_sub(start))
    }
}

/// Notes in the outcome which attempt it belongs to.
fn note<B>(outcome: &mut Result<http::Response<B>, TransportError>, attempt: Attempt) {
    match outcome {
        Ok(reply) => {
            reply.extensions_mut().insert(attempt);
        }
        Err(error) => error.set_attempts(attempt.number),
    }
}
