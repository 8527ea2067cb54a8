//! What a server may do to a client, and what a call makes of it: over real sockets, with the asynchronous and the blocking transport.
//!
//! `FAULTS.md` is the table. `UPDATE_EXPECT=1` writes it again.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use socket2::{Domain, SockRef, Socket, Type};

use super::double::show_pet;
use super::{http2, redirects};
use runtime::{Error, HttpClient, Method, RawCall, ReqwestTransport, Retry, UreqTransport, block_on};

/// What the server does with a connection.
#[derive(Clone)]
pub enum Act {
    /// Closes it without reading.
    Hang,
    /// Reads the request, answers and closes.
    Answer(Vec<u8>),
    /// Reads the request, answers, and resets the connection.
    Reset(Vec<u8>),
    /// Takes no connection, and refuses none.
    Deaf,
    /// Reads the request, answers, and leaves the connection open for a time.
    Stall(Vec<u8>),
    /// Reads the request, answers, and then sends the piece for as long as somebody reads.
    Endless(Vec<u8>, &'static [u8]),
}

pub struct Row {
    /// What the server does, as the table says it.
    pub server: String,
    /// What the server does on each connection. The last act is repeated for further connections. Without acts, no server listens.
    /// `{elsewhere}` stands for the URL of another server, which gives a good answer.
    pub acts: Vec<Act>,
    pub method: Method,
    /// How many redirects the client follows.
    pub redirects: u32,
    /// The outcome and the number of attempts.
    pub wanted: (&'static str, u32),
}

impl Act {
    /// The same, with the URL of another server.
    fn leading_to(&self, elsewhere: &str) -> Self {
        match self {
            Self::Answer(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Self::Answer(text.replace("{elsewhere}", elsewhere).into()),
                Err(_) => self.clone(),
            },
            _ => self.clone(),
        }
    }
}

const JSON: &str = "Content-Type: application/json\r\n";

pub fn answer(head: &str, body: &str) -> Act {
    let length = body.len();
    Act::Answer(format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into())
}

pub fn good() -> Act {
    answer(&format!("200 OK\r\n{}", JSON.trim_end()), r#"{"name": "Tom"}"#)
}

/// A reply of status 200 with further headers, which say how long the body is.
fn reply(headers: &str, body: &[u8]) -> Act {
    Act::Answer([format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat())
}

/// A pet, and white space behind it, compressed.
fn gzip(space: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(br#"{"name": "Tom"}"#).unwrap();
    encoder.write_all(&b" ".repeat(space)).unwrap();
    encoder.finish().unwrap()
}

pub fn row(
    server: impl Into<String>,
    acts: impl IntoIterator<Item = Act>,
    outcome: &'static str,
    attempts: u32,
) -> Row {
    let acts = acts.into_iter().collect();
    Row { server: server.into(), acts, method: Method::GET, redirects: 0, wanted: (outcome, attempts) }
}

fn rows() -> Vec<Row> {
    let busy = |status: &str, after: &str| answer(&format!("{status}\r\nRetry-After: {after}"), "");
    let mut rows = vec![
        row("refuses the connection", [], "Transport(Connect)", 2),
        row("closes the connection at once", [Act::Hang], "Transport(Exchange)", 2),
        row("closes it after the request", [Act::Answer(Vec::new())], "Transport(Exchange)", 2),
        row("closes it in the headers", [Act::Answer(b"HTTP/1.1 200 OK\r\nContent-".into())], "Transport(Exchange)", 2),
        row("closes it in the body", [reply("Content-Length: 9\r\n", b"{")], "Transport(Exchange)", 2),
        row("closes it in a chunk", [reply("Transfer-Encoding: chunked\r\n", b"9\r\n{")], "Transport(Exchange)", 2),
        row("resets it after the request", [Act::Reset(Vec::new())], "Transport(Exchange)", 2),
        row("resets it after the headers", [Act::Reset(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".into())], "Transport(Exchange)", 2),
        row("does not take the connection", [Act::Deaf], "Transport(ConnectTimeout)", 2),
        row("closes it once, then answers", [Act::Hang, good()], "value", 2),
        row("says nothing", [Act::Stall(Vec::new())], "Transport(Timeout)", 2),
        row("stops in the headers", [Act::Stall(b"HTTP/1.1 200 OK\r\n".into())], "Transport(Timeout)", 2),
        row(
            "stops in the body",
            [Act::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".into())],
            "Transport(Timeout)",
            2,
        ),
        row("says nothing once, then answers", [Act::Stall(Vec::new()), good()], "value", 2),
        row("announces a body that is too large", [reply("Content-Length: 9999\r\n", b"{")], "Transport(TooLarge)", 1),
        row(
            "sends a body without an end",
            [Act::Endless(b"HTTP/1.1 200 OK\r\n\r\n".into(), b"0123456789abcdef")],
            "Transport(TooLarge)",
            1,
        ),
        row(
            "sends chunks without an end",
            [Act::Endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".into(), b"4\r\nabcd\r\n")],
            "Transport(TooLarge)",
            1,
        ),
        row(
            "sends headers without an end",
            [Act::Endless(b"HTTP/1.1 200 OK\r\n".into(), b"X-Header: value\r\n")],
            "Transport(Exchange)",
            2,
        ),
        row("is not an HTTP server", [Act::Answer(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".into())], "Transport(Exchange)", 2),
        row("sends a chunk of no size", [reply("Transfer-Encoding: chunked\r\n", b"x\r\n\r\n")], "Transport(Exchange)", 2),
        row("sends two lengths", [reply("Content-Length: 2\r\nContent-Length: 3\r\n", b"{}")], "Transport(Exchange)", 2),
        row("sends no media type", [reply("", br#"{"name": "Tom"}"#)], "value", 1),
        row("sends JSON as text/plain", [reply("Content-Type: text/plain\r\n", br#"{"name": "Tom"}"#)], "value", 1),
        row("sends a page of HTML", [reply("Content-Type: text/html\r\n", b"<p>")], "Decode", 1),
        row(
            "sends two media types",
            [reply("Content-Type: application/json\r\nContent-Type: text/html\r\n", br#"{"name": "Tom"}"#)],
            "value",
            1,
        ),
        row("sends a media type that is none", [reply("Content-Type: ;;\r\n", br#"{"name": "Tom"}"#)], "value", 1),
        row("sends what is not UTF-8", [reply(JSON, b"{\"name\": \"\xff\"}")], "Decode", 1),
        row("sends half of an object", [reply(JSON, b"{\"name\": \"T")], "Decode", 1),
        row("sends JSON of another shape", [reply(JSON, b"{\"id\": 7}")], "Decode", 1),
        row("sends nothing with status 200", [answer("200 OK", "")], "Decode", 1),
        row("compresses in a way that was not asked for", [reply("Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd")], "Decode", 1),
        row("sends what is not gzip as gzip", [reply("Content-Encoding: gzip\r\n", b"{}")], "Transport(Exchange)", 2),
        row("compresses", [reply("Content-Encoding: gzip\r\n", &gzip(0))], "value", 1),
        row("sends a megabyte as a kilobyte of gzip", [reply("Content-Encoding: gzip\r\n", &gzip(1 << 20))], "Transport(TooLarge)", 1),
        row("sends a header that is not ASCII", [reply("X-Name: Zo\u{eb}\r\n", br#"{"name": "Tom"}"#)], "value", 1),
        row(
            "sends 103 first",
            [Act::Answer(
                b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"name\": \"Tom\"}"
                    .into(),
            )],
            "value",
            1,
        ),
        row("speaks HTTP/1.0", [Act::Answer(b"HTTP/1.0 200 OK\r\n\r\n{\"name\": \"Tom\"}".into())], "value", 1),
        row("sends 204", [Act::Answer(b"HTTP/1.1 204 No Content\r\n\r\n".into())], "Api(204)", 1),
        row("sends 304", [Act::Answer(b"HTTP/1.1 304 Not Modified\r\n\r\n".into())], "Api(304)", 1),
        row("sends 400", [answer("400 Bad Request", "")], "Api(400)", 1),
        row("sends 401", [answer("401 Unauthorized", "")], "Api(401)", 1),
        row("sends 403", [answer("403 Forbidden", "")], "Api(403)", 1),
        row("sends 404", [answer("404 Not Found", "")], "Api(404)", 1),
        row("sends 500", [answer("500 Internal Server Error", "")], "Api(500)", 1),
        row("sends 599", [answer("599 Unknown", "")], "Api(599)", 1),
        row("sends 408, then answers", [answer("408 Request Timeout", ""), good()], "value", 2),
        row("sends 502, then answers", [answer("502 Bad Gateway", ""), good()], "value", 2),
        row("sends 504, then answers", [answer("504 Gateway Timeout", ""), good()], "value", 2),
        row("sends 503 and no more", [answer("503 Service Unavailable", "")], "Api(503)", 2),
        row("sends 429, `Retry-After: 0`, then answers", [busy("429 Slow Down", "0"), good()], "value", 2),
        row("sends 429, `Retry-After: 3600`", [busy("429 Slow Down", "3600"), good()], "Api(429)", 1),
        row(
            "sends 503, `Retry-After` of a date that is over, then answers",
            [busy("503 Busy", "Wed, 21 Oct 2015 07:28:00 GMT"), good()],
            "value",
            2,
        ),
        row(
            "sends 503, `Retry-After` of a date far ahead",
            [busy("503 Busy", "Tue, 31 Dec 2999 23:59:59 GMT"), good()],
            "Api(503)",
            1,
        ),
        row("sends 503, `Retry-After: soon`, then answers", [busy("503 Busy", "soon"), good()], "value", 2),
    ];
    for status in [301, 302, 303, 307, 308] {
        for (name, location) in
            [("itself", "/other"), ("another host", "https://example.com/"), ("plain http", "http://example.com/")]
        {
            let outcome = ["Api(301)", "Api(302)", "Api(303)", "Api(307)", "Api(308)"];
            let outcome = outcome.into_iter().find(|it| it.contains(&status.to_string())).unwrap();
            let act = answer(&format!("{status} Moved\r\nLocation: {location}"), "");
            rows.push(row(format!("redirects by {status} to {name}"), [act], outcome, 1));
        }
    }
    let post = |row: Row| Row { server: format!("{}, to a POST", row.server), method: Method::POST, ..row };
    rows.extend([
        post(row("refuses the connection", [], "Transport(Connect)", 2)),
        post(row("closes it after the request", [Act::Answer(Vec::new()), good()], "Transport(Exchange)", 1)),
        post(row("says nothing", [Act::Stall(Vec::new()), good()], "Transport(Timeout)", 1)),
        post(row("sends 503", [answer("503 Busy", ""), good()], "Api(503)", 1)),
        post(row("sends 429", [answer("429 Slow Down", ""), good()], "Api(429)", 1)),
    ]);
    rows.extend(redirects::rows());
    rows
}

/// Serves the acts; gives the URL and how many connections there were.
pub fn serve(acts: Vec<Act>) -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    if matches!(acts.first(), Some(Act::Deaf)) {
        fill(listener);
    } else if !acts.is_empty() {
        thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let act = acts.get(index).or(acts.last()).cloned();
                counted.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || act.zip(stream.ok()).map(|(act, stream)| perform(&act, stream)));
            }
        });
    }
    (url, count)
}

/// Fills the queue of a listener, so that further connections wait, for as long as the test runs.
fn fill(listener: TcpListener) {
    let address = listener.local_addr().unwrap().into();
    let listener = Socket::from(listener);
    listener.listen(0).unwrap();
    let waiting = std::iter::repeat_with(|| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let _ = socket.connect_timeout(&address, Duration::from_millis(50));
        socket
    });
    std::mem::forget((waiting.take(3).collect::<Vec<_>>(), listener));
}

/// A client that has read enough hangs up, which is not a fault of the server.
fn perform(act: &Act, mut stream: TcpStream) {
    if matches!(act, Act::Hang | Act::Deaf) {
        return;
    }
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        head.push(byte[0]);
    }
    match act {
        Act::Hang | Act::Deaf => {}
        Act::Reset(bytes) => {
            let _ = stream.write_all(bytes);
            // What is sent may still be read before the reset.
            thread::sleep(Duration::from_millis(20));
            let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
        }
        Act::Answer(bytes) => {
            let _ = stream.write_all(bytes);
            let _ = stream.shutdown(Shutdown::Write);
            // Whoever closes with unread bytes resets the connection, and the client would miss the answer.
            let _ = stream.read_to_end(&mut Vec::new());
        }
        Act::Stall(bytes) => {
            let _ = stream.write_all(bytes);
            thread::sleep(Duration::from_secs(30));
        }
        Act::Endless(bytes, piece) => {
            let many = piece.repeat(1000);
            let mut sent = stream.write_all(bytes);
            while sent.is_ok() {
                sent = stream.write_all(&many);
            }
        }
    }
}

/// The limits are wide where the outcome does not depend on them, because the machine may be busy.
fn client(row: &Row, url: &str) -> HttpClient {
    let is_slow = row.acts.iter().any(|act| matches!(act, Act::Stall(_) | Act::Deaf));
    let attempt = Duration::from_millis(if is_slow { 300 } else { 20_000 });
    let retry = Retry::new().with_attempts(2).with_waits(Duration::from_millis(1), Duration::from_millis(1));
    let client = HttpClient::new(url).unwrap().with_retry(retry).with_redirects(row.redirects);
    let client = client.with_max_response_size(1000);
    let client = client.with_timeout(Duration::from_secs(40)).with_attempt_timeout(Duration::from_secs(20));
    match row.acts.first() {
        Some(Act::Deaf) => client.with_connect_timeout(attempt),
        _ => client.with_attempt_timeout(attempt),
    }
}

pub async fn outcome(client: &HttpClient, method: &Method) -> (String, u32) {
    if *method == Method::GET {
        return match show_pet(client, "1").send_full().await {
            Ok(_) => ("value".to_owned(), 0),
            Err(error) => told(&error),
        };
    }
    match RawCall::new(client, method.clone(), "/pets").json("x").send().await {
        Ok(reply) => ("value".to_owned(), reply.attempts()),
        Err(error) => told(&error),
    }
}

fn told<E>(error: &Error<E>) -> (String, u32) {
    let told = match error {
        Error::Transport(error) => format!("Transport({:?})", error.kind()),
        Error::Api(error) => format!("Api({})", error.status().as_u16()),
        Error::Decode(_) => "Decode".to_owned(),
        error => format!("{error:?}"),
    };
    (told, error.attempts())
}

/// The outcome over a transport. The server counts the attempts of a call that brings a value.
fn try_out(row: &Row, call: impl FnOnce(HttpClient) -> (String, u32)) -> (String, u32) {
    let (elsewhere, led) = serve(vec![good()]);
    let (url, count) = serve(row.acts.iter().map(|act| act.leading_to(&elsewhere)).collect());
    let (told, attempts) = call(client(row, &url));
    let is_heard = !matches!(row.acts.first(), None | Some(Act::Deaf));
    (told, if is_heard { count.load(Ordering::SeqCst) + led.load(Ordering::SeqCst) } else { attempts })
}

#[test]
fn every_fault_ends_as_it_must() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut table = String::from(
        "# What a server may do to a call\n\nMade by the test `faults`. Each row is run over real sockets, by the asynchronous transport \
         and by the blocking one, with\nretries of up to two attempts. Both end alike. No redirect is followed, unless the table says so.\n\n\
         | the server | the call ends with | attempts |\n| --- | --- | --- |\n",
    );
    let mut wrong = Vec::new();
    for row in rows() {
        let wanted = (row.wanted.0.to_owned(), row.wanted.1);
        let waiting = try_out(&row, |client| {
            runtime.block_on(outcome(&client.with_transport(ReqwestTransport::new()), &row.method))
        });
        let blocking =
            try_out(&row, |client| block_on(outcome(&client.with_transport(UreqTransport::new()), &row.method)));
        for (transport, had) in [("reqwest", waiting), ("ureq", blocking)] {
            if had != wanted {
                wrong.push(format!("{}: {transport} {had:?}, wanted {wanted:?}", row.server));
            }
        }
        let _ = writeln!(table, "| {} | `{}` | {} |", row.server, row.wanted.0, row.wanted.1);
    }
    table += &http2::table(&runtime, &mut wrong);
    assert_eq!(wrong, [""; 0]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/FAULTS.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), table);
}
