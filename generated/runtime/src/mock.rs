//! A server in memory, for tests of programs that use a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::attempts::Attempt;
use super::fault::Fault;
use super::interop;
use super::operation::Operation;
use super::reply::Reply;
use super::request_body::RequestBody;
use super::transport::{Limits, Transport, TransportFuture};
use super::transport_error::{TransportError, TransportErrorKind};
use super::write::Write;

/// A transport that answers each operation as a test says, and keeps what it was sent. Clones share both.
///
/// An answer is given once, and the last one of an operation again and again. A call of an operation without an answer fails with
/// [`TransportErrorKind::Absent`] and the operation's name.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: Vec<(&'static str, Answer)>,
    sent: Vec<(&'static str, http::Request<Bytes>)>,
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

    /// The next answer of an operation.
    pub fn on<O: Operation>(&self) -> On<'_, O> {
        On { mock: self, operation: PhantomData }
    }

    /// What was sent of an operation, in order.
    pub fn sent<O: Operation>(&self) -> Vec<Sent> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let requests = state.sent.iter().filter(|(operation, _)| *operation == O::ID);
        requests.map(|(_, request)| Sent(request.clone())).collect()
    }

    fn answer(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let operation = request.extensions().get().map_or("", |attempt: &Attempt| attempt.operation);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.sent.push((operation, request));
        let mut ready = state.answers.iter().enumerate().filter(|(_, (of, _))| *of == operation);
        let Some((first, answer)) = ready.next().map(|(index, (_, answer))| (index, answer.clone())) else {
            let message = format!("the mock has no answer for the operation `{operation}`");
            return Err(TransportError::new(TransportErrorKind::Absent, message));
        };
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
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}

/// An operation of a [`Mock`] that waits for its answer.
#[must_use = "no answer is set yet"]
pub struct On<'m, O> {
    mock: &'m Mock,
    operation: PhantomData<O>,
}

impl<'m, O: Operation> On<'m, O> {
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

    /// Brings no reply.
    pub fn fail(self, kind: TransportErrorKind) -> &'m Mock {
        self.answer(Answer::Failure(kind))
    }

    fn answer(self, answer: Answer) -> &'m Mock {
        let mut state = self.mock.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.answers.push((O::ID, answer));
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
