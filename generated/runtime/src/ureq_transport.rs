//! The blocking transport, with `ureq`: HTTP/1.1 over TLS, on the thread of the caller.

use std::fmt;
use std::future::ready;
use std::io::{self, Read};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use ureq::config::AutoHeaderValue;
use ureq::{Agent, AsSendBody, Body, Error, SendBody, Timeout};

use super::block_on::block_on;
use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::clock::{Clock, SystemClock};
use super::destination::is_loopback;
use super::request_body::RequestBody;
use super::transport::{Limits, StreamFuture, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};

/// A piece of a body that is read as it arrives.
const CHUNK: usize = 16 * 1024;

/// Sends requests with `ureq` on the thread of the caller, so that no runtime is needed. Follows no redirects, keeps no cookies, and
/// stops reading a reply that is too large.
///
/// `ureq` itself logs what goes over the wire, secrets included, at the level `TRACE` of the crate `log`, for the target `ureq_proto`.
/// If the logger records that, nothing is sent ([`WireLogged`](TransportErrorKind::WireLogged)). At `DEBUG` no secret is shown.
///
/// A proxy that the environment names (`ALL_PROXY`, `HTTPS_PROXY` or `HTTP_PROXY`, the first that is set) is used, except for this
/// machine's own servers and for plain http.
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    /// For servers on this machine and for plain http, without the environment's proxy.
    direct: Agent,
    clock: SystemClock,
}

/// `ureq`'s settings.
type Builder = ureq::config::ConfigBuilder<ureq::typestate::AgentScope>;

impl UreqTransport {
    /// A transport without open connections.
    pub fn new() -> Self {
        Self::configured(|builder| builder)
    }

    /// A transport with settings of `ureq`'s own: a proxy, root certificates, a certificate of the client. What this transport
    /// promises (see [`Transport`]) is set after them.
    pub fn configured(configure: impl Fn(Builder) -> Builder) -> Self {
        let clock = SystemClock::new();
        Self { agent: agent(&configure, false), direct: agent(&configure, true), clock }
    }

    fn send(
        &self,
        mut request: http::Request<RequestBody>,
        limits: Limits,
        whole: bool,
    ) -> Result<http::Response<Body>, TransportError> {
        if is_wire_logged() {
            return Err(TransportErrorKind::WireLogged.into());
        }
        let is_plain = request.uri().scheme_str() == Some("http");
        let agent = if is_plain || is_loopback(request.uri()) { &self.direct } else { &self.agent };
        if request.body().is_empty() {
            return run(agent, request.map(|_| ()), limits, whole).map_err(fault);
        }
        if let Some(length) = request.body().length() {
            request.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        let body = Sending { stream: request.body().open()?, piece: Bytes::new() };
        run(agent, request.map(|_| SendBody::from_owned_reader(body)), limits, whole).map_err(fault)
    }

    fn exchange(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let (parts, mut body) = self.send(request, limits, true)?.into_parts();
        let max = u64::try_from(limits.max_response_size).unwrap_or(u64::MAX);
        if body.content_length().is_some_and(|length| length > max) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        let bytes = body.with_config().limit(max).read_to_vec().map_err(broken)?;
        Ok(http::Response::from_parts(parts, bytes.into()))
    }

    fn begin(
        &self,
        request: http::Request<RequestBody>,
        limits: Limits,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        let reply = self.send(request, limits, false)?;
        Ok(reply.map(|body| ByteStream::new(Arriving(Box::new(body.into_with_config().reader())))))
    }
}

/// Whether what `ureq` sends and receives is written to the log.
fn is_wire_logged() -> bool {
    log::log_enabled!(target: "ureq_proto::util", log::Level::Trace)
}

/// Sends a request, within the time for the whole reply, or for each piece of it.
fn run<B: AsSendBody>(
    agent: &Agent,
    request: http::Request<B>,
    limits: Limits,
    whole: bool,
) -> Result<http::Response<Body>, Error> {
    let plain = request.uri().scheme_str() == Some("http");
    let config = agent
        .configure_request(request)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true)
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(encodings())
        .https_only(!plain)
        .timeout_connect(Some(limits.connect_timeout));
    let config = match whole {
        true => config.timeout_global(Some(limits.timeout)),
        false => config
            .timeout_resolve(Some(limits.connect_timeout))
            .timeout_send_request(Some(limits.timeout))
            .timeout_send_body(Some(limits.timeout))
            .timeout_recv_response(Some(limits.timeout))
            .timeout_per_read(Some(limits.idle_timeout)),
    };
    agent.run(config.build())
}

/// The encodings that the transport was built with. Another crate may have turned on others.
fn encodings() -> AutoHeaderValue {
    match (cfg!(feature = "gzip"), cfg!(feature = "brotli")) {
        (true, true) => AutoHeaderValue::Default,
        (true, false) => AutoHeaderValue::from("gzip"),
        (false, true) => AutoHeaderValue::from("br"),
        (false, false) => AutoHeaderValue::None,
    }
}

fn agent(configure: impl Fn(Builder) -> Builder, direct: bool) -> Agent {
    let builder = with_tls(Agent::config_builder());
    // Before the user's settings, which may name a proxy for this machine as well.
    let builder = if direct { builder.proxy(None) } else { builder };
    configure(builder).build().into()
}

/// Chooses the TLS backend that this crate was built with.
fn with_tls(builder: Builder) -> Builder {
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    let builder = {
        use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
        let provider = if cfg!(feature = "native-tls") { TlsProvider::NativeTls } else { TlsProvider::Rustls };
        let roots = if cfg!(feature = "webpki-roots") { RootCerts::WebPki } else { RootCerts::PlatformVerifier };
        builder.tls_config(TlsConfig::builder().provider(provider).root_certs(roots).build())
    };
    builder
}

impl Transport for UreqTransport {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move { self.exchange(request, limits) })
    }

    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        Box::pin(async move { self.begin(request, limits) })
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(&self.clock)
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

/// A body as `ureq` takes it.
struct Sending {
    stream: ByteStream,
    piece: Bytes,
}

impl Read for Sending {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() {
            self.piece = block_on(self.stream.next()).map_err(io::Error::other)?.unwrap_or_default();
        }
        let piece = self.piece.split_to(buffer.len().min(self.piece.len()));
        buffer.iter_mut().zip(&piece).for_each(|(to, from)| *to = *from);
        Ok(piece.len())
    }
}

/// A body as `ureq` brings it.
struct Arriving(Box<dyn Read + Send>);

impl Chunks for Arriving {
    fn next(&mut self) -> ChunkFuture<'_> {
        let mut chunk = vec![0; CHUNK];
        let read = self.0.read(&mut chunk).map_err(|error| broken(Error::from(error)));
        Box::pin(ready(read.map(|length| {
            chunk.truncate(length);
            (length > 0).then(|| chunk.into())
        })))
    }
}

/// The kind of an error before the headers of the reply. `ureq`'s own text is left out where it may show the URL.
fn fault(error: Error) -> TransportError {
    use TransportErrorKind::{Body, Connect, ConnectTimeout, Tls};
    match error {
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => ConnectTimeout.into(),
        Error::HostNotFound => TransportError::new(Connect, "the name of the host is not known"),
        Error::ConnectionFailed => Connect.into(),
        Error::Tls(reason) => TransportError::new(Tls, reason),
        Error::TlsRequired => TransportError::new(Tls, "the crate was built without TLS"),
        #[cfg(feature = "rustls")]
        Error::Rustls(error) => TransportError::new(Tls, error),
        #[cfg(feature = "native-tls")]
        Error::NativeTls(error) => TransportError::new(Tls, error),
        Error::Io(error) if is_of_body(&error) => TransportError::new(Body, error),
        // No other errors are certain to come before the request was sent.
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => TransportError::new(Connect, error),
        Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => TransportError::new(Tls, error),
        error => broken(error),
    }
}

/// Whether the body of the request could not be read.
fn is_of_body(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|cause| cause.is::<TransportError>())
}

/// The kind of an error once there is a connection.
fn broken(error: Error) -> TransportError {
    use TransportErrorKind::{Exchange, Timeout as TooSlow, TooLarge};
    match error {
        Error::BodyExceedsLimit(_) => TooLarge.into(),
        Error::Timeout(_) => TooSlow.into(),
        Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => TransportError::new(TooSlow, error),
        Error::Io(error) => TransportError::new(Exchange, error),
        Error::BadUri(_) | Error::Http(_) => Exchange.into(),
        error => TransportError::new(Exchange, error),
    }
}
