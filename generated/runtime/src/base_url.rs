//! Base URLs. Takes the URL of the document or of the user, refuses an unsafe or ambiguous URL.

use std::error::Error;
use std::fmt;

use http::Uri;
use http::uri::Scheme;

use super::destination::{has_invalid_port, is_loopback, is_relative};

/// A base URL that a client cannot be built on. The URL itself is not shown: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientError {
    reason: &'static str,
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the base URL {}", self.reason)
    }
}

impl Error for ClientError {}

/// An absolute URL without trailing slash, query, fragment and user information.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct BaseUrl(String);

impl BaseUrl {
    /// Reads a URL of https, or of plain http to this machine or to the host `plain`.
    pub(super) fn parse(text: &str, plain: Option<&str>) -> Result<Self, ClientError> {
        check(text, plain).map_err(|reason| ClientError { reason })?;
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// The host, where the URL is of plain http.
    pub(super) fn plain_host(text: &str) -> Option<String> {
        let uri: Uri = text.parse().ok()?;
        (uri.scheme_str() == Some("http")).then(|| uri.host().unwrap_or_default().to_ascii_lowercase())
    }

    /// A server by its URL in the document. A relative URL is resolved against this base URL, although OpenAPI resolves it against the URL
    /// of the document (3.1.1, 4.8.5). The base counts as a folder.
    pub(super) fn resolve(&self, url: &str, plain: Option<&str>) -> Result<Self, ClientError> {
        let (scheme, rest) = self.0.split_once("://").unwrap_or_default();
        let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
        match (url.strip_prefix("//"), url.strip_prefix('/')) {
            _ if !is_relative(url) => Self::parse(url, plain),
            (Some(other), _) => Self::parse(&format!("{scheme}://{other}"), plain),
            (None, Some(path)) => Self::parse(&format!("{scheme}://{host}/{}", without_dots(path)), plain),
            (None, None) => {
                let path = if folder.is_empty() { url.to_owned() } else { format!("{folder}/{url}") };
                Self::parse(&format!("{scheme}://{host}/{}", without_dots(&path)), plain)
            }
        }
    }

    /// Whether scheme, host and port are the same.
    pub(super) fn has_same_origin(&self, other: &Self) -> bool {
        let [own, other] = [self, other].map(|url| url.0.parse::<Uri>());
        own.is_ok_and(|own| other.is_ok_and(|other| is_same_origin(&own, &other)))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Removes the segments `.` and `..` from a path (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

fn check(text: &str, plain: Option<&str>) -> Result<(), &'static str> {
    if text.contains('#') {
        return Err("has a fragment");
    }
    if text.contains('?') {
        return Err("has a query");
    }
    if text.contains(['{', '}']) {
        return Err("has a variable without a value");
    }
    let uri: Uri = text.parse().map_err(|_| "is malformed")?;
    if uri.scheme().is_none_or(|scheme| *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP) {
        return Err("is not absolute with https (or http)");
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("holds a user name or password");
    }
    if uri.authority().is_some_and(has_invalid_port) {
        return Err("has an invalid port");
    }
    if !is_secure(&uri, plain) {
        return Err("is plain http to another machine, which `over_plain_http` allows");
    }
    Ok(())
}

/// Whether a redirect may lead from one URL to another. It may lead to plain http only on the host `plain`, or if both URLs are plain
/// http on this machine.
pub(super) fn may_lead(from: &Uri, to: &Uri, plain: Option<&str>) -> bool {
    let is_local = from.scheme_str() == Some("http") && is_loopback(from);
    is_secure(to, plain) && (to.scheme_str() == Some("https") || is_local || is_named(to, plain))
}

/// Whether a request to `uri` is safe on its way: it uses https, or stays on this machine, or goes to the host `plain`, which the user
/// trusts.
pub(super) fn is_secure(uri: &Uri, plain: Option<&str>) -> bool {
    match uri.scheme_str() {
        Some("https") => uri.host().is_some_and(|host| !host.is_empty()),
        Some("http") => is_loopback(uri) || is_named(uri, plain),
        _ => false,
    }
}

fn is_named(uri: &Uri, plain: Option<&str>) -> bool {
    plain.is_some_and(|host| uri.host().is_some_and(|it| it.eq_ignore_ascii_case(host)))
}

/// The port of a URL, or else that of its scheme.
pub(super) fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

/// Whether two URLs have scheme, host and port in common.
pub(super) fn is_same_origin(one: &Uri, other: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    let origin = |uri| (Uri::scheme_str(uri) == Some("https"), host(uri), port(uri));
    origin(one) == origin(other)
}
