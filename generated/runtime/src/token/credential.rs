//! The credential for which a server grants a token: a text, or a function that gives one for each exchange.

use super::error::CredentialError;
use crate::secret::Secret;

/// A credential for which a server grants a token: a [`Secret`], or a function that gives a [`Secret`].
///
/// A function is called for each exchange. Use it for what changes: a file that is replaced, a request that is signed.
pub trait Credential: Send + Sync {
    /// The credential, as of this moment.
    ///
    /// # Errors
    /// The credential cannot be read or made. The message is shown, so it must not hold a secret.
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
