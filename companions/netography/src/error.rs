//! Why a `NETOSECRET` cannot be used. No message shows any of it.

/// What is wrong with a `NETOSECRET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetoSecretError {
    /// The environment has none.
    #[error("the environment variable NETOSECRET is not set, or not a text")]
    NotSet,
    /// It is not base64.
    #[error("the NETOSECRET is not base64")]
    NotBase64,
    /// It is not a JSON object.
    #[error("the NETOSECRET is not a JSON object in base64")]
    NotJson,
    /// A member is missing, empty, or not a text.
    #[error("the NETOSECRET has no text `{0}`")]
    Missing(&'static str),
    /// The system gives no random number.
    #[error("the system gives no random number")]
    NoRandomness,
}
