//! What `tracing` records about a call: a span with the attributes that OpenTelemetry has for HTTP clients, and an event for each attempt.
//!
//! Shows no URL, header or body, because any of them may hold a secret. Without the feature `tracing` nothing is done here.

#[cfg(feature = "tracing")]
mod told {
    use tracing::field::Empty;
    use tracing::{Instrument, Span};

    use crate::attempts::Attempt;
    use crate::base_url::port;
    use crate::request_body::RequestBody;
    use crate::transport_error::TransportError;

    /// The span of a call.
    pub(crate) struct Trace(Span);

    impl Trace {
        pub(crate) fn of(request: &http::Request<RequestBody>, attempt: Attempt) -> Self {
            let (method, route) = (request.method().as_str(), attempt.route);
            let span = tracing::info_span!(
                "call",
                otel.name = name(method, route),
                otel.kind = "client",
                otel.status_code = Empty,
                operation = attempt.operation,
                http.request.method = method,
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                server.address = request.uri().host(),
                server.port = port(request.uri()),
                url.template = route,
                "error.type" = Empty,
            );
            Self(span)
        }

        /// Runs the call in its span.
        pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
            call.instrument(self.0.clone())
        }

        /// Notes that an attempt has ended. `last` says whether the call has ended with it.
        pub(crate) fn attempt<B>(&self, number: u32, outcome: &Result<http::Response<B>, TransportError>, last: bool) {
            let status = outcome.as_ref().ok().map(|reply| reply.status().as_u16());
            let error = fault(outcome);
            tracing::debug!(
                attempt = number,
                http.response.status_code = status,
                "error.type" = error.as_deref(),
                "{}",
                if last { "attempt" } else { "attempt, to be repeated" }
            );
            if last {
                self.end(number, status, error);
            }
        }

        fn end(&self, number: u32, status: Option<u16>, error: Option<String>) {
            if number > 1 {
                self.0.record("http.request.resend_count", number - 1);
            }
            if let Some(status) = status {
                self.0.record("http.response.status_code", status);
            }
            if let Some(error) = error {
                self.0.record("error.type", error);
                self.0.record("otel.status_code", "ERROR");
            }
        }
    }

    /// A request that is not in the document has no route.
    fn name(method: &str, route: &str) -> String {
        if route.is_empty() { method.to_owned() } else { format!("{method} {route}") }
    }

    /// The status, or the kind of the error.
    fn fault<B>(outcome: &Result<http::Response<B>, TransportError>) -> Option<String> {
        match outcome {
            Ok(reply) if reply.status().as_u16() < 400 => None,
            Ok(reply) => Some(reply.status().as_str().to_owned()),
            Err(error) => Some(format!("{:?}", error.kind())),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod told {
    use crate::attempts::Attempt;
    use crate::request_body::RequestBody;
    use crate::transport_error::TransportError;

    /// Nothing is told.
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn of(_: &http::Request<RequestBody>, _: Attempt) -> Self {
            Self
        }

        pub(crate) fn attempt<B>(&self, _: u32, _: &Result<http::Response<B>, TransportError>, _: bool) {}
    }
}

pub(super) use told::Trace;
