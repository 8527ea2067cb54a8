//! Where a URL leads, by its text alone: names are not looked up. The generator uses the same functions for a document's URLs.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;
use http::uri::Authority;

/// Whether a URL is relative to another one.
pub fn is_relative(url: &str) -> bool {
    !url.contains("://")
}

/// Whether the host is this machine.
pub fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || bare.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback())
}

/// Whether the port is not a number up to 65535. The crate `http` ignores such a port.
pub fn has_invalid_port(authority: &Authority) -> bool {
    let port = authority.as_str().strip_prefix(authority.host()).and_then(|rest| rest.strip_prefix(':'));
    port.is_some_and(|port| !port.is_empty() && port.parse::<u16>().is_err())
}

/// Whether a segment of a path is `.` or `..`, also with encoded dots.
pub fn is_dot_segment(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}
