//! Services and layers of `tower` in place of a transport, and a transport as a service.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use tower_layer::Layer;
use tower_service::Service;

use super::byte_stream::ByteStream;
use super::clock::Clock;
use super::request_body::RequestBody;
use super::transport::{Limits, StreamFuture, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};

/// A transport that sends requests with a service. The extension [`Limits`] of a request has the limits of the client, and the service must
/// enforce them. The transport itself enforces only the greatest size of a reply.
///
/// An error of the service that is not a [`TransportError`] becomes one of the kind [`TransportErrorKind::Exchange`].
pub struct TowerTransport<S> {
    service: Mutex<S>,
    below: Option<Arc<dyn Transport>>,
}

impl<S> TowerTransport<S> {
    /// A transport over a service.
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service), below: None }
    }
}

impl<S> TowerTransport<S> {
    /// A layer over a transport: `client.with_layer(|transport| TowerTransport::layered(transport, layer))`.
    pub fn layered<L: Layer<TransportService, Service = S>>(transport: Arc<dyn Transport>, layer: L) -> Self {
        let below = Some(Arc::clone(&transport));
        Self { service: Mutex::new(layer.layer(TransportService { transport })), below }
    }
}

impl<S, E> TowerTransport<S>
where
    S: Service<http::Request<RequestBody>, Response = http::Response<ByteStream>, Error = E> + Clone,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    async fn call(
        &self,
        mut request: http::Request<RequestBody>,
        limits: Limits,
        whole: bool,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        request.extensions_mut().insert(limits);
        request.extensions_mut().insert(Whole(whole));
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        poll_fn(|context| service.poll_ready(context)).await.map_err(fault)?;
        service.call(request).await.map_err(fault)
    }
}

impl<S, E> Transport for TowerTransport<S>
where
    S: Service<http::Request<RequestBody>, Response = http::Response<ByteStream>, Error = E> + Clone + Send,
    S::Future: Send,
    E: Into<Box<dyn Error + Send + Sync>> + Send + 'static,
{
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = self.call(request, limits, true).await?.into_parts();
            Ok(http::Response::from_parts(parts, collect(body, limits.max_response_size).await?))
        })
    }

    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        Box::pin(self.call(request, limits, false))
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.below.as_ref()?.clock()
    }
}

async fn collect(mut stream: ByteStream, max: usize) -> Result<Bytes, TransportError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = stream.next().await? {
        if chunk.len() > max.saturating_sub(body.len()) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn fault(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    match error.into().downcast() {
        Ok(error) => *error,
        Err(error) => TransportError::new(TransportErrorKind::Exchange, error),
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

/// Whether a request wants the whole reply, within the time limit for the whole.
#[derive(Clone, Copy)]
struct Whole(bool);

/// A transport as a service, for layers. The limits are those of the request's extension [`Limits`].
#[derive(Clone, Debug)]
pub struct TransportService {
    transport: Arc<dyn Transport>,
}

impl Service<http::Request<RequestBody>> for TransportService {
    type Response = http::Response<ByteStream>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<RequestBody>) -> Self::Future {
        let transport = Arc::clone(&self.transport);
        let limits = request.extensions().get().copied().unwrap_or_default();
        let whole = request.extensions().get().is_some_and(|Whole(whole)| *whole);
        Box::pin(async move {
            match whole {
                true => Ok(transport.execute(request, limits).await?.map(ByteStream::whole)),
                false => transport.open(request, limits).await,
            }
        })
    }
}
