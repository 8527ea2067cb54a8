//! How a client of OAuth authenticates itself to the token endpoint (RFC 6749, 2.3.1).

use std::fmt;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};

use super::credential::Credential;
use super::error::TokenError;
use crate::request::Request;
use crate::secret::Secret;

/// A client's id and secret, and how they are sent.
#[derive(Clone)]
pub struct ClientCredentials {
    /// `None` if nothing authenticates the client.
    id: Option<String>,
    secret: Option<Arc<dyn Credential>>,
    in_body: bool,
}

impl ClientCredentials {
    /// A client whose id and secret are sent by HTTP Basic. Every server has to support it.
    pub fn basic(id: impl Into<String>, secret: impl Credential + 'static) -> Self {
        Self { id: Some(id.into()), secret: Some(Arc::new(secret)), in_body: false }
    }

    /// A client whose id and secret are sent in the body, for servers that do not support HTTP Basic.
    pub fn in_body(id: impl Into<String>, secret: impl Credential + 'static) -> Self {
        Self { in_body: true, ..Self::basic(id, secret) }
    }

    /// A client without a secret, whose id is sent in the body.
    pub fn public(id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), secret: None, in_body: true }
    }

    /// No client, for servers that ask for a user's name and password alone (RFC 6749, 4.3.2).
    pub fn none() -> Self {
        Self { id: None, secret: None, in_body: true }
    }

    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    fn secret(&self) -> Result<Option<Secret>, TokenError> {
        self.secret.as_ref().map(|secret| secret.get()).transpose().map_err(TokenError::credential)
    }

    /// The members of a form that authenticate the client.
    pub(super) fn members(&self) -> Result<Vec<(&'static str, Secret)>, TokenError> {
        if !self.in_body {
            return Ok(Vec::new());
        }
        let id = self.id.as_deref().map(|id| ("client_id", Secret::from(id)));
        Ok(id.into_iter().chain(self.secret()?.map(|secret| ("client_secret", secret))).collect())
    }

    /// Writes the header that authenticates the client. Both parts are encoded as in a form, so that there is one colon.
    pub(super) fn authorize(&self, request: &mut Request) -> Result<(), TokenError> {
        if self.in_body {
            return Ok(());
        }
        let secret = self.secret()?;
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(self.id()), encoded(secret.as_ref().map_or("", Secret::expose)));
        let header = format!("Basic {}", BASE64_STANDARD.encode(pair));
        Ok(request.credential_header("client credentials", "authorization", &header)?)
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials(..)")
    }
}
