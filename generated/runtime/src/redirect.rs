//! Redirects: takes a request and its reply, gives the URL to follow, and removes the headers that may not be sent there.

use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, LOCATION, RANGE, USER_AGENT};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Method, StatusCode, Uri};

use super::attempts::Attempt;
use super::base_url::is_same_origin;
use super::client::HttpClient;
use super::destination::has_invalid_port;
use super::request_body::RequestBody;

/// The headers that another origin gets. Any other header may hold a secret.
const FOR_ANYBODY: [HeaderName; 5] = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];

impl HttpClient {
    /// The URL of a redirect that the client follows.
    pub(super) fn redirected(
        &self,
        request: &http::Request<RequestBody>,
        (status, headers): (StatusCode, &HeaderMap),
        attempt: Attempt,
    ) -> Option<Uri> {
        let is_followed = attempt.redirects < self.redirects() && is_redirect(status) && is_harmless(request);
        let target = is_followed.then(|| target(request.uri(), location(headers)?)).flatten()?;
        let is_safe = is_same_origin(request.uri(), &target) || !self.has_credential_in(&target);
        (is_safe && self.may_lead(request.uri(), &target)).then_some(target)
    }
}

/// Changes the URL of the request. If the origin changes, removes the headers that may hold secrets, and gives true.
pub(super) fn redirect(request: &mut http::Request<RequestBody>, target: Uri) -> bool {
    let is_elsewhere = !is_same_origin(request.uri(), &target);
    if is_elsewhere {
        let headers = request.headers_mut();
        let kept = FOR_ANYBODY.into_iter().filter_map(|name| headers.remove(&name).map(|value| (name, value)));
        *headers = kept.collect();
    }
    *request.uri_mut() = target;
    is_elsewhere
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether the request only reads, so that it can be sent to another URL.
fn is_harmless(request: &http::Request<RequestBody>) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD) && request.body().is_empty()
}

/// The header `Location`. `None` if the reply does not have exactly one.
fn location(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(LOCATION).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// The URL to which a reference leads (RFC 3986, 5.2). `None` if it is malformed or holds a user name.
fn target(base: &Uri, reference: &str) -> Option<Uri> {
    let (reference, _) = reference.split_once('#').unwrap_or((reference, ""));
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    let target: Uri = match reference {
        _ if has_scheme(reference) => reference.parse().ok()?,
        _ if reference.starts_with("//") => format!("{scheme}:{reference}").parse().ok()?,
        _ => format!("{scheme}://{authority}{}", path_and_query(base, reference)).parse().ok()?,
    };
    target.authority().is_some_and(is_unambiguous).then_some(target)
}

/// Whether a reference is a whole URL. It is, if its first segment has a colon.
fn has_scheme(reference: &str) -> bool {
    reference.split(['/', '?']).next().is_some_and(|first| first.contains(':'))
}

fn is_unambiguous(authority: &Authority) -> bool {
    !authority.as_str().contains('@') && !has_invalid_port(authority)
}

/// The path and the query of a reference below the same origin.
fn path_and_query(base: &Uri, reference: &str) -> String {
    let (path, query) = match reference.find('?') {
        Some(at) => reference.split_at(at),
        None => (reference, ""),
    };
    match (path, query) {
        ("", "") => base.path_and_query().map_or_else(String::new, ToString::to_string),
        ("", query) => format!("{}{query}", base.path()),
        (path, query) if path.starts_with('/') => without_dots(path) + query,
        (path, query) => {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            without_dots(&format!("{folder}/{path}")) + query
        }
    }
}

/// A path without segments of dots (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    // A path that ends in dots names a folder, so it ends in a slash.
    if matches!(path.rsplit('/').next(), Some("." | "..")) {
        kept.push("");
    }
    format!("/{}", kept.join("/"))
}
