//! The default transport: HTTP/1.1 over rustls, by way of `reqwest`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;

use super::base_url::is_loopback;
use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::transport::{Limits, StreamFuture, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};

/// Sends requests with `reqwest`, which needs a Tokio runtime. Follows no redirects, keeps no cookies, and stops
/// reading a reply that is too large.
///
/// A proxy that the environment names (`HTTPS_PROXY`) is used, except for this machine's own servers.
#[derive(Clone, Debug, Default)]
pub struct ReqwestTransport {
    clients: Arc<Mutex<HashMap<Profile, reqwest::Client>>>,
}

/// What `reqwest` lets one choose for a client and not for a request. Each profile keeps its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Profile {
    connect_timeout: Duration,
    /// How long a piece of the body may take, where the whole has no limit.
    read_timeout: Option<Duration>,
    loopback: bool,
}

impl ReqwestTransport {
    /// A transport without open connections.
    pub fn new() -> Self {
        Self::default()
    }

    fn client(&self, profile: Profile) -> Result<reqwest::Client, TransportError> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&profile) {
            return Ok(client.clone());
        }
        let client = profile.build().map_err(fault)?;
        clients.insert(profile, client.clone());
        Ok(client)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let client = self.client(Profile::of(&request, limits, None))?;
        let mut request = reqwest::Request::try_from(request).map_err(fault)?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut reply = client.execute(request).await.map_err(fault)?;
        let body = body(&mut reply, limits.max_response_size).await?;
        Ok(response(&mut reply, body))
    }

    async fn begin(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        let client = self.client(Profile::of(&request, limits, Some(limits.timeout)))?;
        let request = reqwest::Request::try_from(request).map_err(fault)?;
        let mut reply = client.execute(request).await.map_err(fault)?;
        let head = response(&mut reply, ());
        Ok(head.map(|()| ByteStream::new(Arriving(reply))))
    }
}

/// A reply's status and headers with a body.
fn response<B>(reply: &mut reqwest::Response, body: B) -> http::Response<B> {
    let mut response = http::Response::new(body);
    *response.status_mut() = reply.status();
    *response.headers_mut() = std::mem::take(reply.headers_mut());
    response
}

/// A body as `reqwest` brings it.
struct Arriving(reqwest::Response);

impl Chunks for Arriving {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(async { self.0.chunk().await.map_err(fault) })
    }
}

impl Transport for ReqwestTransport {
    fn execute(&self, request: http::Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(self.exchange(request, limits))
    }

    fn open(&self, request: http::Request<Bytes>, limits: Limits) -> StreamFuture<'_> {
        Box::pin(self.begin(request, limits))
    }
}

impl Profile {
    fn of(request: &http::Request<Bytes>, limits: Limits, read_timeout: Option<Duration>) -> Self {
        let loopback = is_loopback(request.uri());
        Self { connect_timeout: limits.connect_timeout, read_timeout, loopback }
    }

    fn build(self) -> reqwest::Result<reqwest::Client> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .https_only(!self.loopback);
        let builder = match self.read_timeout {
            Some(timeout) => builder.read_timeout(timeout),
            None => builder,
        };
        if self.loopback { builder.no_proxy().build() } else { builder.build() }
    }
}

/// Reads chunk by chunk, so that no more than the limit is ever held, whatever length the server announces.
async fn body(reply: &mut reqwest::Response, max: usize) -> Result<Bytes, TransportError> {
    if reply.content_length().is_some_and(|length| length > max as u64) {
        return Err(TransportErrorKind::TooLarge.into());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = reply.chunk().await.map_err(fault)? {
        if chunk.len() > max.saturating_sub(body.len()) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The URL is taken out of the error: an API key may be part of it.
fn fault(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Exchange,
    };
    TransportError::new(kind, error.without_url())
}
