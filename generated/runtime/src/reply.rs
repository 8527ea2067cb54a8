//! The whole reply of a server, and the ways in which an operation reads it.

use std::fmt;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::attempts::Attempt;
use super::byte_stream::ByteStream;
use super::decode_error::DecodeError;
use super::error::{ApiError, Error};
use super::fault::Fault;
use super::input::from_slice;
use super::media_type::{Kind, MediaType};
use super::output::to_value;
use super::read::Read;
use super::request_error::{Part, RequestError};
use super::response::Response;
use super::sink::Way;
use super::transport_error::{TransportError, TransportErrorKind};
use super::write::Write;

/// The longest media type that messages show.
const MAX_MEDIA_TYPE: usize = 128;

/// The reply to a request. Cheap to clone.
///
/// `Debug` shows status, media type and length: headers and body may hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    status: StatusCode,
    headers: Arc<HeaderMap>,
    body: Bytes,
    attempts: u32,
    operation: &'static str,
}

impl Reply {
    /// The reply that a transport brought.
    pub fn new(response: http::Response<Bytes>) -> Self {
        let attempts = Attempt::count(&response);
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: Arc::new(parts.headers), body, attempts, operation: "" }
    }

    /// Reads the whole body of a reply, up to a size in bytes.
    pub(super) async fn collect(reply: http::Response<ByteStream>, max_size: usize) -> Result<Self, TransportError> {
        let attempts = Attempt::count(&reply);
        let (parts, mut stream) = reply.into_parts();
        let mut body = BytesMut::new();
        while let Some(chunk) = stream.next().await? {
            if chunk.len() > max_size.saturating_sub(body.len()) {
                return Err(TransportError::after(TransportErrorKind::TooLarge, attempts));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self::new(http::Response::from_parts(parts, body.freeze())))
    }

    /// A reply with a JSON body, for tests in which a program answers in place of a server.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn of<T: Write + ?Sized>(status: StatusCode, value: &T) -> Result<Self, RequestError> {
        let unwritable = || RequestError::new(Part::Body, "application/json", "cannot be written as JSON");
        let value = to_value(value, Way::Any).ok_or_else(unwritable)?;
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        Ok(Self { status, headers: Arc::new(headers), body: value.to_string().into(), attempts: 1, operation: "" })
    }

    /// The response that a transport would bring.
    #[cfg(feature = "testing")]
    pub(super) fn into_response(self) -> http::Response<Bytes> {
        let mut response = http::Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = Arc::unwrap_or_clone(self.headers);
        response
    }

    /// The status code, as a number to match on.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status code.
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn shared_headers(&self) -> Arc<HeaderMap> {
        Arc::clone(&self.headers)
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same reply, with the id of the operation that it answers.
    pub(super) fn to(self, operation: &'static str) -> Self {
        Self { operation, ..self }
    }

    /// The id of the operation that the reply answers. Empty if it is not known.
    pub(super) fn operation(&self) -> &'static str {
        self.operation
    }

    /// The declared media type, in lower case and without parameters. Empty if it cannot be read.
    pub fn content_type(&self) -> Option<String> {
        let media_type = self.media_type()?;
        let is_readable = media_type.is_valid() && media_type.essence().len() < MAX_MEDIA_TYPE;
        Some(if is_readable { media_type.essence().to_owned() } else { String::new() })
    }

    /// The media type of the header, even if it is not valid.
    fn media_type(&self) -> Option<MediaType> {
        declared_media_type(&self.headers)
    }

    /// Whether the declared media type is this one, or falls under it if it is a range (`text/*`).
    pub fn is(&self, media_type: &str) -> bool {
        self.media_type().is_some_and(|declared| declared.is_within(&MediaType::of(media_type)))
    }

    /// The body as JSON, whatever the media type: many a server sends JSON as `text/plain` or `application/octet-stream`, or does not
    /// say what it sends. An empty body reads as `null`.
    ///
    /// # Errors
    /// The body is not JSON, or not what `T` needs.
    pub fn json<T: Read>(&self) -> Result<T, DecodeError> {
        if self.body.is_empty() {
            return from_slice(b"null").map_err(|_| self.unreadable("the body is empty"));
        }
        from_slice(&self.body).map_err(|fault| match self.is_other_than_json() {
            true => self.unreadable("the media type is not JSON"),
            false => DecodeError::new(self.clone(), fault),
        })
    }

    /// Whether the reply declares another media type than JSON, and the body is not JSON.
    fn is_other_than_json(&self) -> bool {
        self.media_type().is_some_and(|declared| declared.kind() != Kind::Json)
            && serde_json::from_slice::<serde_core::de::IgnoredAny>(&self.body).is_err()
    }

    /// The body as text. It is UTF-8, or ISO 8859-1 if the header `Content-Type` says so (RFC 9110, 8.3.2).
    ///
    /// # Errors
    /// The body is neither.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(&self.body) {
            // Each byte of ISO 8859-1 is the number of its character in Unicode.
            _ if is_latin(&self.headers) => Ok(self.body.iter().copied().map(char::from).collect()),
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(self.unreadable("the text is not UTF-8")),
        }
    }

    /// The body as it came. This never fails. It gives a [`Result`] because the other ways of reading do.
    ///
    /// # Errors
    /// None.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// Ignores the body. Used for a status without a declared body.
    ///
    /// # Errors
    /// None.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// The outcome of an operation for a status that means success.
    ///
    /// # Errors
    /// The body could not be read.
    pub fn success<T, E>(&self, value: Result<T, DecodeError>) -> Result<Response<T>, Error<E>> {
        match value {
            Ok(value) => Ok(Response::of(self, value)),
            Err(fault) => Err(Error::Decode(Box::new(fault))),
        }
    }

    /// The outcome of an operation for a declared status that means failure.
    ///
    /// # Errors
    /// Always: the error that the server reports, even if its body could not be read.
    pub fn failure<T, E>(&self, error: Result<E, DecodeError>) -> Result<Response<T>, Error<E>> {
        Err(Error::Api(Box::new(ApiError::declared(self.clone(), error))))
    }

    /// The outcome of an operation for a status that means failure and for which the document declares no content.
    ///
    /// # Errors
    /// Always: status, headers and bytes are kept as they are.
    pub fn bare_failure<T, E>(&self) -> Result<Response<T>, Error<E>> {
        Err(Error::Api(Box::new(ApiError::bare(self.clone()))))
    }

    /// The outcome of an operation for a status that the document does not declare.
    ///
    /// # Errors
    /// Always: status, headers and bytes are kept as they are.
    pub fn undeclared<T, E>(&self) -> Result<Response<T>, Error<E>> {
        Err(Error::Api(Box::new(ApiError::undeclared(self.clone()))))
    }

    /// The error of a request that is not in the document.
    pub(super) fn unsuccessful(self) -> Error<()> {
        Error::Api(Box::new(ApiError::undeclared(self)))
    }

    /// Status, media type and length, for messages.
    pub(super) fn summary(&self) -> String {
        let media_type = self.content_type().filter(|essence| !essence.is_empty());
        let media_type = media_type.map(|essence| format!("{essence}, ")).unwrap_or_default();
        format!("{} ({media_type}{} bytes)", self.status, self.body.len())
    }

    pub(super) fn unreadable(&self, reason: &str) -> DecodeError {
        DecodeError::new(self.clone(), Fault::new(reason, 0))
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({})", self.summary())
    }
}

/// Whether the header `Content-Type` has ISO 8859-1 as its charset.
fn is_latin(headers: &HeaderMap) -> bool {
    let parameters = declared_media_type(headers).map(|media_type| media_type.parameters).unwrap_or_default();
    parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("iso-8859-1")
    })
}

/// The media type of the header `Content-Type`, even if it is not valid.
pub(super) fn declared_media_type(headers: &HeaderMap) -> Option<MediaType> {
    Some(MediaType::of(headers.get(CONTENT_TYPE)?.to_str().unwrap_or_default()))
}
