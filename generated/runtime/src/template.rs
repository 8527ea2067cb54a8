//! Path templates: takes `/pets/{petId}` and the encoded values of its parameters, gives the path.

use super::destination::is_dot_segment;
use super::encode::push_literal;
use super::request_error::{Part, RequestError};

const DOT_SEGMENT: &str = "has a dot segment, which would lead out of the server's path";

/// A path of the document, and the values of its parameters so far.
#[derive(Clone)]
pub(super) struct Template {
    text: &'static str,
    values: Vec<(&'static str, String)>,
    /// The whole path of a request that is not in the document.
    raw: Option<String>,
}

impl Template {
    pub(super) fn new(text: &'static str) -> Self {
        Self { text, values: Vec::new(), raw: None }
    }

    /// A path that a caller has written. The query is only checked.
    pub(super) fn raw(path: &str, query: &str) -> Result<Self, RequestError> {
        let reason = if !path.starts_with('/') {
            "does not begin with a slash"
        } else if path.contains('#') || query.contains('#') {
            "has a fragment"
        } else if path.split('/').any(is_dot_segment) {
            DOT_SEGMENT
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

    /// Adds the path, with its leading slash, to a URL.
    ///
    /// A segment that comes out as `.` or `..` is refused. There is no way to send one: to a server and to most
    /// clients `%2E` is the same as a dot (RFC 3986, section 6.2.2.2), so it would name another operation.
    pub(super) fn expand(&self, url: &mut String) -> Result<(), RequestError> {
        if let Some(path) = &self.raw {
            url.push_str(path);
            return Ok(());
        }
        url.push('/');
        let (start, mut rest) = (url.len(), self.text.strip_prefix('/').unwrap_or(self.text));
        while let Some((literal, name, tail)) = next_parameter(rest) {
            push_literal(url, literal);
            url.push_str(self.value(name)?);
            let is_whole = tail.is_empty() || tail.starts_with('/');
            let segment = url.get(start..).and_then(|path| path.rsplit('/').next());
            if is_whole && matches!(segment, Some("." | "..")) {
                return Err(RequestError::new(Part::Path, name, "makes a dot segment, which no URL can hold"));
            }
            rest = tail;
        }
        push_literal(url, rest);
        let path = url.get(start..).and_then(|rest| rest.split('?').next()).unwrap_or_default();
        match path.split('/').any(is_dot_segment) {
            true => Err(RequestError::new(Part::Url, self.text, DOT_SEGMENT)),
            false => Ok(()),
        }
    }

    fn value(&self, name: &str) -> Result<&str, RequestError> {
        let value = self.values.iter().rev().find(|(set, _)| *set == name);
        value.map(|(_, value)| value.as_str()).ok_or_else(|| RequestError::new(Part::Path, name, "is missing"))
    }
}

/// The first parameter of a path, and the text before and after it. A brace without a partner is literal.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let closed = text.match_indices('}').find_map(|(end, _)| Some((text.get(..end)?.rfind('{')?, end)));
    let (start, end) = closed?;
    Some((text.get(..start)?, text.get(start + 1..end)?, text.get(end + 1..)?))
}
