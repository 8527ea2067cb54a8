//! What every generated client shares: writing requests, sending them, reading replies, and saying what went wrong.
//!
//! An [`Operation`] knows how to write its [`Request`] and how to read its [`Reply`]; a [`Call`] takes one through an
//! [`HttpClient`], which adds the server and the credentials; a [`Transport`] does the I/O. This folder is copied into
//! generated crates as it is: it names nothing of a particular API, and its tests live elsewhere.
//!
//! The feature `reqwest` adds the default transport; without it a client is given one with `with_transport`. The feature
//! `checks` adds the checks of what is sent against the bounds of the document.

mod access;
mod base64_text;
mod base_url;
mod body;
#[cfg(feature = "checks")]
mod bound;
mod byte_stream;
#[cfg(feature = "checks")]
mod check;
mod client;
#[cfg(feature = "checks")]
mod decimal;
pub mod decode;
mod decode_error;
pub mod double_option;
mod encode;
pub mod enumeration;
mod error;
mod events;
mod failure;
mod form;
pub mod header;
pub mod int_text;
mod item_stream;
mod media_type;
mod memo;
mod mode;
mod number;
mod operation;
mod reader;
mod reply;
mod request;
mod request_error;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod secret;
mod security;
mod style;
mod template;
pub mod text;
mod transport;
mod transport_error;
pub mod union;
mod unknown;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};

pub use base_url::ClientError;
pub use base64_text::{Base64, Base64Error, Base64Url};
#[cfg(feature = "checks")]
pub use bound::{Bound, Bounded, Pattern};
pub use byte_stream::{ByteStream, ChunkFuture, Chunks};
#[cfg(feature = "checks")]
pub use check::{Check, Checker, Violation, Violations};
pub use client::HttpClient;
pub use decode_error::DecodeError;
#[allow(unused_imports, reason = "an API without such enumerations does not use them")]
pub(crate) use enumeration::{closed_enum, integer_enum, string_enum};
pub use error::{ApiError, Error};
pub use events::{Event, EventError, Events};
pub use failure::Failure;
pub use form::{File, Files, Form};
pub use item_stream::ItemStream;
pub use operation::{Call, Operation};
pub use reply::Reply;
pub use request::Request;
pub use request_error::RequestError;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use response::Response;
pub use secret::Secret;
pub use security::{Requirements, Scheme};
pub use style::Style;
pub use text::{Text, ToText};
pub use transport::{Limits, StreamFuture, Transport, TransportFuture};
pub use transport_error::{TransportError, TransportErrorKind};
pub use union::{Tagged, serialize_tagged, untagged};
pub use unknown::Unknown;
