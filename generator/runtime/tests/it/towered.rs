//! Services and layers of `tower` as transports.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use tower_layer::layer_fn;
use tower_service::Service;

use super::double::{Double, reply, show_pet};
use runtime::{
    ByteStream, Error, HttpClient, Limits, Method, RawCall, RequestBody, TowerTransport, Transport, TransportErrorKind,
    TransportService, block_on,
};

/// Answers with the largest size of a reply, or fails.
#[derive(Clone)]
struct Answers(Result<(), &'static str>);

impl Service<http::Request<RequestBody>> for Answers {
    type Response = http::Response<ByteStream>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(self.0)
    }

    fn call(&mut self, request: http::Request<RequestBody>) -> Self::Future {
        let limits: &Limits = request.extensions().get().unwrap();
        ready(Ok(http::Response::new(ByteStream::whole(limits.max_response_size.to_string().into()))))
    }
}

#[test]
fn a_service_is_a_transport() {
    let client = HttpClient::new("https://h").unwrap();
    let answers = client.clone().with_transport(TowerTransport::new(Answers(Ok(()))));
    let sent = |client: &HttpClient| block_on(RawCall::new(client, Method::GET, "/").send());
    assert_eq!(sent(&answers).unwrap().body(), "16777216");
    let Err(Error::Transport(error)) = sent(&answers.with_max_response_size(0)) else { panic!() };
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
    let Err(Error::Transport(error)) = sent(&client.with_transport(TowerTransport::new(Answers(Err("no permit")))))
    else {
        panic!()
    };
    assert_eq!(error.to_string(), "the exchange with the server failed: no permit");
}

/// Counts the requests.
#[derive(Clone)]
struct Counted<S>(S, Arc<AtomicU32>);

impl<S: Service<R>, R> Service<R> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.call(request)
    }
}

#[test]
fn a_layer_wraps_a_transport() {
    let count = Arc::new(AtomicU32::new(0));
    let layer = layer_fn(|service: TransportService| Counted(service, Arc::clone(&count)));
    let client =
        HttpClient::new("https://h").unwrap().with_transport(Double::new(reply(200, &[], r#"{"name": "Tom"}"#)));
    let client = client.with_layer(|transport| TowerTransport::layered(transport, layer));
    assert_eq!(block_on(show_pet(&client, "1").send()).unwrap().name, "Tom");
    let mut stream = block_on(show_pet(&client, "1").send_stream()).unwrap().into_value();
    assert!(block_on(stream.next()).unwrap().is_some());
    assert_eq!(count.load(Ordering::SeqCst), 2);

    struct Failing;
    impl std::fmt::Debug for Failing {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Failing")
        }
    }
    impl Transport for Failing {
        fn execute(&self, _: http::Request<RequestBody>, _: Limits) -> runtime::TransportFuture<'_> {
            Box::pin(ready(Err(TransportErrorKind::Connect.into())))
        }
    }
    let layer = layer_fn(|service: TransportService| service);
    let client = HttpClient::new("https://h").unwrap().with_transport(Failing);
    let client = client.with_layer(|transport| TowerTransport::layered(transport, layer));
    let error = block_on(show_pet(&client, "1").send()).unwrap_err();
    assert!(error.is_connect(), "the kind of an error stays");
}
