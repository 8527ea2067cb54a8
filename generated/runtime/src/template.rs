//! Path templates: takes `/pets/{petId}` and the encoded values of its parameters, gives the path.

use super::encode::encode_literal;
use super::request_error::{Part, RequestError};

/// A path of the document, and the values of its parameters so far.
#[derive(Clone)]
pub(super) struct Template {
    text: &'static str,
    values: Vec<(&'static str, String)>,
    /// The whole path, where it is not the document's.
    raw: Option<String>,
}

/// Part of a path template.
enum Piece<'t> {
    Literal(&'t str),
    Parameter(&'t str),
}

impl Template {
    pub(super) fn new(text: &'static str) -> Self {
        Self { text, values: Vec::new(), raw: None }
    }

    /// A path that a caller has written.
    pub(super) fn raw(path: &str) -> Result<Self, RequestError> {
        let reason = if !path.starts_with('/') {
            "does not begin with a slash"
        } else if path.contains('#') {
            "has a fragment"
        } else if path.split('/').any(is_dot_segment) {
            "has a dot segment, which would lead out of the server's path"
        } else {
            return Ok(Self { text: "", values: Vec::new(), raw: Some(path.to_owned()) });
        };
        Err(RequestError::new(Part::Url, path, reason))
    }

    /// The template as the document has it.
    pub(super) fn text(&self) -> &'static str {
        self.text
    }

    /// Sets the encoded value of a parameter.
    pub(super) fn set(&mut self, name: &'static str, value: String) {
        self.values.push((name, value));
    }

    /// The path, with its leading slash.
    ///
    /// A segment that comes out as `.` or `..` is refused. There is no way to send one: to a server and to most
    /// clients `%2E` is the same as a dot (RFC 3986, section 6.2.2.2), so it would name another operation.
    pub(super) fn expand(&self) -> Result<String, RequestError> {
        if let Some(path) = &self.raw {
            return Ok(path.clone());
        }
        let path = self.text.strip_prefix('/').unwrap_or(self.text);
        let segments: Vec<String> = path.split('/').map(|segment| self.segment(segment)).collect::<Result<_, _>>()?;
        Ok(format!("/{}", segments.join("/")))
    }

    fn segment(&self, template: &str) -> Result<String, RequestError> {
        let mut expanded = String::new();
        let mut parameter = None;
        for piece in pieces(template) {
            match piece {
                Piece::Literal(text) => expanded.push_str(&encode_literal(text)),
                Piece::Parameter(name) => {
                    expanded.push_str(self.value(name)?);
                    parameter = Some(name);
                }
            }
        }
        match parameter {
            Some(name) if matches!(expanded.as_str(), "." | "..") => {
                Err(RequestError::new(Part::Path, name, "makes a dot segment, which no URL can hold"))
            }
            _ => Ok(expanded),
        }
    }

    fn value(&self, name: &str) -> Result<&str, RequestError> {
        let value = self.values.iter().rev().find(|(set, _)| *set == name);
        value.map(|(_, value)| value.as_str()).ok_or_else(|| RequestError::new(Part::Path, name, "is missing"))
    }
}

/// Whether a segment is `.` or `..`, also with encoded dots.
fn is_dot_segment(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// Splits a segment at its braces. A brace without a partner is literal.
fn pieces(segment: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((literal, name, tail)) = next_parameter(rest) {
        pieces.push(Piece::Literal(literal));
        pieces.push(Piece::Parameter(name));
        rest = tail;
    }
    pieces.push(Piece::Literal(rest));
    pieces
}

fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}
