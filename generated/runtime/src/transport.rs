//! What sends a request and brings back the reply: the interface between a client and the network.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::byte_stream::ByteStream;
use super::clock::Clock;
use super::request_body::RequestBody;
use super::transport_error::TransportError;

/// The bounds of one exchange, which a [`Transport`] keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time that connecting may take; ten seconds by default.
    pub connect_timeout: Duration,
    /// The time that the whole exchange may take, up to the last byte of the reply; thirty seconds by default.
    pub timeout: Duration,
    /// The time that may pass between two pieces of a body that is read as it arrives; thirty seconds by default.
    pub idle_timeout: Duration,
    /// The number of bytes that the body of a reply may have; 16 MiB by default.
    pub max_response_size: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(30),
            max_response_size: 16 * 1024 * 1024,
        }
    }
}

/// What a [`Transport`] gives back: the reply, once it is there.
pub type TransportFuture<'t> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 't>>;

/// What a [`Transport`] gives back where the body is to be read as it arrives.
pub type StreamFuture<'t> =
    Pin<Box<dyn Future<Output = Result<http::Response<ByteStream>, TransportError>> + Send + 't>>;

/// Sends requests. The client has put everything into the request: server, credentials, body.
///
/// A transport can wrap another one and pass requests on, see [`HttpClient::with_layer`](super::HttpClient::with_layer). The extension
/// [`Attempt`](super::Attempt) of a request names its operation.
///
/// An implementation follows no redirects and keeps no cookies, so that credentials go only where the user wants them. The client follows
/// redirects itself, see [`HttpClient::with_redirects`](super::HttpClient::with_redirects). The request's sensitive headers are marked, but
/// its URL may hold an API key, so do not log the URL.
pub trait Transport: Send + Sync + Debug {
    /// Sends one request and reads the whole reply.
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_>;

    /// Sends one request and leaves the body to be read as it arrives. The limits hold for the time up to the reply's headers
    /// and between two pieces, not for the whole.
    ///
    /// The default waits for the whole body, but a stream of events may never end. A transport that wraps another one has to pass this
    /// on as well.
    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        Box::pin(async move { Ok(self.execute(request, limits).await?.map(ByteStream::whole)) })
    }

    /// The clock by which a client waits before it sends a request again. Without a clock, the client does not send requests again and does
    /// not follow redirects.
    fn clock(&self) -> Option<&dyn Clock> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        (**self).execute(request, limits)
    }

    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        (**self).open(request, limits)
    }

    fn clock(&self) -> Option<&dyn Clock> {
        (**self).clock()
    }
}

/// The transport of a client that was given none.
#[cfg(feature = "reqwest")]
pub(super) fn default_transport() -> Arc<dyn Transport> {
    Arc::new(super::reqwest_transport::ReqwestTransport::new())
}

/// The transport of a client that was given none.
#[cfg(all(feature = "blocking", not(feature = "reqwest")))]
pub(super) fn default_transport() -> Arc<dyn Transport> {
    Arc::new(super::ureq_transport::UreqTransport::new())
}

/// The transport of a client that was given none.
#[cfg(not(any(feature = "blocking", feature = "reqwest")))]
pub(super) fn default_transport() -> Arc<dyn Transport> {
    Arc::new(Absent)
}

/// Replaces a missing transport, and fails each request with the reason.
#[cfg(not(any(feature = "blocking", feature = "reqwest")))]
#[derive(Debug)]
struct Absent;

#[cfg(not(any(feature = "blocking", feature = "reqwest")))]
impl Transport for Absent {
    fn execute(&self, _: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        Box::pin(std::future::ready(Err(super::transport_error::TransportErrorKind::Absent.into())))
    }
}
