//! What is required cannot be left out.

use generated::netography::{Client, TokenRequest};
use generated::purewl::RefreshGrant;

fn main() {
    let client = Client::new().unwrap();
    let _ = client.request_token();
    let _ = TokenRequest::new();
    let _ = RefreshGrant::new();
}
