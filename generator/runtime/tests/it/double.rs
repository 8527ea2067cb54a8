//! A transport in memory, and an operation as the emitter writes them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::Call;
use runtime::{
    Bytes, Error, HttpClient, Limits, Method, Model, Object, ObjectWriter, Operation, Reply, Request, RequestBody,
    RequestError, Response, Secret, Style, Transport, TransportFuture, model,
};

/// Answers every request with the same reply and keeps what it was sent.
#[derive(Debug)]
pub struct Double {
    reply: http::Response<Bytes>,
    pub sent: Mutex<Vec<(String, Limits)>>,
}

impl Double {
    pub fn new(reply: http::Response<Bytes>) -> Self {
        Self { reply, sent: Mutex::new(Vec::new()) }
    }
}

impl Transport for Double {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        self.sent.lock().unwrap().push((request.uri().to_string(), limits));
        let reply = self.reply.clone();
        Box::pin(async move { Ok(reply) })
    }
}

/// A reply as a transport brings it.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Bytes> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

/// The text of a request: method and URL, the headers by name, and the body.
pub fn written(request: &http::Request<RequestBody>) -> String {
    let headers: BTreeMap<_, _> = request.headers().iter().map(|(name, value)| (name.as_str(), value)).collect();
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in headers {
        text += &format!("{name}: {}\n", value.to_str().unwrap());
    }
    if !request.body().is_empty() {
        text += &format!("\n{}\n", std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap());
    }
    text
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pet {
    pub name: String,
    pub token: Option<Secret>,
}

impl Model for Pet {
    fn read(from: &mut Object<'_>) -> Self {
        Self { name: from.required("name"), token: from.optional("token") }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("name", &self.name);
        to.optional("token", &self.token);
    }
}

model!(Pet);

#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub message: String,
}

impl Model for Problem {
    fn read(from: &mut Object<'_>) -> Self {
        Self { message: from.required("message") }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("message", &self.message);
    }
}

model!(Problem);

#[derive(Clone, Debug)]
pub struct ShowPet {
    pet_id: String,
    limit: Option<i64>,
    trace: Option<Secret>,
}

pub fn show_pet(http: &HttpClient, pet_id: impl Into<String>) -> Call<ShowPet> {
    Call::new(http, ShowPet { pet_id: pet_id.into(), limit: None, trace: None })
}

impl Call<ShowPet> {
    pub(super) fn limit(mut self, limit: i64) -> Self {
        self.operation.limit = Some(limit);
        self
    }

    pub(super) fn trace(mut self, trace: Secret) -> Self {
        self.operation.trace = Some(trace);
        self
    }
}

impl Operation for ShowPet {
    type Output = Pet;
    type Error = Problem;

    const ID: &'static str = "showPet";

    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(Method::GET, "/pets/{petId}");
        request.security(&[&["Key"]]);
        request.accept("application/json");
        request.path("petId", Style::SIMPLE, &self.pet_id)?;
        request.query("limit", Style::FORM, &self.limit)?;
        request.header("X-Trace", Style::SIMPLE, &self.trace)?;
        Ok(request)
    }

    fn response(reply: &Reply) -> Result<Response<Self::Output>, Error<Self::Error>> {
        match reply.status() {
            200 => reply.success(reply.json()),
            401 | 404 | 500..=599 => reply.failure(reply.json()),
            _ => reply.undeclared(),
        }
    }
}
