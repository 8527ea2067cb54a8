//! Tokens that are always valid: where they come from, how long they are kept, and how they are renewed.
//!
//! A [`TokenSource`] gives tokens. [`TokenCache`] keeps and renews them. An [`Issuer`] mints and refreshes a token, and a [`TokenStore`]
//! keeps the refresh tokens. An [`Exchange`] is an issuer's call, described by a table. Nothing is done before a caller asks for a token.

mod cache;
mod client;
mod core;
mod credential;
mod driver;
mod error;
mod exchange;
#[cfg(feature = "file-store")]
mod file_store;
mod grant;
mod issuer;
mod renewal;
mod scopes;
#[cfg(feature = "testing")]
mod scripted;
mod shared;
mod slot;
mod source;
mod spending;
mod store;

pub use self::cache::TokenCache;
pub use self::client::ClientCredentials;
pub use self::credential::Credential;
pub use self::error::{CredentialError, TokenError, TokenErrorKind};
pub use self::exchange::{Exchange, Format, Member, TokenReply};
#[cfg(feature = "file-store")]
pub use self::file_store::FileStore;
pub use self::grant::Grant;
pub use self::issuer::{DescribedIssuer, GrantFuture, Issuer};
pub use self::scopes::Scopes;
#[cfg(feature = "testing")]
pub use self::scripted::ScriptedTokens;
pub use self::source::{StaticToken, Token, TokenFuture, TokenSource};
pub use self::store::{MemoryStore, RefreshToken, StoreError, TokenStore, Use};
