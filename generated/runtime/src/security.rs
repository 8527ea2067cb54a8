//! Takes the credentials that the user set for the document's security schemes, and the requirements of an operation. Chooses the
//! credentials to send, and writes them into the request.
//!
//! A credential goes only to operations that name its scheme. Nothing here shows a credential in a message.

use std::fmt;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use http::Uri;
use percent_encoding::percent_decode_str;

use super::encode::{Target, encode};
use super::request::Request;
use super::request_error::{Part, RequestError};
use super::secret::Secret;
use super::token::TokenSource;

/// What an operation requires: any one of the alternatives. An alternative lists the names of schemes that must all be set. An empty
/// alternative lets an anonymous request through.
pub type Requirements = &'static [&'static [&'static str]];

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    Basic,
    Bearer,
}

impl Scheme {
    /// An API key in the header `key`, sent exactly as given.
    pub const fn header(name: &'static str, key: &'static str) -> Self {
        Self { name, kind: Kind::Header(key) }
    }

    /// An API key in the query parameter `key`.
    pub const fn query(name: &'static str, key: &'static str) -> Self {
        Self { name, kind: Kind::Query(key) }
    }

    /// An API key in the cookie `key`, sent exactly as given.
    pub const fn cookie(name: &'static str, key: &'static str) -> Self {
        Self { name, kind: Kind::Cookie(key) }
    }

    /// HTTP Basic authentication (RFC 7617).
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: Kind::Basic }
    }

    /// A bearer token (RFC 6750), to which `Bearer ` is added unless it is there already.
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: Kind::Bearer }
    }

    /// The name of the scheme in the document.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// The credential that is set for one scheme.
#[derive(Clone)]
struct Credential {
    scheme: Scheme,
    username: String,
    given: Given,
}

#[derive(Clone)]
enum Given {
    Secret(Secret),
    /// Gives the secret of each call.
    Source(Arc<dyn TokenSource>),
}

impl Credential {
    /// Writes the credential into a request. A token source is skipped, because a client replaces it by a token before it sends.
    fn apply(&self, request: &mut Request) -> Result<(), RequestError> {
        let name = self.scheme.name;
        let Given::Secret(secret) = &self.given else { return Ok(()) };
        let secret = secret.expose();
        match self.scheme.kind {
            // A password may be empty. Any other empty credential was never set.
            kind if secret.is_empty() && !matches!(kind, Kind::Basic) => {
                Err(RequestError::new(Part::Credential, name, "is empty"))
            }
            Kind::Header(key) => request.credential_header(name, key, secret),
            Kind::Query(key) => {
                request.credential_query(key, secret);
                Ok(())
            }
            Kind::Cookie(key) => request.credential_cookie(name, key, secret),
            Kind::Bearer => request.credential_header(name, "authorization", &bearer(secret)),
            Kind::Basic if self.username.contains(':') => Err(RequestError::new(
                Part::Credential,
                name,
                "has a colon in its user name: OAuth wants a client id percent-encoded (RFC 6749, 2.3.1), `:` as `%3A`",
            )),
            Kind::Basic => {
                let pair = BASE64_STANDARD.encode(format!("{}:{secret}", self.username));
                request.credential_header(name, "authorization", &format!("Basic {pair}"))
            }
        }
    }
}

impl Credential {
    /// The secret. `None` if it comes from a token source.
    fn secret(&self) -> Option<&str> {
        match &self.given {
            Given::Secret(secret) => Some(secret.expose()),
            Given::Source(_) => None,
        }
    }

    /// The source of the credential, unless the request carries another credential in its place.
    fn source(&self, request: &Request, is_set: impl Fn(&str) -> bool) -> Option<(Scheme, Arc<dyn TokenSource>)> {
        let Given::Source(source) = &self.given else { return None };
        let header = match self.scheme.kind {
            Kind::Header(key) => Some(key),
            Kind::Bearer | Kind::Basic => Some("authorization"),
            Kind::Query(_) | Kind::Cookie(_) => None,
        };
        let is_carried = header.is_some_and(|header| request.has_header(header) || is_set(header));
        (!is_carried).then(|| (self.scheme, Arc::clone(source)))
    }
}

fn bearer(token: &str) -> String {
    match token.split_once(' ') {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("bearer") => token.to_owned(),
        _ => format!("Bearer {token}"),
    }
}

/// The credentials of a client, one for each scheme.
#[derive(Clone, Default)]
pub(super) struct Credentials {
    list: Vec<Credential>,
}

impl Credentials {
    /// Sets the credential of a scheme, in place of an earlier one.
    pub(super) fn set(&mut self, scheme: Scheme, username: String, secret: Secret) {
        self.list.retain(|credential| credential.scheme.name != scheme.name);
        self.list.push(Credential { scheme, username, given: Given::Secret(secret) });
    }

    /// Sets the source of a scheme's credential, in place of an earlier one.
    pub(super) fn set_source(&mut self, scheme: Scheme, source: Arc<dyn TokenSource>) {
        self.list.retain(|credential| credential.scheme.name != scheme.name);
        self.list.push(Credential { scheme, username: String::new(), given: Given::Source(source) });
    }

    /// The sources of the credentials that a request needs. `is_set` says which headers are set otherwise.
    pub(super) fn sources(
        &self,
        request: &Request,
        is_set: impl Fn(&str) -> bool,
    ) -> Vec<(Scheme, Arc<dyn TokenSource>)> {
        if !self.list.iter().any(|credential| matches!(credential.given, Given::Source(_))) {
            return Vec::new();
        }
        self.needed(request).into_iter().filter_map(|credential| credential.source(request, &is_set)).collect()
    }

    /// Writes the credentials that the request requires: the first alternative whose credentials are all set. If no alternative is
    /// complete, the request is sent without credentials.
    pub(super) fn apply(&self, request: &mut Request) -> Result<(), RequestError> {
        self.needed(request).into_iter().try_for_each(|credential| credential.apply(request))
    }

    /// Whether a URL holds one of the secrets that are sent in the query, encoded or not.
    pub(super) fn are_in(&self, uri: &Uri) -> bool {
        let written = uri.to_string();
        let read = percent_decode_str(&written).decode_utf8_lossy();
        let is_in = |secret: &str| {
            [secret, &encode(secret, Target::Query)].iter().any(|it| read.contains(it) || written.contains(it))
        };
        let in_query = self.list.iter().filter(|credential| matches!(credential.scheme.kind, Kind::Query(_)));
        in_query.filter_map(Credential::secret).any(|secret| !secret.is_empty() && is_in(secret))
    }

    /// The credentials that a request is sent with.
    fn needed(&self, request: &Request) -> Vec<&Credential> {
        match request.takes_all_credentials() {
            true => self.list.iter().collect(),
            false => self.choose(request.requirements()).unwrap_or_default(),
        }
    }

    /// The credentials that the operation requires and the request lacks. There are some if no alternative of the requirements is
    /// complete.
    pub(super) fn missing(&self, alternatives: Requirements) -> Requirements {
        let anonymous = alternatives.iter().any(|names| names.is_empty());
        if anonymous || self.choose(alternatives).is_some() { &[] } else { alternatives }
    }

    /// The first complete alternative. An empty alternative is complete too, but comes last, because a user who has set a credential wants
    /// it to be sent.
    fn choose(&self, alternatives: Requirements) -> Option<Vec<&Credential>> {
        let alternatives = alternatives.iter().filter(|names| !names.is_empty());
        alternatives.map(|names| names.iter().map(|name| self.get(name)).collect()).find_map(|chosen| chosen)
    }

    fn get(&self, name: &str) -> Option<&Credential> {
        self.list.iter().find(|credential| credential.scheme.name == name)
    }
}

/// Shows only the names of the schemes.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list.iter().map(|credential| credential.scheme.name)).finish()
    }
}
