//! The API key: read from what the console gives, or put together from its parts.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use generated::netography::Client;
use generated::runtime::{ClientError, Secret, TokenCache};
use serde_json::{Map, Value, json};

use crate::error::NetoSecretError;
use crate::jwt;

/// The vendor's sample is not padded, other copies are. The last bits may be anything.
const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// Numbers up to this are the same in every reader of JSON.
const LARGEST: u64 = (1 << 53) - 1;

/// An API key. `Debug` shows no secret of it.
#[derive(Clone, Debug)]
pub struct NetoSecret {
    origin: String,
    shortname: String,
    appname: String,
    app_key: Secret,
    shared_secret: Secret,
}

impl NetoSecret {
    /// An API key from its parts, for the vendor's own server.
    pub fn new(
        shortname: impl Into<String>,
        appname: impl Into<String>,
        app_key: Secret,
        shared_secret: Secret,
    ) -> Self {
        let origin = "https://api.netography.com".to_owned();
        Self { origin, shortname: shortname.into(), appname: appname.into(), app_key, shared_secret }
    }

    /// Reads a `NETOSECRET`: base64 in either alphabet, with or without padding and white space.
    ///
    /// # Errors
    /// It is not base64 or not JSON, or a member is missing, which the error names.
    pub fn parse(text: &str) -> Result<Self, NetoSecretError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(standard).collect();
        let bytes = GeneralPurpose::new(&STANDARD, CONFIG).decode(text).map_err(|_| NetoSecretError::NotBase64)?;
        let members: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|_| NetoSecretError::NotJson)?;
        let member = |name: &'static str| {
            let text = members.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
            text.ok_or(NetoSecretError::Missing(name))
        };
        Ok(Self {
            origin: origin(member("url")?.trim()).to_owned(),
            shortname: member("shortname")?.to_owned(),
            appname: member("appname")?.to_owned(),
            app_key: Secret::from(member("appkey")?),
            shared_secret: Secret::from(member("sharedsecret")?),
        })
    }

    /// Reads the environment variable `NETOSECRET`.
    ///
    /// # Errors
    /// It is not set; and as [`NetoSecret::parse`].
    pub fn from_env() -> Result<Self, NetoSecretError> {
        Self::parse(&env::var("NETOSECRET").map_err(|_| NetoSecretError::NotSet)?)
    }

    /// The same key for a sub-account.
    #[must_use]
    pub fn with_shortname(self, shortname: impl Into<String>) -> Self {
        Self { shortname: shortname.into(), ..self }
    }

    /// The server, without the path that the document's operations begin with.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A client of the key's server.
    ///
    /// # Errors
    /// Requests cannot be sent to this server.
    pub fn client(&self) -> Result<Client, ClientError> {
        Client::new()?.with_base_url(&self.origin)
    }

    /// The access tokens of the key, by a client. Each exchange has a request token of its own.
    pub fn tokens(&self, client: &Client) -> TokenCache {
        let key = self.clone();
        client.tokens_by_request_token(move || key.request_token())
    }

    /// A request token of this moment.
    ///
    /// # Errors
    /// The system gives no random number.
    pub fn request_token(&self) -> Result<Secret, NetoSecretError> {
        let number = getrandom::u64().map_err(|_| NetoSecretError::NoRandomness)?;
        Ok(self.request_token_at(SystemTime::now(), number & LARGEST))
    }

    /// A request token of a moment, with a number that no other one has.
    pub fn request_token_at(&self, moment: SystemTime, number: u64) -> Secret {
        let seconds = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let claims = json!({
            "iat": seconds,
            "jti": number,
            "appname": self.appname,
            "appkey": self.app_key.expose(),
            "shortname": self.shortname,
        });
        jwt::sign(&claims, &self.shared_secret)
    }
}

/// A character of the alphabet for URLs in the standard one.
fn standard(c: char) -> char {
    match c {
        '-' => '+',
        '_' => '/',
        other => other,
    }
}

/// The vendor's pages end the URL with `/api/v1`, with `/v1`, or with neither. The paths of the document have the prefix already.
fn origin(url: &str) -> &str {
    let url = url.trim_end_matches('/');
    let url = url.strip_suffix("/v1").unwrap_or(url);
    url.strip_suffix("/api").unwrap_or(url).trim_end_matches('/')
}
