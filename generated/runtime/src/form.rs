//! `multipart/form-data` (RFC 7578): the parts of a form, one by one, to a body.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use bytes::Bytes;
use serde_json::Value;

use super::input::Input;
use super::output::{Output, to_value};
use super::read::Read;
use super::request_error::{Part, RequestError};
use super::sink::Way;
use super::write::Write;
use crate::serde;

/// Bytes with what a server wants to know of them.
///
/// `Debug` shows the length alone.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    bytes: Bytes,
    name: Option<String>,
    content_type: Option<String>,
}

impl File {
    /// A file without a name; the server sees that of the form's field.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), name: None, content_type: None }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The same file under a name.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The same file as of a media type, in place of the one that the document has for it.
    #[must_use]
    pub fn with_content_type(self, content_type: impl Into<String>) -> Self {
        Self { content_type: Some(content_type.into()), ..self }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
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

/// Where bytes stand in JSON, they are text; others cannot be written.
impl Write for File {
    fn write(&self, to: Output<'_>) {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => to.text(text),
            Err(_) => to.refuse(),
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

/// What a field of a form may hold as files: one, none or several.
pub trait Files {
    /// The files, in order.
    fn files(&self) -> Vec<&File>;
}

impl Files for File {
    fn files(&self) -> Vec<&File> {
        vec![self]
    }
}

impl<T: Files> Files for Option<T> {
    fn files(&self) -> Vec<&File> {
        self.iter().flat_map(Files::files).collect()
    }
}

impl<T: Files> Files for Vec<T> {
    fn files(&self) -> Vec<&File> {
        self.iter().flat_map(Files::files).collect()
    }
}

/// A form in the making.
#[derive(Default)]
pub struct Form {
    parts: Vec<(String, Bytes)>,
}

impl Form {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the files of a field, each as a part.
    ///
    /// # Errors
    /// A name or a media type cannot stand in a part's headers.
    pub fn file(&mut self, name: &str, content_type: Option<&str>, files: &impl Files) -> Result<(), RequestError> {
        for file in files.files() {
            let disposition = format!("; filename=\"{}\"", quoted(file.name.as_deref().unwrap_or(name)));
            let content_type = file.content_type.as_deref().or(content_type).unwrap_or("application/octet-stream");
            self.push(name, &disposition, Some(content_type), file.bytes.clone())?;
        }
        Ok(())
    }

    /// Adds a field: text as it is, a list as a part for each element, an object as JSON, `None` not at all. With a JSON media
    /// type, the whole value is one part of JSON (OpenAPI 3.1.1, 4.8.15.1.1).
    ///
    /// # Errors
    /// The value cannot be written as JSON, or a media type cannot stand in a part's headers.
    pub fn part<T: Write + ?Sized>(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        value: &T,
    ) -> Result<(), RequestError> {
        let unwritable = || RequestError::new(Part::Body, name, "cannot be written as JSON");
        let value = to_value(value, Way::Request).ok_or_else(unwritable)?;
        let whole = content_type.is_some_and(super::media_type::is_json);
        match value {
            Value::Array(elements) if !whole => elements.iter().try_for_each(|it| self.value(name, content_type, it)),
            value => self.value(name, content_type, &value),
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
        self.push(name, "", content_type, Bytes::from(text))
    }

    fn push(&mut self, name: &str, more: &str, content_type: Option<&str>, bytes: Bytes) -> Result<(), RequestError> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"{more}\r\n", quoted(name));
        if let Some(content_type) = content_type {
            if content_type.chars().any(char::is_control) {
                return Err(RequestError::new(Part::Body, name, "has a media type that a header cannot hold"));
            }
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        self.parts.push((head, bytes));
        Ok(())
    }

    /// The media type, with the boundary, and the body.
    pub(super) fn finish(self) -> (String, Bytes) {
        let boundary = boundary();
        let mut body = Vec::new();
        for (head, bytes) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), Bytes::from(body))
    }
}

/// A name inside a quoted string, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that no part holds, but by a chance of one in 2^128.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("form-{:016x}{:016x}", random(), random())
}
