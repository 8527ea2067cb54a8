//! A call without its types: takes a call of any operation and what a client is made from, gives an outcome that can
//! be compared, and everything that was said about it.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use generated::runtime::{Call, DecodeError, Error, Operation, ReqwestTransport, Response, Secret, TransportErrorKind};
use generated::{bytenite, netography, purewl};

use super::operations::CANARY;

pub type Sending = Pin<Box<dyn Future<Output = Sent>>>;

/// What came of a call.
pub struct Sent {
    pub outcome: Outcome,
    /// What the error says, if there is one.
    pub message: Option<String>,
    /// Everything that `Debug` and `Display` say about the call, its result and what that consists of.
    pub shown: Vec<String>,
}

#[derive(Debug, PartialEq)]
pub enum Outcome {
    Value { status: u16, value: String },
    Api { status: u16, body: Bytes, error: Result<String, Unreadable> },
    Decode(Unreadable),
    Request(String),
    Transport(TransportErrorKind),
}

/// The parts of a [`DecodeError`].
#[derive(Debug, PartialEq)]
pub struct Unreadable {
    pub status: u16,
    pub content_type: Option<String>,
    pub length: usize,
    pub path: String,
    pub reason: String,
}

/// What the client of a case is made from.
#[derive(Clone)]
pub struct Setup {
    pub base: String,
    pub credential: String,
    pub timeout: Duration,
    pub max_response_size: usize,
    /// Shared with the clients of other servers, because every transport reads the machine's certificates.
    pub transport: ReqwestTransport,
}

impl Setup {
    /// Clients of the server at `base`, with the canary for a credential where there is one.
    pub fn new(base: impl Into<String>) -> Self {
        Self {
            base: base.into(),
            credential: CANARY.to_owned(),
            // Against a hang alone: a busy machine fails nobody.
            timeout: Duration::from_secs(60),
            max_response_size: 1 << 20,
            transport: ReqwestTransport::new(),
        }
    }

    /// The same for another server.
    pub fn at(&self, base: impl Into<String>) -> Self {
        Self { base: base.into(), ..self.clone() }
    }

    pub fn bytenite(&self) -> bytenite::Client {
        bytenite::Client::new()
            .and_then(|client| client.with_base_url(&self.base))
            .unwrap()
            .with_timeout(self.timeout)
            .with_max_response_size(self.max_response_size)
            .with_transport(self.transport.clone())
            .with_bearer_auth(Secret::from(self.credential.as_str()))
    }

    pub fn netography(&self) -> netography::Client {
        netography::Client::new()
            .and_then(|client| client.with_base_url(&self.base))
            .unwrap()
            .with_timeout(self.timeout)
            .with_max_response_size(self.max_response_size)
            .with_transport(self.transport.clone())
    }

    pub fn purewl(&self) -> purewl::Client {
        purewl::Client::new()
            .and_then(|client| client.with_base_url(&self.base))
            .unwrap()
            .with_timeout(self.timeout)
            .with_max_response_size(self.max_response_size)
            .with_transport(self.transport.clone())
    }
}

/// Sends a call and takes the types away from the result.
pub fn send<O>(call: Call<O>) -> Sending
where
    O: Operation<Output: Debug, Error: Debug + 'static> + Debug + 'static,
{
    Box::pin(async move {
        let mut shown = vec![format!("{call:?} {call:#?}")];
        let result = call.send_full().await;
        let outcome = match &result {
            Ok(response) => value(response, &mut shown),
            Err(error) => fault(error, &mut shown),
        };
        Sent { outcome, message: result.err().map(|error| error.to_string()), shown }
    })
}

fn value<T: Debug>(response: &Response<T>, shown: &mut Vec<String>) -> Outcome {
    shown.push(format!("{response:?} {response:#?}"));
    let value = format!("{:?}", response.value());
    shown.push(value.clone());
    Outcome::Value { status: response.status().as_u16(), value }
}

fn fault<E: Debug + 'static>(error: &Error<E>, shown: &mut Vec<String>) -> Outcome {
    shown.extend(chain(error));
    match error {
        Error::Api(error) => {
            shown.push(format!("{error:?} {error:#?} {error}"));
            shown.extend(error.decode_error().into_iter().flat_map(|fault| chain(fault)));
            let body = match (error.error(), error.decode_error()) {
                (Some(body), None) => Ok(format!("{body:?}")),
                (None, Some(fault)) => Err(unreadable(fault)),
                other => panic!("neither read nor unreadable: {other:?}"),
            };
            Outcome::Api { status: error.status().as_u16(), body: error.body().clone(), error: body }
        }
        Error::Decode(fault) => {
            shown.extend(chain(fault.as_ref()));
            Outcome::Decode(unreadable(fault))
        }
        Error::Request(error) => Outcome::Request(error.to_string()),
        Error::Transport(error) => Outcome::Transport(error.kind()),
        error => panic!("an unknown kind of error: {error}"),
    }
}

fn unreadable(fault: &DecodeError) -> Unreadable {
    Unreadable {
        status: fault.status().as_u16(),
        content_type: fault.content_type(),
        length: fault.body().len(),
        path: fault.path(),
        reason: fault.reason().to_owned(),
    }
}

/// What an error and its sources say.
pub fn chain(error: &(dyn StdError + 'static)) -> Vec<String> {
    let said = format!("{error:?} {error:#?} {error} {error:#}");
    std::iter::once(said).chain(error.source().into_iter().flat_map(chain)).collect()
}
