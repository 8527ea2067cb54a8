//! The default transport in a browser: `fetch`, by way of `reqwest`.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::request_body::RequestBody;
use super::transport::{Limits, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};

/// Sends requests with the browser's `fetch`. Keeps no cookies.
///
/// The browser decides about proxies and certificates. It follows redirects by itself. The time for connecting
/// cannot be limited. A reply is read as a whole. Calls are not retried, because this transport has no clock to wait by.
#[derive(Clone, Debug, Default)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Transport for ReqwestTransport {
    /// Values of JavaScript must stay on their thread, so a task on that thread does the work. The task ends when the call is dropped.
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        let client = self.client.clone();
        let (mut sender, receiver) = oneshot::channel();
        wasm_bindgen_futures::spawn_local(async move {
            let mut exchange = pin!(exchange(client, request, limits));
            let done = poll_fn(|context| match sender.poll_closed(context) {
                Poll::Ready(()) => Poll::Ready(None),
                Poll::Pending => exchange.as_mut().poll(context).map(Some),
            });
            if let Some(outcome) = done.await {
                // Nobody waits for the outcome of a call that was dropped.
                let _ = sender.send(outcome);
            }
        });
        Box::pin(async move { receiver.await.unwrap_or_else(|_| Err(TransportErrorKind::Exchange.into())) })
    }
}

async fn exchange(
    client: reqwest::Client,
    request: http::Request<RequestBody>,
    limits: Limits,
) -> Result<http::Response<Bytes>, TransportError> {
    let body = request.body().collect().await?;
    let request = reqwest::Request::try_from(request.map(|_| body)).map_err(fault)?;
    let request = reqwest::RequestBuilder::from_parts(client, request).fetch_credentials_omit();
    let mut reply = request.timeout(limits.timeout).send().await.map_err(fault)?;
    let is_too_large = |length: u64| length > limits.max_response_size as u64;
    if reply.content_length().is_some_and(is_too_large) {
        return Err(TransportErrorKind::TooLarge.into());
    }
    let mut response = http::Response::new(());
    *response.status_mut() = reply.status();
    *response.headers_mut() = std::mem::take(reply.headers_mut());
    let body = reply.bytes().await.map_err(fault)?;
    match is_too_large(body.len() as u64) {
        true => Err(TransportErrorKind::TooLarge.into()),
        false => Ok(response.map(|()| body)),
    }
}

/// The URL is taken out of the error: an API key may be part of it.
fn fault(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Exchange };
    TransportError::new(kind, error.without_url())
}
