//! The default transport, with `reqwest`: HTTP/1.1 over TLS, and HTTP/2 with the feature `http2`.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;

use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::clock::{Clock, SleepFuture};
use super::destination::is_loopback;
use super::request_body::RequestBody;
use super::reqwest_body::reqwest_body;
use super::transport::{Limits, StreamFuture, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};

/// Sends requests with `reqwest`, which needs a Tokio runtime. Follows no redirects, keeps no cookies, and stops
/// reading a reply that is too large.
///
/// With the feature `http2` it speaks HTTP/2 with servers that offer it. Such a server can say that it has not processed a request
/// (`REFUSED_STREAM`, `GOAWAY`). The request is then sent again at once, whatever its method, if its body is in memory.
///
/// A proxy that the environment names (`HTTPS_PROXY`) is used, except for this machine's own servers and for plain http.
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: Arc<Mutex<HashMap<Profile, reqwest::Client>>>,
    configure: Option<Arc<Configure>>,
    clock: TokioClock,
}

/// What a user changes of `reqwest`'s settings.
type Configure = dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync;

/// What `reqwest` lets one choose for a client and not for a request. Each profile keeps its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Profile {
    connect_timeout: Duration,
    /// Whether the server is on this machine.
    loopback: bool,
    /// Whether the request goes by plain http, which the client has allowed.
    plain: bool,
}

impl ReqwestTransport {
    /// A transport without open connections.
    pub fn new() -> Self {
        Self { clients: Arc::default(), configure: None, clock: TokioClock { start: tokio::time::Instant::now() } }
    }

    /// A transport with settings of `reqwest`'s own: a proxy, root certificates, a certificate of the client, a resolver. What this
    /// transport promises (see [`Transport`]) is set after them.
    ///
    /// The function is called for each kind of connection, and may be called again.
    pub fn configured(
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self { configure: Some(Arc::new(configure)), ..Self::new() }
    }

    fn client(&self, profile: Profile) -> Result<reqwest::Client, TransportError> {
        if !is_in_runtime() {
            return Err(TransportErrorKind::NoRuntime.into());
        }
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&profile) {
            return Ok(client.clone());
        }
        let client = profile.build(self.configure.as_deref()).map_err(fault)?;
        clients.insert(profile, client.clone());
        Ok(client)
    }

    async fn exchange(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let client = self.client(Profile::of(&request, limits))?;
        let mut request = outgoing(request)?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut reply = client.execute(request).await.map_err(fault)?;
        let body = body(&mut reply, limits.max_response_size).await?;
        Ok(response(&mut reply, body))
    }

    async fn begin(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        let client = self.client(Profile::of(&request, limits))?;
        let request = outgoing(request)?;
        let mut reply = within(limits.timeout, client.execute(request)).await?;
        let head = response(&mut reply, ());
        Ok(head.map(|()| ByteStream::new(Arriving { reply, idle_timeout: limits.idle_timeout })))
    }
}

/// The request as `reqwest` takes it.
fn outgoing(request: http::Request<RequestBody>) -> Result<reqwest::Request, TransportError> {
    let body = reqwest_body(request.body())?;
    reqwest::Request::try_from(request.map(|_| body)).map_err(fault)
}

/// Waits for no longer than a limit.
async fn within<T>(limit: Duration, work: impl Future<Output = reqwest::Result<T>>) -> Result<T, TransportError> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(fault),
        Err(_) => Err(TransportErrorKind::Timeout.into()),
    }
}

/// Whether there is a runtime that drives sockets and clocks.
fn is_in_runtime() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// A reply's status and headers with a body.
fn response<B>(reply: &mut reqwest::Response, body: B) -> http::Response<B> {
    let mut response = http::Response::new(body);
    *response.status_mut() = reply.status();
    *response.headers_mut() = std::mem::take(reply.headers_mut());
    response
}

/// A body as `reqwest` brings it.
struct Arriving {
    reply: reqwest::Response,
    idle_timeout: Duration,
}

impl Chunks for Arriving {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(async {
            if !is_in_runtime() {
                return Err(TransportErrorKind::NoRuntime.into());
            }
            within(self.idle_timeout, self.reply.chunk()).await
        })
    }
}

impl Transport for ReqwestTransport {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(self.exchange(request, limits))
    }

    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        Box::pin(self.begin(request, limits))
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(&self.clock)
    }
}

impl Default for ReqwestTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// The clock of the runtime that `reqwest` needs; a test may pause it.
#[derive(Clone)]
struct TokioClock {
    start: tokio::time::Instant,
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// Does not wait outside of a runtime, because nothing can be sent there.
    fn sleep(&self, duration: Duration) -> SleepFuture {
        match is_in_runtime() {
            true => Box::pin(tokio::time::sleep(duration)),
            false => Box::pin(std::future::ready(())),
        }
    }

    fn is_concurrent(&self) -> bool {
        is_in_runtime()
    }
}

impl Profile {
    fn of(request: &http::Request<RequestBody>, limits: Limits) -> Self {
        let loopback = is_loopback(request.uri());
        let plain = request.uri().scheme_str() == Some("http");
        Self { connect_timeout: limits.connect_timeout, loopback, plain }
    }

    fn build(self, configure: Option<&Configure>) -> reqwest::Result<reqwest::Client> {
        let builder = reqwest::Client::builder();
        // A proxy of the environment could read plain http. The user's settings come after this, and may name a proxy.
        let builder = if self.loopback || self.plain { builder.no_proxy() } else { builder };
        // Another crate may have turned on HTTP/2 in `reqwest`. Without our feature `http2`, only the settings below may choose HTTP/2.
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        let builder = with_tls(builder)?;
        let builder = match configure {
            Some(configure) => configure(builder),
            None => builder,
        };
        // Another crate may have turned on what this one was not built with.
        #[cfg(not(feature = "gzip"))]
        let builder = builder.no_gzip();
        #[cfg(not(feature = "brotli"))]
        let builder = builder.no_brotli();
        builder
            .no_deflate()
            .no_zstd()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .https_only(!self.plain)
            .build()
    }
}

/// Chooses the TLS backend that this crate was built with. Another crate may have turned on the other backend.
fn with_tls(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::ClientBuilder> {
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(feature = "rustls", not(feature = "native-tls")))]
    let builder = builder.tls_backend_rustls();
    #[cfg(all(feature = "webpki-roots", any(feature = "native-tls", feature = "rustls")))]
    let builder = {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        builder.tls_certs_only(roots.map(|root| reqwest::Certificate::from_der(root)).collect::<Result<Vec<_>, _>>()?)
    };
    Ok(builder)
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
    let is_of_body = causes(&error).any(|cause| cause.is::<TransportError>());
    let kind = match (error.is_connect(), error.is_timeout()) {
        _ if is_of_body => TransportErrorKind::Body,
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) if is_about_tls(&error) => TransportErrorKind::Tls,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Exchange,
    };
    TransportError::new(kind, error.without_url())
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}

/// Whether the two sides could not agree on TLS. `rustls` reports this as invalid data.
fn is_about_tls(error: &reqwest::Error) -> bool {
    #[cfg(feature = "native-tls")]
    if causes(error).any(|cause| cause.is::<native_tls::Error>()) {
        return true;
    }
    let mut causes = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    // An error that wraps another one does not give it as its source.
    causes.any(|cause| std::iter::successors(Some(cause), |error| error.get_ref()?.downcast_ref()).any(is_invalid))
}

fn is_invalid(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}
