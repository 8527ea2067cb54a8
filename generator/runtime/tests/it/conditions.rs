//! What a client can be set to, what an error tells, and requests that the document does not have.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::Method;
use serde_json::json;

use super::double::{reply, show_pet, written};
use super::scripted::Scripted;
use runtime::{
    Error, HeaderMap, HttpClient, Limits, RawCall, RequestBody, RequestError, Scheme, Secret, Transport,
    TransportErrorKind, TransportFuture,
};

fn answering(transport: &Scripted) -> HttpClient {
    HttpClient::new("https://h/v1").unwrap().with_transport(transport.clone())
}

fn good() -> Scripted {
    Scripted::new([Ok(reply(200, &[], r#"{"name": "Tom"}"#))])
}

#[tokio::test]
async fn headers_of_the_client_and_of_the_call() {
    let transport = good();
    let client = answering(&transport).with_header("X-Team", "a").with_header("x-trace", "of the client");
    let call = show_pet(&client, "1").with_header("X-TEAM", "b").with_header("Accept", "application/vnd.pet+json");
    call.trace(Secret::from("declared")).send().await.unwrap();
    show_pet(&client, "1").send().await.unwrap();
    let sent: Vec<String> = transport.sent().iter().map(|sent| written(&sent.request)).collect();
    let expected = [
        "GET https://h/v1/pets/1\naccept: application/vnd.pet+json\nx-team: b\nx-trace: declared\n",
        "GET https://h/v1/pets/1\naccept: application/json\nx-team: a\nx-trace: of the client\n",
    ];
    assert_eq!(sent, expected);
    assert!(transport.sent()[0].request.headers()["x-team"].is_sensitive());
}

/// The function is called for each attempt. A header that the request already has is kept, and not doubled.
#[tokio::test]
async fn headers_of_each_attempt() {
    let (busy, tom) = (Ok(reply(503, &[], "")), Ok(reply(200, &[], r#"{"name": "Tom"}"#)));
    let transport = Scripted::new([busy, tom]);
    let count = AtomicU32::new(0);
    let client = answering(&transport).with_retry(runtime::Retry::new()).with_attempt_headers(move |headers| {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        headers.insert("traceparent", format!("00-{number}").parse().unwrap());
        headers.append("tracestate", "a=1".parse().unwrap());
        headers.append("tracestate", "b=2".parse().unwrap());
        headers.insert("x-trace", "of the function".parse().unwrap());
        headers.insert("content-length", "7".parse().unwrap());
    });
    show_pet(&client, "1").trace(Secret::from("declared")).send().await.unwrap();
    show_pet(&client, "1").with_header("TraceParent", "of the call").send().await.unwrap();
    let names = ["traceparent", "tracestate", "x-trace", "content-length"];
    let seen =
        transport.sent().iter().map(|sent| names.map(|name| all(sent.request.headers(), name))).collect::<Vec<_>>();
    let expected = [
        ["00-1", "a=1, b=2", "declared", ""],
        ["00-2", "a=1, b=2", "declared", ""],
        ["of the call", "a=1, b=2", "of the function", ""],
    ];
    assert_eq!(seen, expected);
    assert!(transport.sent()[0].request.headers()["traceparent"].is_sensitive());
}

fn all(headers: &HeaderMap, name: &str) -> String {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn what_cannot_be_a_header_is_an_error_of_the_call() {
    for (name, value, expected) in [
        ("a b", "1", "header `a b` has a name that is not a header's"),
        ("X-A", "a\r\nX-B: 1", "header `X-A` has a character that a header cannot hold"),
        ("Content-Type", "text/csv", "header `Content-Type` is set by `with_content_type`"),
        ("Content-Length", "7", "header `Content-Length` is set by the transport"),
        ("transfer-encoding", "chunked", "header `transfer-encoding` is set by the transport"),
    ] {
        let transport = good();
        let error = show_pet(&answering(&transport).with_header(name, value), "1").send().await.unwrap_err();
        assert!(matches!(&error, Error::Request(RequestError { .. })), "{error:?}");
        assert_eq!((error.to_string().as_str(), transport.sent().len(), error.attempts()), (expected, 0, 0));
    }
}

#[tokio::test]
async fn plain_http_goes_to_the_named_host_alone() {
    let transport = good();
    let client = HttpClient::over_plain_http("http://connect-api:8080/v1").unwrap().with_transport(transport.clone());
    show_pet(&client, "1").send().await.unwrap();
    assert_eq!(transport.sent()[0].request.uri(), "http://connect-api:8080/v1/pets/1");

    let refusal = "the base URL is plain http to another machine, which `over_plain_http` allows";
    assert_eq!(client.clone().with_base_url("http://other-api:8080").unwrap_err().to_string(), refusal);
    assert_eq!(HttpClient::new("http://connect-api:8080").unwrap_err().to_string(), refusal);
    let request = http::Request::get("http://other-api/pets").body(RequestBody::default()).unwrap();
    assert_eq!(client.execute(request).await.unwrap_err().kind(), TransportErrorKind::Insecure);
    assert_eq!(transport.sent().len(), 1);
}

/// Counts what passes.
#[derive(Debug)]
struct Stamp(Arc<dyn Transport>);

impl Transport for Stamp {
    fn execute(&self, mut request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        request.headers_mut().insert("x-signed", "yes".parse().unwrap());
        Box::pin(async move {
            let mut reply = self.0.execute(request, limits).await?;
            reply.headers_mut().insert("x-seen", "yes".parse().unwrap());
            Ok(reply)
        })
    }
}

#[tokio::test]
async fn a_layer_sees_the_request_and_the_reply() {
    let transport = good();
    let response = show_pet(&answering(&transport).with_layer(Stamp), "1").send_full().await.unwrap();
    assert_eq!(response.headers()["x-seen"], "yes");
    assert_eq!(transport.sent()[0].request.headers()["x-signed"], "yes");
    assert_eq!(transport.sent()[0].attempt.operation, "showPet");

    let busy = Scripted::new([Ok(reply(503, &[], "")), Ok(reply(200, &[], r#"{"name": "Tom"}"#))]);
    let client = answering(&busy).with_layer(Stamp).with_retry(runtime::Retry::new());
    assert_eq!(show_pet(&client, "1").send().await.unwrap().name, "Tom");
}

#[tokio::test]
async fn a_request_that_the_document_does_not_have() {
    let transport = good();
    let client = answering(&transport)
        .with_credential(Scheme::header("Key", "X-Key"), Secret::from("k"))
        .with_header("X-Team", "a");
    let call = RawCall::new(&client, Method::POST, "/any/thing?a=1").query("q", "b c&d").json(&json!({"x": 1}));
    let reply = call.header("X-Team", "b").send().await.unwrap();
    assert_eq!(reply.body(), r#"{"name": "Tom"}"#);
    RawCall::new(&client, Method::PUT, "/file").body("text/csv", "1,2").anonymous().send().await.unwrap();
    let sent: Vec<String> = transport.sent().iter().map(|sent| written(&sent.request)).collect();
    let expected = [
        "POST https://h/v1/any/thing?a=1&q=b%20c%26d\ncontent-type: application/json\nx-key: k\nx-team: b\n\n{\"x\":1}\n",
        "PUT https://h/v1/file\ncontent-type: text/csv\nx-team: a\n\n1,2\n",
    ];
    assert_eq!(sent, expected);

    for (path, expected) in [
        ("https://elsewhere/?key=canary", "URL for `https://elsewhere/` does not begin with a slash"),
        ("/a#b", "URL for `/a#b` has a fragment"),
        ("/a?b=1#c", "URL for `/a` has a fragment"),
        ("/../admin", "URL for `/../admin` has a dot segment, which would lead out of the server's path"),
        ("/a/%2E%2e?x=1", "URL for `/a/%2E%2e` has a dot segment, which would lead out of the server's path"),
    ] {
        let error = RawCall::new(&client, Method::GET, path).send().await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let missing = Scripted::new([Ok(super::double::reply(404, &[("x-request-id", "r1")], "gone"))]);
    let error = RawCall::new(&client.with_transport(missing), Method::GET, "/none").send().await.unwrap_err();
    assert_eq!((error.is_not_found(), error.request_id()), (true, Some("r1")));
}

#[tokio::test]
async fn what_an_error_tells() {
    let error = |status, headers: &'static [(&'static str, &'static str)]| async move {
        let transport = Scripted::new([Ok(reply(status, headers, r#"{"message": "no"}"#))]);
        show_pet(&answering(&transport), "1").send().await.unwrap_err()
    };
    let told = |error: &Error<_>| (error.is_not_found(), error.is_unauthorized(), error.is_retryable());
    assert_eq!(told(&error(404, &[]).await), (true, false, false));
    assert_eq!(told(&error(410, &[]).await), (true, false, false));
    assert_eq!(told(&error(401, &[]).await), (false, true, false));
    assert_eq!(told(&error(503, &[]).await), (false, false, true));
    assert_eq!(told(&error(500, &[]).await), (false, false, false));
    assert_eq!(error(429, &[("retry-after", "7")]).await.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error(429, &[]).await.retry_after(), None);
    assert_eq!(error(500, &[("X-Amzn-RequestId", "r2")]).await.request_id(), Some("r2"));

    let typed = error(404, &[]).await;
    let (said, attempts) = (typed.to_string(), typed.attempts());
    let untyped: Error<()> = typed.into_untyped();
    assert_eq!((untyped.to_string(), untyped.attempts(), untyped.is_not_found()), (said, attempts, true));
    assert_eq!(untyped.reply().unwrap().body(), r#"{"message": "no"}"#);

    let refused = Scripted::new([Err(TransportErrorKind::Connect)]);
    let error = show_pet(&answering(&refused), "1").send().await.unwrap_err();
    assert_eq!((error.is_connect(), error.is_retryable(), error.attempts(), error.reply()), (true, true, 1, None));
}

/// There is an error and no panic where nothing drives the default transport's sockets.
#[cfg(feature = "reqwest")]
#[test]
fn a_call_outside_of_a_runtime() {
    let client = HttpClient::new("http://127.0.0.1:9").unwrap();
    let call = pin!(show_pet(&client, "1").send());
    let Poll::Ready(Err(error)) = call.poll(&mut Context::from_waker(Waker::noop())) else { panic!() };
    assert_eq!(
        error.to_string(),
        "showPet: the default transport needs a Tokio runtime: call from one, or give the client a `UreqTransport`"
    );
    assert!(!error.is_retryable());
}
