//! Redirects that a client follows, and what goes where they lead.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::double::{reply, show_pet};
use super::faults::{Act, Row, answer, good, row};
use super::scripted::{Answer, Scripted};
use runtime::{
    Error, HttpClient, Method, RawCall, RequestBody, ReqwestTransport, Retry, Scheme, Scopes, Secret, StaticToken,
    Token, TokenFuture, TokenSource, UreqTransport, block_on,
};

/// What a server may do to a client that follows two redirects.
pub fn rows() -> Vec<Row> {
    let to = |status: u16, location: &str| answer(&format!("{status} Moved\r\nLocation: {location}"), "");
    let following = |row: Row| Row { server: format!("{}; two are followed", row.server), redirects: 2, ..row };
    let mut rows = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        rows.push(row(
            format!("redirects by {status} to itself, then answers"),
            [to(status, "/other"), good()],
            "value",
            2,
        ));
        let elsewhere = format!("redirects by {status} to another server, which answers");
        rows.push(row(elsewhere, [to(status, "{elsewhere}/other")], "value", 2));
    }
    let busy = answer("503 Busy", "");
    let two = answer("302 Found\r\nLocation: /a\r\nLocation: /b", "");
    rows.extend([
        row("redirects by 302 to itself, without an end", [to(302, "/other")], "Api(302)", 3),
        row("redirects by 302 to plain http", [to(302, "http://example.com/")], "Api(302)", 1),
        row("redirects by 302 to a URL with a password", [to(302, "http://a:b@127.0.0.1/")], "Api(302)", 1),
        row("redirects by 302 to another scheme", [to(302, "ftp://127.0.0.1/")], "Api(302)", 1),
        row("redirects by 302 to what is no URL", [to(302, "http://[/")], "Api(302)", 1),
        row("redirects by 302 to nowhere", [answer("302 Found", "")], "Api(302)", 1),
        row("redirects by 302 to two URLs", [two], "Api(302)", 1),
        row("sends 300 with `Location`", [to(300, "/other")], "Api(300)", 1),
        row("redirects by 302 to itself, sends 503, then answers", [to(302, "/other"), busy, good()], "value", 3),
        row(
            "redirects by 302 to itself, then says nothing",
            [to(302, "/other"), Act::Stall(Vec::new())],
            "Transport(Timeout)",
            3,
        ),
        Row {
            method: Method::POST,
            ..row("redirects by 307 to itself, to a POST", [to(307, "/other"), good()], "Api(307)", 1)
        },
        Row {
            method: Method::POST,
            ..row("redirects by 303 to itself, to a POST", [to(303, "/other"), good()], "Api(303)", 1)
        },
    ]);
    rows.into_iter().map(following).collect()
}

/// A server without answers yet, and its URL.
fn bind() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Answers each connection with the next answer. Gives the heads of the requests.
fn serve<const N: usize>(listener: TcpListener, answers: [String; N]) -> JoinHandle<[String; N]> {
    thread::spawn(move || {
        answers.map(|answer| {
            let (mut stream, _) = listener.accept().unwrap();
            let head = head(&mut stream);
            stream.write_all(answer.as_bytes()).unwrap();
            head
        })
    })
}

fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

const FOUND: &str = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: ";
const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"name\": \"Tom\"}";

/// The request line and the names of the headers, without those that a transport sets.
fn parts(head: &str) -> (&str, BTreeSet<String>) {
    let mut lines = head.lines();
    let names = lines.by_ref().skip(1).filter_map(|line| Some(line.split_once(':')?.0.to_ascii_lowercase()));
    let names = names.filter(|name| !matches!(name.as_str(), "accept" | "accept-encoding" | "host")).collect();
    (head.lines().next().unwrap_or_default(), names)
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The client's own origin gets credentials of every kind. Another origin gets none. After that, its own origin gets none either.
fn credentials_stay(call: impl FnOnce(HttpClient) -> Result<(), Error<()>>) {
    let ((here, home), (there, away)) = (bind(), bind());
    let found = |location: &str| format!("{FOUND}{location}\r\n\r\n");
    let here = serve(here, [found("/b?page=2"), found(&format!("{away}/away")), GOOD.to_owned()]);
    let there = serve(there, [found(&format!("{home}/c"))]);
    let client = HttpClient::new(&home).unwrap().with_redirects(5).with_user_agent("pets/1");
    let client = client
        .with_header("Authorization", "canary")
        .with_header("Cookie", "canary=1")
        .with_header("X-Team", "canary")
        .with_attempt_headers(|headers| drop(headers.insert("traceparent", "canary".parse().unwrap())))
        .with_credential(Scheme::header("A", "X-Key"), Secret::from("canary"))
        .with_credential(Scheme::query("B", "key"), Secret::from("canary"))
        .with_credential(Scheme::cookie("C", "session"), Secret::from("canary"))
        .with_token_source(Scheme::header("D", "X-Token"), StaticToken::new(Secret::from("canary")));
    call(client).unwrap();

    let all = names(&["authorization", "cookie", "traceparent", "user-agent", "x-key", "x-team", "x-token"]);
    let heads = here.join().unwrap();
    let back = ("GET /c HTTP/1.1", names(&["user-agent"]));
    let wanted = [("GET /a?key=canary HTTP/1.1", all.clone()), ("GET /b?page=2 HTTP/1.1", all), back];
    assert_eq!(heads.each_ref().map(|head| parts(head)), wanted);
    let heads = there.join().unwrap();
    assert_eq!(heads.each_ref().map(|head| parts(head)), [("GET /away HTTP/1.1", names(&["user-agent"]))]);
}

#[test]
fn no_credential_goes_to_another_origin() {
    let whole = |client: HttpClient| async move { RawCall::new(&client, Method::GET, "/a").send().await.map(drop) };
    let streamed =
        |client: HttpClient| async move { RawCall::new(&client, Method::GET, "/a").send_stream().await.map(drop) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    credentials_stay(|client| runtime.block_on(whole(client.with_transport(ReqwestTransport::new()))));
    credentials_stay(|client| runtime.block_on(streamed(client.with_transport(ReqwestTransport::new()))));
    credentials_stay(|client| block_on(whole(client.with_transport(UreqTransport::new()))));
    credentials_stay(|client| block_on(streamed(client.with_transport(UreqTransport::new()))));
}

fn found(location: &str) -> Answer {
    Ok(reply(302, &[("location", location)], ""))
}

fn tom() -> Answer {
    Ok(reply(200, &[], r#"{"name": "Tom"}"#))
}

/// The URLs that a call to `from` requests if the reply redirects to `location`.
async fn urls(from: &str, location: &str) -> Vec<String> {
    let transport = Scripted::new([found(location), tom()]);
    let key = Scheme::query("Key", "key");
    let client = HttpClient::over_plain_http(from).unwrap().with_credential(key, Secret::from("a b/c"));
    let client = client.with_transport(transport.clone()).with_redirects(1);
    let _ = RawCall::new(&client, Method::GET, "/x/y?q=1").send().await;
    transport.sent().iter().map(|sent| sent.request.uri().to_string()).skip(1).collect()
}

#[tokio::test]
async fn where_a_redirect_leads() {
    let none: &[&str] = &[];
    for (location, wanted) in [
        ("/z", ["https://h/z"].as_slice()),
        ("z?a=b#part", &["https://h/v1/x/z?a=b"]),
        ("?a=b", &["https://h/v1/x/y?a=b"]),
        ("", &["https://h/v1/x/y?q=1&key=a%20b%2Fc"]),
        ("../z/./w/..", &["https://h/v1/z/"]),
        ("../../../z", &["https://h/z"]),
        ("//other/z", &["https://other/z"]),
        ("HTTPS://H:443/z", &["https://H:443/z"]),
        ("https://other", &["https://other/"]),
        ("https://other:8443/z?next=/v1/x", &["https://other:8443/z?next=/v1/x"]),
        // The server repeats the query, and with it the credential.
        ("/z?key=a%20b%2Fc", &["https://h/z?key=a%20b%2Fc"]),
        ("https://other/z?key=a%20b%2Fc", none),
        ("https://other/z?key=a%20b/c", none),
        ("https://other/?next=https%3A%2F%2Fh%2Fz%3Fkey%3Da%2520b%252Fc", none),
        ("http://h/z", none),
        ("http://localhost/z", none),
        ("http://127.0.0.1:8080/z", none),
        ("https://a@other/", none),
        ("https://other:99999/", none),
        ("https:///z", none),
        ("mailto:a@example.com", none),
        ("javascript:alert(1)", none),
        ("/a b", none),
    ] {
        assert_eq!(urls("https://h/v1", location).await, wanted, "{location}");
    }
    for (from, location, wanted) in [
        ("http://pets", "http://pets:8080/z", ["http://pets:8080/z"].as_slice()),
        ("http://pets", "https://other/z", &["https://other/z"]),
        ("http://pets", "http://other/z", none),
        ("http://pets", "http://localhost/z", none),
        ("http://localhost", "http://127.0.0.1/z", &["http://127.0.0.1/z"]),
    ] {
        assert_eq!(urls(from, location).await, wanted, "{from} {location}");
    }
}

#[tokio::test]
async fn what_is_sent_on() {
    for (method, body, wanted) in [
        (Method::GET, RequestBody::default(), 2),
        (Method::HEAD, RequestBody::default(), 2),
        (Method::GET, RequestBody::from("x"), 1),
        (Method::OPTIONS, RequestBody::default(), 1),
        (Method::POST, RequestBody::default(), 1),
        (Method::PUT, RequestBody::default(), 1),
        (Method::DELETE, RequestBody::default(), 1),
    ] {
        let transport = Scripted::new([found("/z"), tom()]);
        let client = HttpClient::new("https://h").unwrap().with_transport(transport.clone());
        let call = RawCall::new(&client, method.clone(), "/").body("text/plain", body).redirects(9);
        let _ = call.send().await;
        let methods: Vec<Method> = transport.sent().iter().map(|sent| sent.request.method().clone()).collect();
        assert_eq!(methods, vec![method; wanted]);
    }
}

/// Redirects and retries are parts of one call. All attempts are counted, one time limit holds for all, and redirects use up no retries.
#[tokio::test]
async fn a_redirect_is_part_of_the_call() {
    let busy = || Ok(reply(503, &[], ""));
    let answers = [busy(), found("/a"), busy(), found("https://other/b"), tom()];
    let transport = Scripted::slow(Duration::from_secs(1), answers);
    let retry = Retry::new().with_waits(Duration::ZERO, Duration::ZERO);
    let client = HttpClient::new("https://h").unwrap().with_transport(transport.clone()).with_retry(retry);
    let call = show_pet(&client, "1").with_redirects(2).with_timeout(Duration::from_secs(10));
    assert_eq!(call.clone().send().await.unwrap().name, "Tom");
    let seen = |transport: &Scripted| -> Vec<_> {
        let sent = transport.sent();
        sent.iter()
            .map(|it| (it.attempt.number, it.attempt.redirects, it.attempt.elsewhere, it.limits.timeout.as_secs()))
            .collect()
    };
    let wanted = [(1, 0, false, 10), (2, 0, false, 9), (3, 1, false, 8), (4, 1, false, 7), (5, 2, true, 6)];
    assert_eq!(seen(&transport), wanted);

    let endless = Scripted::slow(Duration::from_secs(1), [found("/a")]);
    let client = client.with_transport(endless.clone());
    let error =
        show_pet(&client, "1").with_redirects(100).with_timeout(Duration::from_secs(3)).send().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(302), 3));
    assert_eq!(error.reply().unwrap().headers()["location"], "/a");
    assert_eq!(seen(&endless), [(1, 0, false, 3), (2, 1, false, 2), (3, 2, false, 1)]);
}

/// Gives the same token, and counts how often it was rejected.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<Mutex<u32>>);

impl TokenSource for Counted {
    fn token<'s>(&'s self, _: &'s Scopes) -> TokenFuture<'s> {
        Box::pin(async { Ok(Token::new(Secret::from("t"))) })
    }

    fn invalidate(&self, _: &Token) {
        *self.0.lock().unwrap() += 1;
    }
}

/// The status 401 of another server does not reject the token, because the server did not get it.
#[tokio::test]
async fn a_stranger_rejects_no_token() {
    for (location, rejected) in [("https://other/", 0), ("/other", 1)] {
        let tokens = Counted::default();
        let transport = Scripted::new([found(location), Ok(reply(401, &[], ""))]);
        let client = HttpClient::new("https://h").unwrap().with_transport(transport).with_redirects(1);
        let client = client.with_token_source(Scheme::bearer("Token"), tokens.clone());
        let error = RawCall::new(&client, Method::GET, "/").send().await.unwrap_err();
        assert!(error.is_unauthorized());
        assert_eq!(*tokens.0.lock().unwrap(), rejected, "{location}");
    }
}
