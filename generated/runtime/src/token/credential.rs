//! What a token is granted for: a text, or a function that gives it anew for each exchange.

use super::error::CredentialError;
use crate::secret::Secret;

/// A credential that a token is granted for: a [`Secret`], or a function that gives a [`Secret`].
///
/// A function is called for each exchange. Use it for what changes: a file that is replaced, a request that is signed.
pub trait Credential: Send + Sync {
    /// The credential, as of this moment.
    ///
    /// # Errors
    /// It cannot be had. The message is shown, so it must not hold a secret.
    fn get(&self) -> Result<Secret, CredentialError>;
}

impl Credential for Secret {
    fn get(&self) -> Result<Secret, CredentialError> {
        Ok(self.clone())
    }
}

impl<F, E> Credential for F
where
    F: Fn() -> Result<Secret, E> + Send + Sync,
    E: Into<CredentialError>,
{
    fn get(&self) -> Result<Secret, CredentialError> {
        self().map_err(Into::into)
    }
}
