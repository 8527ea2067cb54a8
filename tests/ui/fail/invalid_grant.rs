//! The secret grant has no refresh token.

use generated::purewl::{RefreshGrant, SecretGrant};
use generated::runtime::Secret;

fn main() {
    let _ = SecretGrant::new(Secret::from("key")).refresh_token(Secret::from("token"));
    let _: SecretGrant = RefreshGrant::new(Secret::from("token")).secret_key(Secret::from("key"));
}
