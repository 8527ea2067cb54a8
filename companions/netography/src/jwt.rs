//! JSON Web Tokens (RFC 7519) signed with HMAC-SHA256.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use generated::runtime::Secret;
use serde_json::{Value, json};

/// Signs claims. The key is the bytes of the text, which is not decoded.
pub(crate) fn sign(claims: &Value, key: &Secret) -> Secret {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"alg": "HS256", "typ": "JWT"})), part(claims));
    let signature = hmac_sha256::HMAC::mac(signed.as_bytes(), key.expose().as_bytes());
    Secret::from(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}
