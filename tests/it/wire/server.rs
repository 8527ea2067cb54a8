//! A server on this machine: keeps what it is sent, and answers from a script.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A request as it arrived. Headers are sorted by name, without `User-Agent`.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub method: String,
    /// Path and query as they stood in the request line.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Recorded {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// The pairs of a form.
    pub fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    Answer(Answer),
    /// Reads the request and says nothing.
    Hang,
    /// Reads the request and closes the connection.
    Close,
}

/// An HTTP response.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    chunks: Vec<Bytes>,
    chunked: bool,
}

impl Reply {
    /// A status and nothing more.
    pub fn empty(status: u16) -> Self {
        Self::Answer(Answer { status, headers: Vec::new(), chunks: Vec::new(), chunked: false })
    }

    /// A body of a media type, with its length announced.
    pub fn new(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self::Answer(Answer { status, headers, chunks: vec![body.into()], chunked: false })
    }

    /// A body of type `application/json`.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// What load balancers say.
    pub fn html(status: u16) -> Self {
        Self::new(status, "text/html; charset=utf-8", HTML)
    }

    /// The same reply with a body of no media type.
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.chunks = vec![body.into()];
        }
        self
    }

    /// The same reply with another header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.headers.push((name, value.into()));
        }
        self
    }

    /// The same reply, a byte a chunk and without a length.
    pub fn in_chunks(mut self) -> Self {
        if let Self::Answer(answer) = &mut self {
            answer.chunks = answer.chunks.concat().chunks(1).map(Bytes::copy_from_slice).collect();
            answer.chunked = true;
        }
        self
    }
}

pub const HTML: &str = "<html><body>Bad gateway</body></html>";

/// A server that runs as long as the test's Tokio runtime.
pub struct Server {
    /// Without a trailing slash.
    pub url: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    script: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Recorded>>,
    agents: Mutex<Vec<Option<String>>>,
}

impl Server {
    /// A server that gives these replies, one a request. Whoever asks for more finds the connection closed.
    pub async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State { script: Mutex::new(script.into_iter().collect()), ..State::default() });
        tokio::spawn(accept(listener, state.clone()));
        Self { url, state }
    }

    /// The requests since the last time they were asked for.
    pub fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.state.requests.lock().unwrap())
    }

    /// The `User-Agent` of each request.
    pub fn agents(&self) -> Vec<Option<String>> {
        self.state.agents.lock().unwrap().clone()
    }

    /// A request to this server as it should arrive, with `Content-Length`. A request without a body has it only for methods that
    /// usually have one.
    pub fn expect(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Recorded {
        let length = body.len().to_string();
        let host = self.url.trim_start_matches("http://");
        let says_so = !body.is_empty() || ["POST", "PUT", "PATCH"].contains(&method);
        let length = says_so.then_some(("content-length", length.as_str()));
        let all = headers.iter().copied().chain([("host", host)]).chain(length);
        let mut headers: Vec<_> = all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        headers.sort();
        let body = Bytes::copy_from_slice(body.as_bytes());
        Recorded { method: method.to_owned(), target: target.to_owned(), headers, body }
    }
}

/// A port of this machine that is taken, and on which nobody listens.
pub struct ClosedPort {
    pub url: String,
    _socket: TcpSocket,
}

impl ClosedPort {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self { url: format!("http://{}", socket.local_addr().unwrap()), _socket: socket }
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, state.clone()));
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(|request| respond(request, &state));
    // A client that has read enough hangs up, which is not a fault of the server.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// An error closes the connection.
async fn respond(request: http::Request<Incoming>, state: &State) -> io::Result<Response<Chunks>> {
    let mut recorded = record(request).await?;
    // Whether replies may be compressed is a feature, which Cargo turns on for all members of the workspace at once.
    recorded.headers.retain(|(name, _)| name != "accept-encoding");
    let agent = recorded.headers.iter().position(|(name, _)| name == "user-agent");
    let agent = agent.map(|index| recorded.headers.remove(index).1);
    state.agents.lock().unwrap().push(agent);
    state.requests.lock().unwrap().push(recorded);
    let reply = state.script.lock().unwrap().pop_front();
    match reply {
        Some(Reply::Answer(answer)) => Ok(answer.response()),
        Some(Reply::Hang) => std::future::pending().await,
        Some(Reply::Close) | None => Err(io::ErrorKind::ConnectionReset.into()),
    }
}

async fn record(request: http::Request<Incoming>) -> io::Result<Recorded> {
    let (parts, body) = request.into_parts();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut headers: Vec<_> =
        parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    headers.sort();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    Ok(Recorded { method: parts.method.to_string(), target: parts.uri.to_string(), headers, body })
}

impl Answer {
    fn response(self) -> Response<Chunks> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Chunks { rest: self.chunks.into(), announced: !self.chunked }).unwrap()
    }
}

/// A body in pieces. Where its length is not announced, `hyper` sends it with `Transfer-Encoding: chunked`.
struct Chunks {
    rest: VecDeque<Bytes>,
    announced: bool,
}

impl Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.rest.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.rest.iter().map(|chunk| chunk.len() as u64).sum();
        if self.announced { SizeHint::with_exact(length) } else { SizeHint::default() }
    }
}
