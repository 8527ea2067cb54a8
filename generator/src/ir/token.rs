//! Sources of tokens: which calls mint and refresh them, and where values go in these calls.

use serde_json::Value;

use crate::ir::{Requirement, SchemeId};

/// Where the tokens of a security scheme come from.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenSource {
    /// The scheme that the tokens are for.
    pub scheme: SchemeId,
    /// The ways to get the first token.
    pub mints: Vec<Mint>,
    /// The places of the token, of its lifetime and of other values in the reply of each exchange.
    pub reply: TokenReply,
}

/// A way to get a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Mint {
    /// What the token is granted for.
    pub name: String,
    /// The credentials, by name.
    pub credentials: Vec<String>,
    /// Whether the client authenticates itself as OAuth has it (RFC 6749, 2.3).
    pub client: bool,
    /// The call that mints.
    pub exchange: Exchange,
    /// The call that refreshes the token. `None` if the server does not refresh tokens.
    pub refresh: Option<Exchange>,
}

/// A call that gives a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The operation's id. It is empty if the operation is not in the document.
    pub operation: String,
    /// The server, if it is not that of the API.
    pub server: Option<String>,
    /// The path.
    pub path: String,
    /// The credentials that the operation requires, besides the token itself.
    pub security: Vec<Requirement>,
    /// Whether the body is a form. Otherwise it is JSON.
    pub is_form: bool,
    /// The members of the body, by JSON Pointer.
    pub body: Vec<(String, Member)>,
}

/// What a member of the body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// A credential, by its index.
    Credential(usize),
    /// The refresh token.
    RefreshToken,
    /// The scopes.
    Scopes,
    /// A value that is always the same.
    Constant(Value),
}

/// The places of the values in a reply, as JSON Pointers.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenReply {
    /// The access token.
    pub token: String,
    /// The refresh token.
    pub refresh_token: Option<String>,
    /// The number of seconds that the access token lives.
    pub life: Option<String>,
    /// Values that make the reply a success, as text.
    pub success: Vec<(String, String)>,
}
