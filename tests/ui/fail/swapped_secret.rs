//! A text cannot be taken for a secret, so that two arguments that change places do not compile.

use generated::bytenite::{AccessTokenRequest, Client};
use generated::netography::PasswordTokenRequest;
use generated::purewl::{RefreshGrant, SecretGrant};
use generated::runtime::Secret;

// Of a client that somebody has made.
fn misuse(client: Client) {
    let _ = PasswordTokenRequest::new("alice", "hunter2");
    let _ = PasswordTokenRequest::new("alice", Secret::from("hunter2"));
    let _ = PasswordTokenRequest::new("alice".into(), "hunter2");
    let _ = AccessTokenRequest::new("key");
    let _ = SecretGrant::new(String::from("key"));
    let _ = RefreshGrant::new(Secret::from("token")).secret_key("key");
    let _ = client.with_bearer_auth("token");
}

fn main() {}
