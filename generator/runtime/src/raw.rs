//! Requests that are not in the document. They are sent like the requests of its operations.

use std::fmt;

use http::Method;
use serde_core::Serialize;

use super::byte_stream::ByteStream;
use super::client::HttpClient;
use super::encode::{Target, encode};
use super::error::Error;
use super::reply::Reply;
use super::request::Request;
use super::request_body::RequestBody;
use super::request_error::{Part, RequestError};
use super::response::Response;
use super::retry::Retry;

/// A request to a path of the caller's choice. It is sent with every credential of the client.
#[must_use = "a call does nothing until it is sent"]
pub struct RawCall {
    http: HttpClient,
    request: Result<Request, RequestError>,
}

impl RawCall {
    /// A request to a path below the client's server. The path begins with a slash, and may have a query.
    pub fn new(http: &HttpClient, method: Method, path: &str) -> Self {
        Self { http: http.clone(), request: Request::raw(method, path) }
    }

    /// Adds a parameter to the query.
    pub fn query(self, name: &str, value: &str) -> Self {
        self.change(|request| {
            request.add_query(&encode(name, Target::Query), &encode(value, Target::Query));
            Ok(())
        })
    }

    /// Sends one more header. It replaces a header of the client with the same name.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self { http: self.http.with_header(name, value), request: self.request }
    }

    /// Sends a value as JSON.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.change(|request| {
            let unwritable = |_| RequestError::new(Part::Body, "application/json", "cannot be written as JSON");
            request.bytes("application/json", serde_json::to_vec(body).map_err(unwritable)?);
            Ok(())
        })
    }

    /// Sends a body of any type.
    pub fn body(self, media_type: &str, body: impl Into<RequestBody>) -> Self {
        self.change(|request| {
            request.bytes(media_type.to_owned(), body);
            Ok(())
        })
    }

    /// Sends no credential.
    pub fn anonymous(self) -> Self {
        self.change(|request| {
            request.set_anonymous();
            Ok(())
        })
    }

    /// Sends the call again if it fails in a way that may pass.
    pub fn retry(self, retry: Retry) -> Self {
        Self { http: self.http.with_retry(retry), request: self.request }
    }

    /// Follows up to this many redirects, see [`HttpClient::with_redirects`].
    pub fn redirects(self, max: u32) -> Self {
        Self { http: self.http.with_redirects(max), request: self.request }
    }

    /// Sends the request and gives the reply.
    ///
    /// # Errors
    /// The request could not be written or sent, or the status of the reply is not a success.
    pub async fn send(self) -> Result<Reply, Error<()>> {
        let written = || self.request.clone();
        let (reply, _) = self.http.authorized(written, async |client, request| client.whole(request).await).await?;
        let reply = Reply::new(reply);
        if reply.status_code().is_success() { Ok(reply) } else { Err(reply.unsuccessful()) }
    }

    /// Sends the request and gives the body of the reply as it arrives.
    ///
    /// # Errors
    /// As [`RawCall::send`].
    pub async fn send_stream(self) -> Result<Response<ByteStream>, Error<()>> {
        let written = || self.request.clone();
        let (reply, _) = self.http.authorized(written, async |client, request| client.open(request).await).await?;
        if !reply.status().is_success() {
            return Err(self.http.collect(reply).await?.unsuccessful());
        }
        let (parts, body) = reply.into_parts();
        Ok(Response::new(parts.status, parts.headers, body))
    }

    fn change(self, change: impl FnOnce(&mut Request) -> Result<(), RequestError>) -> Self {
        let request = self.request.and_then(|mut request| change(&mut request).map(|()| request));
        Self { http: self.http, request }
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.request, f)
    }
}
