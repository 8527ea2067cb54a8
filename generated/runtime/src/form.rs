//! `multipart/form-data` (RFC 7578): the parts of a form, one by one, to a body.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use bytes::Bytes;
use serde_json::Value;

use super::input::Input;
use super::output::{Output, to_form};
use super::read::Read;
use super::request_body::RequestBody;
use super::request_error::{Part, RequestError};
use super::write::Write;
use crate::serde;

/// Bytes, or a body that is read while it is sent, with the name and the media type that a server wants to know.
///
/// `Debug` shows only the length.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    body: RequestBody,
    name: Option<String>,
    content_type: Option<String>,
}

impl File {
    /// A file without a name of its own. The server sees the name of the form's field instead.
    pub fn new(body: impl Into<RequestBody>) -> Self {
        Self { body: body.into(), name: None, content_type: None }
    }

    /// The bytes; `None` if they are read while they are sent.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        self.body.as_bytes()
    }

    /// The same file under a name.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The same file with this media type, in place of the document's media type.
    #[must_use]
    pub fn with_content_type(self, content_type: impl Into<String>) -> Self {
        Self { content_type: Some(content_type.into()), ..self }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.body.length() {
            Some(length) => write!(f, "File({length} bytes)"),
            None => f.write_str("File(..)"),
        }
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<RequestBody> for File {
    fn from(body: RequestBody) -> Self {
        Self::new(body)
    }
}

impl From<Bytes> for File {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for File {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for File {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

/// In JSON, a file is written as text. Bytes that are not text cannot be written.
impl Write for File {
    fn write(&self, to: Output<'_>) {
        match self.bytes().map(|bytes| std::str::from_utf8(bytes)) {
            _ if to.takes_files() => to.file(self),
            Some(Ok(text)) => to.text(text),
            _ => to.refuse(),
        }
    }
}

impl Read for File {
    fn read(input: Input<'_>) -> Self {
        String::read(input).into()
    }

    fn empty() -> Self {
        Self::new(Bytes::new())
    }
}

serde!(File);

impl From<&'static [u8]> for File {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

/// A form in the making.
#[derive(Default)]
pub(super) struct Form {
    parts: Vec<(String, RequestBody)>,
}

impl Form {
    /// The form of an object: a part for each member, with the media type that is listed for it.
    ///
    /// # Errors
    /// The value is not an object or cannot be written, or a name or a media type cannot stand in a part's headers.
    pub(super) fn of<T: Write + ?Sized>(body: &T, media_types: &[(&str, &str)]) -> Result<Self, RequestError> {
        let fault = |reason| RequestError::new(Part::Body, "multipart/form-data", reason);
        let (value, files) = to_form(body).ok_or_else(|| fault("cannot be written as JSON"))?;
        let Value::Object(members) = value else { return Err(fault("is not an object")) };
        let (mut form, mut files) = (Self::default(), files.iter().peekable());
        for (name, value) in &members {
            let listed = media_types.iter().find(|(member, _)| member == name).map(|(_, media_type)| *media_type);
            let mut has_files = false;
            while let Some((_, file)) = files.next_if(|(member, _)| member == name) {
                has_files = true;
                form.file(name, listed, file)?;
            }
            if !(has_files && is_empty(value)) {
                form.member(name, listed, value)?;
            }
        }
        Ok(form)
    }

    fn file(&mut self, name: &str, content_type: Option<&str>, file: &File) -> Result<(), RequestError> {
        let disposition = format!("; filename=\"{}\"", quoted(file.name.as_deref().unwrap_or(name)));
        let content_type = file.content_type.as_deref().or(content_type).unwrap_or("application/octet-stream");
        self.push(name, &disposition, Some(content_type), file.body.clone())
    }

    /// Adds a member: a text as it is, a list as a part for each element, an object as JSON. `null` is left out. With a JSON media type,
    /// the whole value is one part of JSON (OpenAPI 3.1.1, 4.8.15.1.1).
    fn member(&mut self, name: &str, content_type: Option<&str>, value: &Value) -> Result<(), RequestError> {
        let whole = content_type.is_some_and(super::media_type::is_json);
        match value {
            Value::Array(elements) if !whole => elements.iter().try_for_each(|it| self.value(name, content_type, it)),
            value => self.value(name, content_type, value),
        }
    }

    fn value(&mut self, name: &str, content_type: Option<&str>, value: &Value) -> Result<(), RequestError> {
        let json = content_type.is_some_and(super::media_type::is_json);
        let (content_type, text) = match value {
            Value::Null => return Ok(()),
            Value::String(text) if !json => (content_type, text.clone()),
            Value::Object(_) | Value::Array(_) => (content_type.or(Some("application/json")), value.to_string()),
            other => (content_type, other.to_string()),
        };
        self.push(name, "", content_type, text.into())
    }

    fn push(
        &mut self,
        name: &str,
        more: &str,
        content_type: Option<&str>,
        body: RequestBody,
    ) -> Result<(), RequestError> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"{more}\r\n", quoted(name));
        if let Some(content_type) = content_type {
            if content_type.chars().any(char::is_control) {
                return Err(RequestError::new(Part::Body, name, "has a media type that a header cannot hold"));
            }
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        self.parts.push((head, body));
        Ok(())
    }

    /// The media type, with the boundary, and the body.
    pub(super) fn finish(self) -> (String, RequestBody) {
        let boundary = boundary();
        let parts = self
            .parts
            .into_iter()
            .flat_map(|(head, body)| [format!("--{boundary}\r\n{head}\r\n").into(), body, RequestBody::from("\r\n")]);
        let body = parts.chain([format!("--{boundary}--\r\n").into()]).collect();
        (format!("multipart/form-data; boundary={boundary}"), RequestBody::joined(body))
    }
}

/// Whether a value holds nothing besides files. `null` is in the place of each file.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.iter().all(is_empty),
        _ => false,
    }
}

/// A name inside a quoted string, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The boundary between parts. It is random, so the chance that a part contains it is one in 2^128.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("form-{:016x}{:016x}", random(), random())
}
