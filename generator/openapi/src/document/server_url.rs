//! URLs of servers: whether requests can go there, by the URL alone. The rules are those of the runtime.

#[path = "../../embedded/destination.rs"]
mod destination;

use http::Uri;

use destination::{has_invalid_port, is_loopback};
pub use destination::{is_dot_segment, is_relative};

/// A URL in which the declared variables have their defaults.
pub fn with_defaults<'v>(url: &str, default: impl Fn(&str) -> Option<&'v str>) -> String {
    let (mut filled, mut rest) = (String::new(), url);
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let variable = behind.split_once('}').and_then(|(name, behind)| Some((default(name)?, behind)));
        rest = match variable {
            Some((value, behind)) => {
                filled.push_str(value);
                behind
            }
            None => {
                filled.push('{');
                behind
            }
        };
    }
    filled + rest
}

/// Why a client cannot be built on a URL, whatever its scheme.
pub fn fault(url: &str) -> Option<&'static str> {
    if url.contains(['{', '}']) {
        return Some("it has a brace that belongs to no declared variable");
    }
    if url.contains('?') {
        return Some("it has a query");
    }
    if url.contains('#') {
        return Some("it has a fragment");
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("it has a character that no URL can have");
    }
    if is_relative(url) {
        return None;
    }
    let Ok(uri) = url.parse::<Uri>() else { return Some("it is malformed") };
    let Some(authority) = uri.authority() else { return Some("it names no host") };
    if authority.as_str().contains('@') {
        return Some("it holds a user name or a password");
    }
    has_invalid_port(authority).then_some("its port is not a number up to 65535")
}

/// Whether the runtime sends requests to a URL: it is `https`, or plain `http` to this machine.
pub fn is_reachable(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => is_loopback(&uri),
        _ => false,
    }
}
