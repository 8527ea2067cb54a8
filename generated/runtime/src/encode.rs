//! Percent-encoding. Takes a text and the part of a request for which it is meant, gives the text in the form that is allowed there.
//!
//! Only encodes characters; [`style`](super::style) writes what is between values.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 3986's unreserved characters stay, everything else is encoded. This is right in any part of a URL.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded with `allowReserved`. The reserved characters `#`, `[` and `]` would end the query or make it invalid. `&` and `+` would
/// not be read as part of the value. So these five are encoded too.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What is encoded in a path template outside its braces.
const LITERAL: &AsciiSet = &RESERVED.remove(b'&').remove(b'+');

/// What RFC 6265 forbids in a cookie's value.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// The same for the name of a cookie.
const COOKIE_NAME: &AsciiSet = &COOKIE.add(b'=');

/// The part of a request that a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A body of type `application/x-www-form-urlencoded`.
    Form,
    /// A header, which is not percent-encoded at all.
    Header,
    /// A cookie. Only what a cookie cannot hold is encoded, because most servers never decode cookies, and the value often comes from the
    /// server itself.
    Cookie,
}

/// Encodes `text` for its target.
pub(super) fn encode(text: &str, target: Target) -> String {
    match target {
        Target::Path | Target::Query => utf8_percent_encode(text, COMPONENT).to_string(),
        Target::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        Target::Header => text.to_owned(),
        Target::Cookie => utf8_percent_encode(text, COOKIE).to_string(),
    }
}

/// Encodes the name of a member for its target. The name of a cookie ends at `=`.
pub(super) fn encode_name(name: &str, target: Target) -> String {
    match target {
        Target::Cookie => utf8_percent_encode(name, COOKIE_NAME).to_string(),
        _ => encode(name, target),
    }
}

/// Encodes `text` for a query or a form as `allowReserved` has it: reserved characters and percent-encoded triples
/// stay as they are.
pub(super) fn encode_reserved(text: &str, target: Target) -> String {
    match target {
        Target::Query => outside_triples(text, RESERVED),
        Target::Form => outside_triples(text, RESERVED).replace("%20", "+"),
        Target::Path | Target::Header | Target::Cookie => encode(text, target),
    }
}

/// Appends the part of a path template between two parameters to a URL, and encodes it.
pub(super) fn push_literal(url: &mut String, text: &str) {
    push_outside_triples(url, text, LITERAL);
}

/// Encodes everything except triples that are percent-encoded already.
fn outside_triples(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded = String::new();
    push_outside_triples(&mut encoded, text, set);
    encoded
}

fn push_outside_triples(encoded: &mut String, text: &str, set: &'static AsciiSet) {
    let (head, rest) = text.split_once('%').map_or((text, None), |(head, rest)| (head, Some(rest)));
    encoded.extend(utf8_percent_encode(head, set));
    for piece in rest.into_iter().flat_map(|rest| rest.split('%')) {
        encoded.push_str(if starts_with_two_digits(piece) { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(piece, set));
    }
}

fn starts_with_two_digits(text: &str) -> bool {
    let mut characters = text.chars();
    [characters.next(), characters.next()].iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()))
}
