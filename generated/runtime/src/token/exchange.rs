//! The call of a token endpoint as a table: its URL, the members of its body, and the places of the values in the reply.

use http::Method;
use serde_json::{Map, Value};

use super::client::ClientCredentials;
use super::credential::Credential;
use super::error::{TokenError, TokenErrorKind};
use super::scopes::Scopes;
use crate::request::Request;
use crate::secret::Secret;
use crate::security::Requirements;

/// A call that brings a token, as the document describes it.
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// The operation's id. It is empty if the exchange is not an operation of the document, but goes to its `tokenUrl` or `refreshUrl`.
    pub operation: &'static str,
    /// The server, if it is not the server of the API.
    pub server: Option<&'static str>,
    /// The path below the server, with its query.
    pub path: &'static str,
    /// How the body is written.
    pub format: Format,
    /// Which credentials of the client the operation requires.
    pub security: Requirements,
    /// The members of the body, by JSON Pointer.
    pub body: &'static [(&'static str, Member)],
    /// The places of the values in the reply.
    pub reply: TokenReply,
}

/// How the body of an exchange is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As JSON.
    Json,
    /// As `application/x-www-form-urlencoded`.
    Form,
}

/// What a member of the body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// A credential, by its position.
    Credential(usize),
    /// The refresh token.
    RefreshToken,
    /// The scopes. The member is left out if there are no scopes.
    Scopes,
    /// A text.
    Text(&'static str),
    /// A value other than a text, as JSON.
    Json(&'static str),
}

/// The places of the values in a reply, as JSON Pointers.
#[derive(Clone, Copy, Debug)]
pub struct TokenReply {
    /// The access token.
    pub token: &'static str,
    /// The refresh token.
    pub refresh_token: Option<&'static str>,
    /// The number of seconds that the access token lives.
    pub life: Option<&'static str>,
    /// Values that make the reply a success, as text.
    pub success: &'static [(&'static str, &'static str)],
}

/// The values that go into an exchange.
pub(super) struct Given<'g> {
    pub(super) credentials: &'g [Box<dyn Credential>],
    pub(super) client: Option<&'g ClientCredentials>,
    pub(super) refresh_token: Option<&'g Secret>,
    pub(super) scopes: &'g Scopes,
}

impl Exchange {
    /// The server of a `tokenUrl` or a `refreshUrl`.
    pub(super) fn token_server(&self) -> Option<&'static str> {
        self.server.filter(|_| self.operation.is_empty())
    }

    pub(super) fn request(&self, given: &Given<'_>) -> Result<Request, TokenError> {
        let mut request = Request::new(Method::POST, self.path);
        request.set_operation(self.operation);
        request.accept("application/json");
        request.security(self.security);
        if let Some(server) = self.server.filter(|_| self.token_server().is_none()) {
            request.server(server);
        }
        let mut body = Value::Object(Map::new());
        for (pointer, member) in self.body {
            if let Some(value) = given.value(*member)? {
                put(&mut body, pointer, value);
            }
        }
        if let Some(client) = given.client {
            for (name, value) in client.members()? {
                put(&mut body, &format!("/{name}"), value.expose().into());
            }
            client.authorize(&mut request)?;
        }
        match self.format {
            Format::Json => request.json(&body)?,
            Format::Form => request.form(&body, &[])?,
        }
        Ok(request)
    }
}

impl Given<'_> {
    fn value(&self, member: Member) -> Result<Option<Value>, TokenError> {
        let text = |secret: &Secret| Value::from(secret.expose());
        Ok(match member {
            Member::Credential(index) => {
                let credential = self.credentials.get(index).ok_or(TokenErrorKind::NoCredential)?;
                Some(text(&credential.get().map_err(TokenError::credential)?))
            }
            Member::RefreshToken => self.refresh_token.map(text),
            Member::Scopes => (!self.scopes.is_empty()).then(|| self.scopes.text().into()),
            Member::Text(text) => Some(text.into()),
            Member::Json(json) => serde_json::from_str(json).ok(),
        })
    }
}

/// Sets a member. Makes the objects that contain it, if they are missing.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut place = body;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(members) = place else { return };
        place = members.entry(step).or_insert(Value::Null);
    }
    *place = value;
}
