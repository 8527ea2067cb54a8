//! An alternative may be added.

use generated::purewl::AccessTokenRequest;

fn kind(request: &AccessTokenRequest) -> &'static str {
    match request {
        AccessTokenRequest::SecretGrant(_) => "secret",
        AccessTokenRequest::RefreshGrant(_) => "refresh",
    }
}

fn main() {
    let _ = kind;
}
