//! The values of a reply's headers, as the document declares them: OpenAPI's style `simple`, and `content` with JSON.
//!
//! Takes all headers and a name in any case, gives the value as a type. A header that is missing, or is not what the type needs, gives
//! `None`, so it never makes a reply unreadable. Headers are read as tolerantly as a body, see [`Read`].

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde_json::{Map, Value};

use super::input::from_slice;
use super::read::Read;

/// A text, a number or a boolean.
pub fn value<T: Read>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = text(headers, name)?;
    read(|reading| reading(&text))
}

/// Reads a list such as `a,b`. A comma inside quotes does not separate elements, and an element keeps its quotes. Each `Set-Cookie` header
/// is one element, because its value may have commas that do not separate elements (RFC 9110, 5.3).
pub fn list<T: Read>(headers: &HeaderMap, name: &str) -> Option<T> {
    if is_set_cookie(name) {
        let cookies: Vec<&str> = lines(headers, name).collect();
        return if cookies.is_empty() { None } else { read(|reading| cookies.iter().copied().map(reading).collect()) };
    }
    let text = text(headers, name)?;
    read(|reading| Value::Array(elements(&text).into_iter().map(reading).collect()))
}

/// An object: `R,100,G,200`.
pub fn object<T: Read>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = text(headers, name)?;
    let elements = elements(&text);
    let members = || elements.chunks_exact(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
    read(|reading| members().map(|(key, value)| ((*key).to_owned(), reading(value))).collect::<Map<_, _>>().into())
}

/// An object, exploded: `R=100,G=200`.
pub fn exploded<T: Read>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = text(headers, name)?;
    let elements = elements(&text);
    let members = || elements.iter().filter_map(|member| member.split_once('='));
    read(|reading| members().map(|(key, value)| (key.to_owned(), reading(value))).collect::<Map<_, _>>().into())
}

/// A value as JSON text: a header with `content: application/json`.
pub fn json<T: Read>(headers: &HeaderMap, name: &str) -> Option<T> {
    from_slice(text(headers, name)?.as_bytes()).ok()
}

/// The text of a header. Several headers with one name become one, with commas between their values (RFC 9110, 5.3). Of several
/// `Set-Cookie` headers, only the first counts.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let most = if is_set_cookie(name) { 1 } else { usize::MAX };
    let lines: Vec<&str> = lines(headers, name).take(most).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// The values of the headers with a name, those that are text.
fn lines<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let lines = headers.get_all(name).iter().filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    lines.map(str::trim)
}

fn is_set_cookie(name: &str) -> bool {
    SET_COOKIE.as_str().eq_ignore_ascii_case(name)
}

/// Reads a value whose parts are texts. If the type needs something else, reads it again with numbers and booleans in place of the texts
/// that spell them.
fn read<T: Read>(make: impl Fn(fn(&str) -> Value) -> Value) -> Option<T> {
    let plain: fn(&str) -> Value = |text| Value::String(text.to_owned());
    let typed: fn(&str) -> Value = |text| match serde_json::from_str(text) {
        Ok(scalar @ (Value::Bool(_) | Value::Number(_))) => scalar,
        _ => Value::String(text.to_owned()),
    };
    [plain, typed].into_iter().find_map(|reading| from_slice(make(reading).to_string().as_bytes()).ok())
}

/// The parts between commas, quoted strings (RFC 9110, 5.6.4) kept whole.
fn elements(text: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let is_comma = |c: char| {
        let found = c == ',' && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        found
    };
    let parts: Vec<&str> = text.split(is_comma).map(str::trim).collect();
    if text.is_empty() { Vec::new() } else { parts }
}
