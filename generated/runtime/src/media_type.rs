//! Media types: takes the value of a `Content-Type` header, answers what it is.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// The type and subtype that the headers declare, in lower case and without parameters. Empty if they are unreadable.
pub(super) fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(if essence.chars().all(is_token) && essence.len() < 128 { essence } else { String::new() })
}

fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "/.+-_!#$&^*".contains(character)
}

/// Whether a body of this type is JSON.
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a type falls under another one, which may be a range (`text/*`).
pub(super) fn matches(essence: &str, range: &str) -> bool {
    let range = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(kind) => essence.starts_with(kind),
        None => essence == range,
    }
}
