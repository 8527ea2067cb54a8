//! URLs of servers: whether requests can go there, by the URL alone. Holds them to what the runtime does.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

/// Why a client cannot be built on a URL, whatever its scheme.
pub fn fault(url: &str) -> Option<&'static str> {
    if url.contains(['{', '}']) {
        return Some("one of its variables is not declared");
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
    // The crate `http` ignores a port that is out of range.
    let port = authority.as_str().strip_prefix(authority.host()).and_then(|rest| rest.strip_prefix(':'));
    port.is_some_and(|port| !port.is_empty() && port.parse::<u16>().is_err())
        .then_some("its port is not a number up to 65535")
}

/// Whether a URL is relative to another one.
pub fn is_relative(url: &str) -> bool {
    !url.contains("://")
}

/// Whether the runtime sends requests to a URL: it is `https`, or plain `http` to this machine.
pub fn is_reachable(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_loopback = host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || bare.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => is_loopback,
        _ => false,
    }
}
