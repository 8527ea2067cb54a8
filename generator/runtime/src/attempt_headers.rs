//! Headers that differ with each attempt of a call, such as `traceparent`.

use std::sync::Arc;

use http::HeaderMap;

use super::request_body::RequestBody;

/// Writes headers of an attempt.
#[derive(Clone)]
pub(super) struct AttemptHeaders(Arc<dyn Fn(&mut HeaderMap) + Send + Sync>);

impl AttemptHeaders {
    pub(super) fn new(write: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    /// Adds the headers that the request does not have yet. They are marked as sensitive, because they may hold secrets.
    pub(super) fn add_to(&self, request: &mut http::Request<RequestBody>) {
        let mut headers = HeaderMap::new();
        (self.0)(&mut headers);
        for name in headers.keys().filter(|name| !is_of_transport(name.as_str())) {
            if request.headers().contains_key(name) {
                continue;
            }
            for mut value in headers.get_all(name).iter().cloned() {
                value.set_sensitive(true);
                request.headers_mut().append(name, value);
            }
        }
    }
}

/// Whether a header describes how the request is framed. The transport sets these headers.
pub(super) fn is_of_transport(name: &str) -> bool {
    ["content-length", "transfer-encoding", "connection"].iter().any(|framing| name.eq_ignore_ascii_case(framing))
}
