//! What every generated client shares: writing requests, sending them, reading replies, and saying what went wrong.
//!
//! An [`Operation`] writes its [`Request`] and reads its [`Reply`]. An [`HttpClient`] calls it, and adds the server and the
//! credentials. A [`Transport`] does the I/O. The macros [`object!`], [`union!`], [`string_enum!`] and [`integer_enum!`] declare
//! models; [`call!`] and [`settings!`] declare what every client has. Nothing here depends on a particular API.
//!
//! The feature `reqwest` adds the default transport, the feature `blocking` one that needs no runtime; without either a client is
//! given one with `with_transport`. The feature `checks` adds the checks of what is sent against the bounds of the document.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod attempt_headers;
mod attempts;
mod authorized;
mod base64_text;
mod base_url;
mod block_on;
mod body;
#[cfg(feature = "checks")]
mod bound;
mod byte_stream;
#[cfg(feature = "checks")]
mod check;
mod choice;
mod client;
mod clock;
#[cfg(feature = "checks")]
mod decimal;
mod decode_error;
mod destination;
mod encode;
pub mod enumeration;
mod error;
mod escape;
mod events;
mod fault;
mod form;
mod formats;
pub mod header;
mod input;
pub mod interop;
mod item_stream;
mod media_type;
#[cfg(feature = "testing")]
mod mock;
mod names;
mod nullable;
mod object;
mod operation;
mod output;
mod pairs;
mod parse;
mod race;
mod raw;
pub mod read;
mod readers;
#[cfg(feature = "testing")]
mod recording;
mod redirect;
mod reply;
mod request;
mod request_body;
mod request_error;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest_body;
#[cfg(feature = "reqwest")]
#[cfg_attr(target_arch = "wasm32", path = "reqwest_wasm.rs")]
mod reqwest_transport;
mod response;
mod resumed;
mod retry;
mod retry_after;
mod scalar;
mod scan;
mod secret;
mod security;
mod settings;
mod sink;
mod style;
mod table;
mod tape;
mod template;
mod text;
mod token;
#[cfg(feature = "tower")]
mod tower;
mod trace;
mod trailing;
mod transport;
mod transport_error;
mod tuple;
pub mod union;
mod unknown;
mod unreadable;
#[cfg(feature = "blocking")]
mod ureq_transport;
mod variants;
mod write;

pub use bytes::Bytes;
pub use http::{self, HeaderMap, Method, StatusCode};
#[cfg(feature = "reqwest")]
pub use reqwest;
pub use serde_json::{self, Value as Json};
#[cfg(feature = "blocking")]
pub use ureq;

pub use attempts::Attempt;
pub use base_url::ClientError;
pub use base64_text::{Base64, Base64Error, Base64Url};
pub use block_on::block_on;
#[cfg(feature = "checks")]
pub use bound::{Bound, Bounded, Pattern};
pub use byte_stream::{ByteStream, ChunkFuture, Chunks};
#[cfg(feature = "checks")]
pub use check::{Check, Checker, Violation, Violations};
pub use client::HttpClient;
pub use clock::{Clock, SleepFuture};
pub use decode_error::DecodeError;
pub use enumeration::Unlisted;
pub use error::{ApiError, Error};
pub use events::{Event, EventError, Events};
pub use fault::Fault;
pub use form::File;
pub use input::{Input, from_slice};
pub use item_stream::ItemStream;
#[cfg(feature = "testing")]
pub use mock::{Mock, On, Sent, transport_fn};
pub use nullable::Nullable;
pub use object::{Members, Object};
pub use operation::Operation;
pub use output::{ObjectWriter, Output, to_vec};
pub use raw::RawCall;
pub use read::{Model, Read};
#[cfg(feature = "testing")]
pub use recording::Recording;
pub use reply::Reply;
pub use request::Request;
pub use request_body::RequestBody;
pub use request_error::RequestError;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use response::Response;
pub use retry::Retry;
pub use secret::Secret;
pub use security::{Requirements, Scheme};
pub use style::Style;
pub use text::{Text, ToText};
#[cfg(feature = "file-store")]
pub use token::FileStore;
#[cfg(feature = "testing")]
pub use token::ScriptedTokens;
pub use token::{
    ClientCredentials, Credential, CredentialError, DescribedIssuer, Exchange, Format, Grant, GrantFuture, Issuer,
    Member, MemoryStore, RefreshToken, Scopes, StaticToken, StoreError, Token, TokenCache, TokenError, TokenErrorKind,
    TokenFuture, TokenReply, TokenSource, TokenStore, Use,
};
#[cfg(feature = "tower")]
pub use tower::{TowerTransport, TransportService};
pub use trailing::Trailing;
pub use transport::{Limits, StreamFuture, Transport, TransportFuture};
pub use transport_error::{TransportError, TransportErrorKind};
pub use union::{Discriminator, Tag, Union};
pub use unknown::Unknown;
pub use unreadable::Unreadable;
#[cfg(feature = "blocking")]
pub use ureq_transport::UreqTransport;
pub use write::Write;

/// The value that a JSON text of the document stands for.
pub fn constant<T: Read>(text: &str) -> T {
    from_slice(text.as_bytes()).unwrap_or_else(|_| T::empty())
}
