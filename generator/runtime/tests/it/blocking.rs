//! The blocking transport against real sockets, and without a runtime.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use http::Method;

use super::double::show_pet;
use runtime::{
    Error, HttpClient, RawCall, Retry, Scheme, Secret, Transport, TransportErrorKind, UreqTransport, block_on,
};

/// Answers each connection with the next of its answers, and keeps what it was sent.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answers: impl IntoIterator<Item = String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answers) = (Arc::clone(&requests), answers.into_iter().collect::<Vec<_>>());
        thread::spawn(move || {
            // The last connection stays open, as if there were more to come.
            let mut open = None;
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let request = request(&mut stream);
                kept.lock().unwrap().push(request);
                let _ = stream.write_all(answer.as_bytes());
                open = Some(stream).filter(|_| !answer.contains("Connection: close"));
            }
            thread::sleep(Duration::from_secs(60));
            drop(open);
        });
        Self { url, requests }
    }

    fn client(&self) -> HttpClient {
        let client = HttpClient::new(&self.url).unwrap().with_transport(UreqTransport::new());
        client.with_credential(Scheme::query("Key", "key"), Secret::from("canary"))
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The head of a request, its lines in the order of the alphabet, and its body.
fn request(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.is_empty() && !line.starts_with("host:")).collect();
    lines[1..].sort_unstable();
    format!("{}\n{}", lines.join("\n"), String::from_utf8_lossy(&body))
}

fn answer(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn good() -> String {
    answer("200 OK\r\nContent-Type: application/json", r#"{"name": "Tom"}"#)
}

#[test]
fn a_request_arrives_as_it_was_written() {
    let server = Server::start([good()]);
    let pet = show_pet(&server.client(), "a/b").limit(3).trace(Secret::from("t")).send_blocking().unwrap();
    assert_eq!(pet.name, "Tom");
    assert_eq!(
        server.requests(),
        [
            "GET /pets/a%2Fb?limit=3&key=canary HTTP/1.1\naccept-encoding: gzip, br\naccept: application/json\nx-trace: t\n"
        ]
    );
}

#[test]
fn methods_with_and_without_a_body() {
    let server = Server::start(std::iter::repeat_n(good(), 4));
    for (method, body) in [(Method::POST, "1"), (Method::POST, ""), (Method::GET, "1"), (Method::DELETE, "")] {
        let call = RawCall::new(&server.client(), method, "/x").anonymous();
        let call = if body.is_empty() { call } else { call.body("text/plain", body) };
        assert_eq!(block_on(call.send()).unwrap().status(), 200);
    }
    let expected = [
        "POST /x HTTP/1.1\naccept-encoding: gzip, br\ncontent-length: 1\ncontent-type: text/plain\n1",
        "POST /x HTTP/1.1\naccept-encoding: gzip, br\ncontent-length: 0\n",
        "GET /x HTTP/1.1\naccept-encoding: gzip, br\ncontent-length: 1\ncontent-type: text/plain\n1",
        "DELETE /x HTTP/1.1\naccept-encoding: gzip, br\n",
    ];
    assert_eq!(server.requests(), expected);
}

/// Each row is what the server does, and what a call makes of it.
#[test]
fn what_goes_wrong() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    for (answer, limit, expected) in [
        (String::new(), 99, TransportErrorKind::Timeout),
        (format!("{head}Content-Length: 9\r\n\r\n1"), 99, TransportErrorKind::Timeout),
        (format!("{head}Content-Length: 9\r\nConnection: close\r\n\r\n1"), 99, TransportErrorKind::Exchange),
        ("Connection: close\r\n\r\n".to_owned(), 99, TransportErrorKind::Exchange),
        (format!("{head}Content-Length: 5\r\nConnection: close\r\n\r\n12345"), 4, TransportErrorKind::TooLarge),
        (format!("{head}Connection: close\r\n\r\n12345"), 4, TransportErrorKind::TooLarge),
    ] {
        let server = Server::start([answer.clone()]);
        let client = server.client().with_timeout(Duration::from_millis(100)).with_max_response_size(limit);
        let Err(Error::Transport(error)) = show_pet(&client, "1").send_blocking() else { panic!("{answer:?}") };
        assert_eq!(error.kind(), expected, "{answer:?}: {error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = HttpClient::new(&format!("http://{port}")).unwrap().with_transport(UreqTransport::new());
    let Err(Error::Transport(error)) = show_pet(&client, "1").send_blocking() else { panic!() };
    assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Connect, 1));
    let retry = Retry::new().with_waits(Duration::from_millis(1), Duration::from_millis(1));
    let error = show_pet(&client.with_retry(retry), "1").send_blocking().unwrap_err();
    assert_eq!((error.is_connect(), error.attempts()), (true, 3));
}

#[test]
fn failures_that_pass_and_redirects() {
    let server = Server::start([answer("503 Busy", ""), good()]);
    let retry = Retry::new().with_waits(Duration::from_millis(1), Duration::from_millis(1));
    let response = show_pet(&server.client().with_retry(retry), "1").send_full_blocking().unwrap();
    assert_eq!((response.value().name.as_str(), server.requests().len()), ("Tom", 2));

    let server = Server::start([answer("302 Found\r\nLocation: /other", ""), good()]);
    let error = show_pet(&server.client(), "1").send_blocking().unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.requests().len()), (302, 1));
}

#[test]
fn a_body_is_read_as_it_arrives() {
    let server = Server::start([answer("200 OK", &"x".repeat(100_000))]);
    let response = block_on(show_pet(&server.client(), "1").send_stream()).unwrap();
    let (mut stream, mut length) = (response.into_value(), 0);
    while let Some(chunk) = block_on(stream.next()).unwrap() {
        length += chunk.len();
    }
    assert_eq!(length, 100_000);
}

/// A blocking call in an asynchronous runtime is an error, and does not hang.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_blocking_call_in_a_runtime() {
    let client = HttpClient::new("http://127.0.0.1:9").unwrap().with_transport(UreqTransport::new());
    let error = show_pet(&client, "1").send_blocking().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a blocking call keeps the thread of an asynchronous runtime from all other work: use `send` and `.await`, or a thread of your own"
    );
    assert!(UreqTransport::new().clock().is_some());
    let error = tokio::spawn(async move { show_pet(&client, "1").send_blocking().unwrap_err().to_string() }).await;
    assert!(error.unwrap().starts_with("a blocking call keeps"));
}

/// A thread for blocking work may wait, though it belongs to a runtime.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_blocking_call_on_a_thread_for_blocking_work() {
    let server = Server::start([good()]);
    let client = server.client();
    let call = tokio::task::spawn_blocking(move || show_pet(&client, "1").send_blocking().unwrap().name);
    assert_eq!(call.await.unwrap(), "Tom");
}
