//! A server in memory, for tests of programs that use a client.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_core::de::DeserializeOwned;

use super::attempts::Attempt;
use super::clock::{Clock, SleepFuture};
use super::fault::Fault;
use super::interop;
use super::operation::Operation;
use super::recording::replayed;
use super::reply::Reply;
use super::request_body::RequestBody;
use super::transport::{Limits, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};
use super::write::Write;

/// A transport that answers each operation as a test says, and keeps the requests. Clones share the answers and the requests.
///
/// An answer is given once. The last answer of an operation is given again and again, until another is set. A call of an operation without
/// an answer fails with [`TransportErrorKind::Unanswered`] and the operation's name.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: Vec<Waiting>,
    sent: Vec<(Key, http::Request<Bytes>)>,
    time: Duration,
}

/// An answer that waits for its request.
struct Waiting {
    key: Key,
    answer: Answer,
    is_given: bool,
}

/// What tells requests apart: the operation, or the method and the path of a request that is not in the document.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Operation(Cow<'static, str>),
    Path(Method, String),
}

impl Key {
    fn of(request: &http::Request<Bytes>) -> Self {
        match request.extensions().get() {
            Some(Attempt { operation, .. }) if !operation.is_empty() => Self::Operation((*operation).into()),
            _ => Self::Path(request.method().clone(), request.uri().path().to_owned()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(id) => write!(f, "the operation `{id}`"),
            Self::Path(method, path) => write!(f, "`{method} {path}`"),
        }
    }
}

#[derive(Clone)]
enum Answer {
    Reply(Reply),
    Failure(TransportErrorKind),
}

impl Mock {
    /// A server that answers nothing so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers as a server did when it was recorded (see [`Recording`](super::Recording)).
    ///
    /// # Errors
    /// The text is not of a recording.
    pub fn replay(recording: &str) -> Result<Self, Fault> {
        let mock = Self::new();
        for exchange in replayed(recording)? {
            let key = match exchange.operation.is_empty() {
                true => Key::Path(exchange.method, exchange.path),
                false => Key::Operation(exchange.operation.into()),
            };
            On { mock: &mock, key }.respond(exchange.reply);
        }
        Ok(mock)
    }

    /// The next answer of an operation.
    pub fn on<O: Operation>(&self) -> On<'_> {
        On { mock: self, key: Key::Operation(O::ID.into()) }
    }

    /// The next answer to a request that is not in the document. `path` is the whole path of the URL, with the path of the server.
    pub fn on_request(&self, method: Method, path: &str) -> On<'_> {
        On { mock: self, key: Key::Path(method, path.to_owned()) }
    }

    /// What was sent of an operation, in order.
    pub fn sent<O: Operation>(&self) -> Vec<Sent> {
        let key = Key::Operation(O::ID.into());
        let state = self.state();
        state.sent.iter().filter(|(of, _)| *of == key).map(|(_, request)| Sent(request.clone())).collect()
    }

    /// All that was sent, in order.
    pub fn requests(&self) -> Vec<Sent> {
        self.state().sent.iter().map(|(_, request)| Sent(request.clone())).collect()
    }

    /// How many answers were never given. A test that expects each call asserts that this is zero.
    pub fn unused(&self) -> usize {
        self.state().answers.iter().filter(|waiting| !waiting.is_given).count()
    }

    /// How long the client has waited before it sent calls again. The wait takes no real time, because the clock of the mock moves on at
    /// once.
    pub fn waited(&self) -> Duration {
        self.state().time
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let (key, mut state) = (Key::of(&request), self.state());
        state.sent.push((key.clone(), request));
        let mut ready = state.answers.iter_mut().enumerate().filter(|(_, waiting)| waiting.key == key);
        let Some((first, waiting)) = ready.next() else {
            return Err(TransportError::new(TransportErrorKind::Unanswered, format!("set one for {key}")));
        };
        waiting.is_given = true;
        let answer = waiting.answer.clone();
        if ready.next().is_some() {
            state.answers.remove(first);
        }
        match answer {
            Answer::Reply(reply) => Ok(reply.into_response()),
            Answer::Failure(kind) => Err(kind.into()),
        }
    }
}

impl Transport for Mock {
    fn execute(&self, request: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        Box::pin(async move { self.answer(collected(request).await?) })
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(self)
    }
}

impl Clock for Mock {
    fn now(&self) -> Duration {
        self.waited()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.state().time += duration;
        Box::pin(std::future::ready(()))
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}

/// An operation of a [`Mock`] that waits for its answer.
#[must_use = "no answer is set yet"]
pub struct On<'m> {
    mock: &'m Mock,
    key: Key,
}

impl<'m> On<'m> {
    /// Answers with JSON. Sends 500 if the status is invalid, and an empty body if the value cannot be written as JSON.
    pub fn reply<T: Write + ?Sized>(self, status: u16, value: &T) -> &'m Mock {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let empty = || {
            let mut response = http::Response::new(Bytes::new());
            *response.status_mut() = status;
            Reply::new(response)
        };
        let reply = Reply::of(status, value).unwrap_or_else(|_| empty());
        self.answer(Answer::Reply(reply))
    }

    /// Answers with a whole response: headers, and a body of any type.
    pub fn respond(self, response: http::Response<impl Into<Bytes>>) -> &'m Mock {
        self.answer(Answer::Reply(Reply::new(response.map(Into::into))))
    }

    /// Fails without a reply.
    pub fn fail(self, kind: TransportErrorKind) -> &'m Mock {
        self.answer(Answer::Failure(kind))
    }

    fn answer(self, answer: Answer) -> &'m Mock {
        let answers = &mut self.mock.state().answers;
        // The last answer has been given. It is given again only as long as no other waits.
        answers.retain(|waiting| waiting.key != self.key || !waiting.is_given);
        answers.push(Waiting { key: self.key, answer, is_given: false });
        self.mock
    }
}

/// A request that a [`Mock`] was sent.
#[derive(Clone)]
pub struct Sent(http::Request<Bytes>);

impl Sent {
    /// The request.
    pub fn request(&self) -> &http::Request<Bytes> {
        &self.0
    }

    /// A parameter of the query, as it was before it was encoded.
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.0.uri().query()?.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The body is not JSON, or not what the type needs.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        interop::from_body(self.0.body())
    }
}

/// The method alone: everything else may be a secret.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sent({})", self.0.method())
    }
}

/// The request with its body in memory.
async fn collected(request: http::Request<RequestBody>) -> Result<http::Request<Bytes>, TransportError> {
    let body = request.body().collect().await?;
    Ok(request.map(|_| body))
}

/// A transport that is a function, for tests.
pub fn transport_fn<F>(answer: F) -> impl Transport + 'static
where
    F: Fn(http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> + Send + Sync + 'static,
{
    Function(answer)
}

struct Function<F>(F);

impl<F> Transport for Function<F>
where
    F: Fn(http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> + Send + Sync,
{
    fn execute(&self, request: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        Box::pin(async move { (self.0)(collected(request).await?) })
    }
}

impl<F> fmt::Debug for Function<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("transport_fn(..)")
    }
}
