//! Where refresh tokens are kept. A server that rotates refresh tokens accepts each one only once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::secret::Secret;

/// Why a store failed. The message is shown, so it must not hold a token.
pub type StoreError = std::sync::Arc<dyn std::error::Error + Send + Sync>;

/// A refresh token, and how it was used.
#[derive(Clone, Debug, PartialEq)]
pub struct RefreshToken {
    /// The token.
    pub secret: Secret,
    /// How it was used.
    pub used: Use,
}

/// How a refresh token was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Nobody has sent it.
    Not,
    /// Somebody is sending it at the moment, in this process or in another one.
    Now,
    /// It was sent, and no reply came. The server may have spent it. It is sent again only if a token cannot be minted.
    Perhaps,
}

/// Keeps the refresh tokens of one account. A key names the server, the client of OAuth and the scopes. It does not name the user, because
/// a user's credentials may change while the refresh token is good.
///
/// A cache that wants to send a refresh token first marks it by [`swap`](TokenStore::swap). So of several caches with one store, in one
/// process or in several, only one sends it.
pub trait TokenStore: Send + Sync {
    /// The refresh token of a key.
    ///
    /// # Errors
    /// The store cannot be read.
    fn load(&self, key: &str) -> Result<Option<RefreshToken>, StoreError>;

    /// Replaces the value of a key if it is the expected one, in one atomic step. Gives false if it is another value.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn swap(&self, key: &str, expected: Option<&RefreshToken>, new: Option<RefreshToken>) -> Result<bool, StoreError>;

    /// Removes everything.
    ///
    /// # Errors
    /// The store cannot be written.
    fn clear(&self) -> Result<(), StoreError>;
}

/// Keeps refresh tokens in memory. They are lost with the program.
#[derive(Default)]
pub struct MemoryStore(Mutex<HashMap<String, RefreshToken>>);

impl TokenStore for MemoryStore {
    fn load(&self, key: &str) -> Result<Option<RefreshToken>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned())
    }

    fn swap(&self, key: &str, expected: Option<&RefreshToken>, new: Option<RefreshToken>) -> Result<bool, StoreError> {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.get(key) != expected {
            return Ok(false);
        }
        match new {
            Some(new) => tokens.insert(key.to_owned(), new),
            None => tokens.remove(key),
        };
        Ok(true)
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }
}
