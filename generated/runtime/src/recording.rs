//! Records what a server answers, without secrets, for tests that replay it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::attempts::Attempt;
use super::clock::Clock;
use super::fault::Fault;
use super::request_body::RequestBody;
use super::transport::{Limits, StreamFuture, Transport, TransportFuture};

/// What replaces a secret.
const REDACTED: &str = "redacted";

/// A member of JSON is a secret if its name contains one of these words.
const SECRETS: [&str; 9] =
    ["token", "secret", "password", "passwd", "key", "credential", "authorization", "session", "cookie"];

/// Records the answers to calls of a client: [`Recording::layer`] goes into `with_layer`. `Mock::replay` answers with
/// [`Recording::to_json`]. Clones share what is recorded.
///
/// Of a request, only the operation is kept, or the method and the path if the request is not in the document. Of a reply, the status, the
/// media type and JSON are kept. A member of JSON is redacted if its name looks like a secret's name, or was given with
/// [`Recording::with_secret`], or if its text holds a header or a part of the query that was sent. Read the file before you share it.
#[derive(Clone, Default)]
pub struct Recording {
    exchanges: Arc<Mutex<Vec<Value>>>,
    secrets: Vec<String>,
}

impl Recording {
    /// An empty recording.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same recording, which redacts members with this name too.
    #[must_use]
    pub fn with_secret(mut self, name: &str) -> Self {
        self.secrets.push(name.to_lowercase());
        self
    }

    /// A layer that records what goes through it. Streams are not recorded.
    pub fn layer(&self, transport: Arc<dyn Transport>) -> impl Transport + use<> {
        Recorder { recording: self.clone(), transport }
    }

    /// What was recorded, as JSON to be written to a file.
    pub fn to_json(&self) -> String {
        let exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        format!("{:#}\n", Value::Array(exchanges.clone()))
    }

    fn keep(&self, sent: &Sent, reply: &http::Response<Bytes>) {
        let media_type = reply.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let mut body = serde_json::from_slice(reply.body()).unwrap_or(Value::Null);
        self.redact(sent, &mut body);
        let exchange = json!({
            "operation": sent.operation,
            "method": sent.method,
            "path": sent.path,
            "status": reply.status().as_u16(),
            "content-type": media_type,
            "body": body,
        });
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }

    fn redact(&self, sent: &Sent, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    if self.is_secret(name) { hide(value) } else { self.redact(sent, value) }
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.redact(sent, element)),
            Value::String(text) if sent.texts.iter().any(|sent| text.contains(sent)) => hide(value),
            _ => {}
        }
    }

    fn is_secret(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        SECRETS.iter().any(|secret| name.contains(secret)) || self.secrets.contains(&name)
    }
}

/// Replaces the texts and the numbers in a value. Its shape stays, so that it can still be read.
fn hide(value: &mut Value) {
    match value {
        Value::String(text) => *text = REDACTED.to_owned(),
        Value::Number(_) => *value = json!(0),
        Value::Array(elements) => elements.iter_mut().for_each(hide),
        Value::Object(members) => members.values_mut().for_each(hide),
        Value::Null | Value::Bool(_) => {}
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").finish_non_exhaustive()
    }
}

/// A request of a recording, and its reply.
pub(super) struct Exchange {
    pub(super) operation: String,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) reply: http::Response<Bytes>,
}

/// What a recording holds.
pub(super) fn replayed(recording: &str) -> Result<Vec<Exchange>, Fault> {
    let exchanges: Vec<Value> = serde_json::from_str(recording).unwrap_or_default();
    let exchanges: Option<Vec<Exchange>> = exchanges.iter().map(Exchange::read).collect();
    exchanges.filter(|exchanges| !exchanges.is_empty()).ok_or_else(|| Fault::new("the text is not a recording", 0))
}

impl Exchange {
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let mut builder = http::Response::builder().status(u16::try_from(value.get("status")?.as_u64()?).ok()?);
        if let Some(media_type) = text("content-type") {
            builder = builder.header(CONTENT_TYPE, media_type);
        }
        let body = value.get("body").filter(|body| !body.is_null()).map(Value::to_string).unwrap_or_default();
        Some(Self {
            operation: text("operation")?,
            method: text("method")?.parse().ok()?,
            path: text("path")?,
            reply: builder.body(body.into()).ok()?,
        })
    }
}

/// What is kept of a request until its reply arrives.
struct Sent {
    operation: &'static str,
    method: String,
    path: String,
    /// Texts that must not appear in the recorded reply.
    texts: Vec<String>,
}

impl Sent {
    fn of(request: &http::Request<RequestBody>) -> Self {
        let attempt = request.extensions().get().copied().unwrap_or(Attempt::first("", ""));
        let headers = request.headers().values().filter(|value| value.is_sensitive());
        let headers = headers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(' '));
        let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
        let texts = headers.map(str::to_owned).chain(query.map(|(_, value)| value.into_owned()));
        let path = if attempt.operation.is_empty() { request.uri().path() } else { attempt.route };
        Self {
            operation: attempt.operation,
            method: request.method().to_string(),
            path: path.to_owned(),
            // A shorter text would be found everywhere.
            texts: texts.filter(|text| text.len() >= 4).collect(),
        }
    }
}

#[derive(Debug)]
struct Recorder {
    recording: Recording,
    transport: Arc<dyn Transport>,
}

impl Transport for Recorder {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move {
            let sent = Sent::of(&request);
            let reply = self.transport.execute(request, limits).await?;
            self.recording.keep(&sent, &reply);
            Ok(reply)
        })
    }

    fn open(&self, request: http::Request<RequestBody>, limits: Limits) -> StreamFuture<'_> {
        self.transport.open(request, limits)
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.transport.clock()
    }
}
