//! What holds for every operation of the three clients.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated::runtime::{Limits, RequestBody, Secret, Transport, TransportErrorKind, TransportFuture};
use generated::{bytenite, netography, purewl};
use serde_json::{Value, json};

use super::call::{Outcome, Setup, Unreadable};
use super::operations::{CANARY, CASES};
use super::server::{ClosedPort, HTML, Reply, Server};

const NO_JSON: &str = "the media type is not JSON";

fn value(status: u16, value: &str) -> Outcome {
    Outcome::Value { status, value: value.to_owned() }
}

fn unreadable(status: u16, content_type: Option<&str>, body: &[u8], reason: &str) -> Unreadable {
    Unreadable {
        status,
        content_type: content_type.map(str::to_owned),
        length: body.len(),
        path: "body".to_owned(),
        reason: reason.to_owned(),
    }
}

#[tokio::test]
async fn the_request_is_the_same_whatever_the_spelling_of_the_base_url() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let server = Server::start(vec![Reply::json(200, case.success.0); 4]).await;
        for prefix in [case.base.to_owned(), format!("/a%20b/c{}", case.base)] {
            for slash in ["", "/"] {
                let setup = clients.at(format!("{}{prefix}{slash}", server.url));
                let sent = case.send(&setup).await;
                assert_eq!(sent.outcome, value(200, case.success.1), "{}", case.name);
                assert_eq!(server.take(), [case.request(&server, &prefix)], "{}", case.name);
            }
        }
    }
}

#[tokio::test]
async fn members_that_are_not_declared_are_no_fault() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let more = with_more(serde_json::from_str(case.success.0).unwrap()).to_string();
        let server = Server::start([Reply::json(200, more)]).await;
        let kept = case.success.1.replace("Unknown(0 members)", "Unknown(1 members)");
        assert_eq!(case.send(&clients.at(&server.url)).await.outcome, value(200, &kept), "{}", case.name);
    }
}

/// The value, with a member more in every object.
fn with_more(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let members = members.into_iter().map(|(name, value)| (name, with_more(value)));
    members.chain([("addedLater".to_owned(), json!({"x": [1, null]}))]).collect()
}

#[tokio::test]
async fn members_that_are_null_or_missing_are_none() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let full: Value = serde_json::from_str(case.success.0).unwrap();
        let null: Value = full.as_object().unwrap().keys().map(|name| (name.clone(), Value::Null)).collect();
        let server = Server::start([Reply::json(200, "{}"), Reply::json(200, null.to_string())]).await;
        for _ in 0..2 {
            assert_eq!(case.send(&clients.at(&server.url)).await.outcome, value(200, case.nothing), "{}", case.name);
        }
    }
}

#[tokio::test]
async fn a_status_that_is_not_declared_is_an_error_and_keeps_its_body() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let (text, shown) = case.error;
        for status in [302, 418, 429, 502] {
            let no_json = unreadable(status, Some("text/html"), HTML.as_bytes(), NO_JSON);
            let nothing = unreadable(status, None, b"", "the body is empty");
            for (reply, body, error) in [
                (Reply::json(status, text), text, Ok(shown.to_owned())),
                (Reply::html(status), HTML, Err(no_json)),
                (Reply::empty(status), "", Err(nothing)),
            ] {
                let server = Server::start([reply]).await;
                let expected = Outcome::Api { status, body: body.into(), error };
                assert_eq!(case.send(&clients.at(&server.url)).await.outcome, expected, "{} {status}", case.name);
            }
        }
    }
}

#[tokio::test]
async fn no_content_is_no_success_where_a_value_is_declared() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let server = Server::start([Reply::empty(204)]).await;
        let expected = Outcome::Decode(unreadable(204, None, b"", "the body is empty"));
        assert_eq!(case.send(&clients.at(&server.url)).await.outcome, expected, "{}", case.name);
    }
}

#[tokio::test]
async fn a_declared_error_that_cannot_be_read_keeps_its_status_and_body() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let body = r#"[{"status":"401"}]"#;
        let server = Server::start([Reply::json(401, body)]).await;
        let error = unreadable(401, Some("application/json"), body.as_bytes(), "found an array, expected an object");
        let expected = Outcome::Api { status: 401, body: body.into(), error: Err(error) };
        assert_eq!(case.send(&clients.at(&server.url)).await.outcome, expected, "{}", case.name);
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_says_why() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let whole = case.success.0.as_bytes();
        let truncated = &whole[..whole.len() - 1];
        let deep = format!(r#"{{"addedLater":{}"#, "[".repeat(100_000));
        for (media_type, body, reason) in [
            ("text/html", HTML.as_bytes(), NO_JSON.to_owned()),
            ("application/x-protobuf", b"\n\x0512345", NO_JSON.to_owned()),
            ("text/plain", truncated, NO_JSON.to_owned()),
            ("application/json", truncated, syntax("found the end of the text, expected `,` or `}`", truncated.len())),
            ("application/json", b"{\"\xff\":1}", syntax("is not UTF-8", 2)),
            ("application/json", deep.as_bytes(), syntax("is nested too deeply", 140)),
            ("application/json", b"", "the body is empty".to_owned()),
            ("application/json", b"\"\"", "found a string, expected an object".to_owned()),
        ] {
            let server = Server::start([Reply::new(200, media_type, body.to_vec())]).await;
            let sent = case.send(&clients.at(&server.url)).await;
            let expected = unreadable(200, Some(media_type), body, &reason);
            assert_eq!(sent.outcome, Outcome::Decode(expected), "{}", case.name);
            let reply = format!("200 OK ({media_type}, {} bytes)", body.len());
            let message = format!("{}: cannot read the reply {reply}: body: {reason}", case.id);
            assert_eq!(sent.message, Some(message), "{}", case.name);
        }
    }
}

/// What is wrong with a text that is not JSON.
fn syntax(reason: &str, byte: usize) -> String {
    format!("is not JSON: {reason} at byte {byte}")
}

#[tokio::test]
async fn json_is_json_under_any_media_type_and_without_one() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let text = case.success.0;
        let without = Reply::empty(200).with_body(text);
        let server = Server::start([
            without,
            Reply::new(200, "Application/JSON; charset=utf-8", text),
            Reply::new(200, "application/problem+json", text),
            Reply::new(200, "text/plain", text),
        ]);
        let server = server.await;
        for _ in 0..4 {
            assert_eq!(case.send(&clients.at(&server.url)).await.outcome, value(200, case.success.1), "{}", case.name);
        }
    }
}

#[tokio::test]
async fn a_failure_on_the_way_is_told_from_an_answer() {
    let clients = Setup::new("http://localhost");
    let closed = ClosedPort::new();
    for case in &CASES {
        let slow = Server::start([Reply::Hang]).await;
        let setup = Setup { timeout: Duration::from_millis(200), ..clients.at(&slow.url) };
        assert_eq!(case.send(&setup).await.outcome, Outcome::Transport(TransportErrorKind::Timeout), "{}", case.name);

        let rude = Server::start([Reply::Close]).await;
        let exchange = Outcome::Transport(TransportErrorKind::Exchange);
        assert_eq!(case.send(&clients.at(&rude.url)).await.outcome, exchange, "{}", case.name);
        assert_eq!(rude.take(), [case.request(&rude, "")], "{}", case.name);

        let connect = Outcome::Transport(TransportErrorKind::Connect);
        assert_eq!(case.send(&clients.at(&closed.url)).await.outcome, connect, "{}", case.name);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_and_the_other_server_hears_nothing() {
    let other = Server::start([]).await;
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        for status in [301, 302, 303, 307, 308] {
            let reply = Reply::json(status, case.error.0).header("location", format!("{}/elsewhere", other.url));
            let server = Server::start([reply]).await;
            let sent = case.send(&clients.at(&server.url)).await;
            let error = Ok(case.error.1.to_owned());
            assert_eq!(sent.outcome, Outcome::Api { status, body: case.error.0.into(), error }, "{}", case.name);
            assert_eq!(server.take(), [case.request(&server, "")], "{}", case.name);
        }
    }
    assert_eq!(other.take(), []);
}

#[tokio::test]
async fn a_reply_that_is_too_large_is_refused() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let reply = Reply::json(200, case.success.0);
        for reply in [reply.clone(), reply.in_chunks()] {
            let server = Server::start([reply.clone(), reply]).await;
            let mut setup = clients.at(&server.url);
            setup.max_response_size = case.success.0.len() - 1;
            let too_large = Outcome::Transport(TransportErrorKind::TooLarge);
            assert_eq!(case.send(&setup).await.outcome, too_large, "{}", case.name);
            setup.max_response_size += 1;
            assert_eq!(case.send(&setup).await.outcome, value(200, case.success.1), "{}", case.name);
        }
    }
}

/// Answers everything with `{}` and keeps the URLs.
#[derive(Clone, Debug, Default)]
struct Notebook(Arc<Mutex<Vec<String>>>);

impl Transport for Notebook {
    fn execute(&self, request: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        self.0.lock().unwrap().push(request.uri().to_string());
        Box::pin(std::future::ready(Ok(http::Response::new("{}".into()))))
    }
}

#[tokio::test]
async fn without_another_base_url_requests_go_to_the_servers_of_the_documents() {
    let notebook = Notebook::default();
    let bytenite = bytenite::Client::new().unwrap().with_transport(notebook.clone());
    bytenite.skip_login().send().await.unwrap();
    let netography = netography::Client::new().unwrap().with_transport(notebook.clone());
    netography.refresh_token(netography::RefreshTokenRequest::new(Secret::from(CANARY))).send().await.unwrap();
    let purewl = purewl::Client::new().unwrap().with_transport(notebook.clone());
    purewl.request_access_token(purewl::SecretGrant::new(Secret::from(CANARY))).send().await.unwrap();
    let expected = [
        "https://api.bytenite.com/v1/auth/skip",
        "https://api.netography.com/api/auth/bearer/refresh",
        "https://atomapi.com/auth/v1/accessToken",
    ];
    assert_eq!(*notebook.0.lock().unwrap(), expected);
}

#[tokio::test]
async fn plain_http_is_for_this_machine_alone() {
    for url in ["http://api.example.com", "http://10.0.0.1", "http://127.0.0.1.example.com"] {
        let reason = "the base URL is plain http to another machine, which `over_plain_http` allows";
        assert_eq!(bytenite::Client::new().unwrap().with_base_url(url).unwrap_err().to_string(), reason);
        assert_eq!(netography::Client::new().unwrap().with_base_url(url).unwrap_err().to_string(), reason);
        assert_eq!(purewl::Client::new().unwrap().with_base_url(url).unwrap_err().to_string(), reason);
    }
}

/// The other tests share a transport between clients.
#[tokio::test]
async fn a_client_comes_with_a_transport() {
    let server = Server::start([Reply::json(200, r#"{"skip":false}"#)]).await;
    let client = bytenite::Client::new().unwrap().with_base_url(&server.url).unwrap();
    let answer = client.skip_login().send().await.unwrap();
    assert_eq!((answer.skip, answer.redirect_to), (Some(false), None));
    assert_eq!(server.take(), [server.expect("GET", "/skip", &[("accept", "application/json")], "")]);
}
