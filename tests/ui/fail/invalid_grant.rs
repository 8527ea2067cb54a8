//! The secret grant has no refresh token.

use generated::purewl::{RefreshGrant, SecretGrant};

fn main() {
    let _ = SecretGrant::new("key").refresh_token("token");
    let _: SecretGrant = RefreshGrant::new("token").secret_key("key");
}
