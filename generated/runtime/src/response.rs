//! A value, with the status, the headers and the bytes of its reply.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::reply::Reply;

/// The reply of a successful call: the value, the status and the headers.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: Arc<HeaderMap>,
    body: Bytes,
    value: T,
}

impl<T> Response<T> {
    /// A response. Calls give one; a test can make one in place of a call.
    pub fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self { status, headers: Arc::new(headers), body: Bytes::new(), value }
    }

    /// A response with a value that was read from the reply.
    pub(super) fn of(reply: &Reply, value: T) -> Self {
        Self { status: reply.status_code(), headers: reply.shared_headers(), body: reply.body().clone(), value }
    }

    /// The status, which compares with a number: `response.status() == 201`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, even if the document does not declare it. Empty for a reply that is still arriving.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same response with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { status: self.status, headers: self.headers, body: self.body, value: change(self.value) }
    }
}

/// Shows only the names of the headers, and nothing of the body, because values may be secrets.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().map(|name| name.as_str()).collect::<Vec<_>>())
            .field("value", &self.value)
            .finish()
    }
}
