//! What an OpenAPI document cannot say of Netography: how an API key becomes a request token.
//!
//! The API key is a `NETOSECRET`, a text that the vendor's console shows once. [`NetoSecret`] reads it and signs a request token for
//! each exchange; [`NetoSecret::tokens`] gives the access tokens that these are exchanged for.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let key = netography::NetoSecret::from_env()?;
//! let tokens = key.tokens(&key.client()?);
//! let token = tokens.token().await?;
//! # let _ = token;
//! # Ok(())
//! # }
//! ```

mod error;
mod jwt;
mod neto_secret;

pub use error::NetoSecretError;
pub use neto_secret::NetoSecret;
