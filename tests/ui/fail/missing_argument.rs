//! What is required cannot be left out.

use generated::netography::{Client, TokenRequest};
use generated::purewl::RefreshGrant;

// Of a client that somebody has made.
fn misuse(client: &Client) {
    let _ = client.request_token();
    let _ = TokenRequest::new();
    let _ = RefreshGrant::new();
}

fn main() {}
