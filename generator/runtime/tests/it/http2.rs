//! What a server may do over HTTP/2. The server speaks as much of RFC 9113 as the rows need, without TLS. The client is told that the
//! server speaks HTTP/2.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;

use super::faults::outcome;
use runtime::{HttpClient, Method, ReqwestTransport, Retry};

/// What the server does with a request.
#[derive(Clone, Copy)]
enum Act {
    Answer,
    /// Resets the stream, with an error code.
    Reset(u8),
    /// Says that it has processed no request, and closes the connection.
    GoAway,
    /// Closes the connection.
    Close,
}

use Act::{Answer, Close, GoAway, Reset};

const INTERNAL_ERROR: u8 = 2;
const REFUSED_STREAM: u8 = 7;

/// What the server does with each request, the last one repeated; the outcome, and how many requests the server saw.
type Row = (&'static str, &'static [Act], Method, &'static str, usize);

/// A refused stream is sent again by `reqwest`, twice at most, in each attempt of the client.
const ROWS: &[Row] = &[
    ("answers", &[Answer], Method::GET, "value", 1),
    ("refuses the stream, then answers", &[Reset(REFUSED_STREAM), Answer], Method::GET, "value", 2),
    ("refuses the stream, then answers, to a POST", &[Reset(REFUSED_STREAM), Answer], Method::POST, "value", 2),
    ("refuses every stream", &[Reset(REFUSED_STREAM)], Method::GET, "Transport(Exchange)", 6),
    ("refuses every stream, to a POST", &[Reset(REFUSED_STREAM)], Method::POST, "Transport(Exchange)", 3),
    ("goes away before it looks, then answers", &[GoAway, Answer], Method::GET, "value", 2),
    ("goes away before it looks, then answers, to a POST", &[GoAway, Answer], Method::POST, "value", 2),
    ("fails in the stream, then answers", &[Reset(INTERNAL_ERROR), Answer], Method::GET, "value", 2),
    ("fails in the stream, to a POST", &[Reset(INTERNAL_ERROR), Answer], Method::POST, "Transport(Exchange)", 1),
    ("closes the connection, then answers", &[Close, Answer], Method::GET, "value", 2),
    ("closes the connection, to a POST", &[Close, Answer], Method::POST, "Transport(Exchange)", 1),
];

/// The table of the rows. Notes what ends otherwise.
pub fn table(runtime: &Runtime, wrong: &mut Vec<String>) -> String {
    let mut table = String::from(
        "\n## By HTTP/2\n\nBy the asynchronous transport alone, because `ureq` has no HTTP/2. The requests are those that the server saw.\n\n\
         | the server | the call ends with | requests |\n| --- | --- | --- |\n",
    );
    for (name, acts, method, wanted, requests) in ROWS {
        let (url, count) = serve(acts);
        let retry = Retry::new().with_attempts(2).with_waits(Duration::from_millis(1), Duration::from_millis(1));
        let transport = ReqwestTransport::configured(|builder| builder.http2_prior_knowledge());
        let client = HttpClient::new(&url).unwrap().with_retry(retry).with_transport(transport);
        let (had, _) = runtime.block_on(outcome(&client, method));
        let had = (had.as_str(), count.load(Ordering::SeqCst));
        if had != (wanted, *requests) {
            wrong.push(format!("{name}: {had:?}, wanted {:?}", (wanted, requests)));
        }
        let _ = writeln!(table, "| {name} | `{wanted}` | {requests} |");
    }
    table
}

/// Serves the acts; gives the URL and how many requests there were.
fn serve(acts: &'static [Act]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let count = Arc::clone(&counted);
            // The client may close the connection early, which is not an error.
            thread::spawn(move || drop(connection(stream, acts, &count)));
        }
    });
    (url, count)
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
/// Of `SETTINGS`.
const ACK: u8 = 1;
/// Of `DATA`.
const END_STREAM: u8 = 1;
/// Of `HEADERS`.
const END_HEADERS: u8 = 4;
/// The header `:status: 200` in HPACK.
const STATUS_200: u8 = 0x88;

fn connection(mut stream: TcpStream, acts: &[Act], count: &AtomicUsize) -> io::Result<()> {
    stream.read_exact(&mut [0; "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len()])?;
    frame(&mut stream, SETTINGS, 0, 0, &[])?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head)?;
        let [a, b, c, kind, flags, id @ ..] = head;
        stream.read_exact(&mut vec![0; u32::from_be_bytes([0, a, b, c]) as usize])?;
        let id = u32::from_be_bytes(id);
        if kind == SETTINGS && flags != ACK {
            frame(&mut stream, SETTINGS, ACK, 0, &[])?;
        }
        if kind != HEADERS {
            continue;
        }
        match acts[count.fetch_add(1, Ordering::SeqCst).min(acts.len() - 1)] {
            Answer => {
                frame(&mut stream, HEADERS, END_HEADERS, id, &[STATUS_200])?;
                frame(&mut stream, DATA, END_STREAM, id, br#"{"name": "Tom"}"#)?;
            }
            Reset(code) => frame(&mut stream, RST_STREAM, 0, id, &[0, 0, 0, code])?,
            GoAway => {
                frame(&mut stream, GOAWAY, 0, 0, &[0; 8])?;
                // If data were left unread, the system would reset the connection, and the client might never read the frame.
                stream.shutdown(Shutdown::Write)?;
                return io::copy(&mut stream, &mut io::sink()).map(drop);
            }
            Close => return Ok(()),
        }
    }
}

fn frame(stream: &mut TcpStream, kind: u8, flags: u8, id: u32, payload: &[u8]) -> io::Result<()> {
    let [_, length @ ..] = (payload.len() as u32).to_be_bytes();
    stream.write_all(&[&length[..], &[kind, flags], &id.to_be_bytes(), payload].concat())
}
