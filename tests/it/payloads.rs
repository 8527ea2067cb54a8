//! Replies as the vendors document them, and what the models make of them.

use generated::runtime::{Secret, from_slice};
use generated::{bytenite, netography, purewl};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn bytenite_access_token() {
    let reply = from_slice(include_bytes!("../payloads/bytenite_access_token.json")).unwrap();
    let bytenite::AccessTokenResponse { token, expires_in, scope, .. } = reply;
    assert_eq!(token, Some(Secret::from("eyJjcnYiOiJQLTM4NCIsImQiOiJyM1VFQ21naUNiNjI1c19CZWc3emdULUlCajJUOUZW...")));
    assert_eq!((expires_in, scope), (Some(3600.into()), some("text")));
}

#[test]
fn bytenite_signout() {
    let reply = from_slice(include_bytes!("../payloads/bytenite_signout.json")).unwrap();
    let bytenite::GenericResponse { ok, request_id, message, error, .. } = reply;
    assert_eq!((ok, request_id, message), (Some(false), some("xyz-123"), some("Request failed")));
    let bytenite::ServiceError { code, message, description, .. } = error.unwrap();
    assert_eq!((code, message), (Some(404), some("Not Found")));
    assert_eq!(description, some("The requested resource was not found"));
}

#[test]
fn bytenite_skip() {
    let reply = from_slice(include_bytes!("../payloads/bytenite_skip.json")).unwrap();
    let bytenite::LoginChallengeResponse { skip, redirect_to, .. } = reply;
    assert_eq!((skip, redirect_to), (Some(true), Some(Secret::from("text"))));
}

#[test]
fn bytenite_error() {
    let reply = from_slice(include_bytes!("../payloads/bytenite_error.json")).unwrap();
    let bytenite::RpcStatus { code, message, details, .. } = reply;
    assert_eq!((code, message), (Some(16), some("token is expired")));
    let [detail] = details.unwrap().try_into().unwrap();
    let bytenite::ProtobufAny { type_url, additional, .. } = detail;
    assert_eq!(type_url, some("type.googleapis.com/google.protobuf.Duration"));
    assert_eq!(additional.into_iter().collect::<Vec<_>>(), [("value".to_owned(), "1.212s".into())]);
}

/// The values that the vendor's pages give as examples, the tokens shortened.
#[test]
fn netography_token() {
    let reply: netography::TokenResponse = from_slice(include_bytes!("../payloads/netography_token.json")).unwrap();
    let netography::TokenResponse { access_token, refresh_token, id_token, session_state, .. } = &reply;
    assert_eq!((access_token, refresh_token), (&Some(Secret::from("a.b.c")), &Some(Secret::from("d.e.f"))));
    assert_eq!(
        (id_token, session_state),
        (&Some(Secret::from("g.h.i")), &Some(Secret::from("9b4b13d7-7d3c-4d7e-8f3a-2f0f4c0b8e11")))
    );
    let netography::TokenResponse { expires_in, refresh_expires_in, not_before_policy, .. } = reply;
    assert_eq!((expires_in, refresh_expires_in, not_before_policy), (Some(86400), Some(86400), Some(0)));
    assert_eq!((reply.token_type, reply.scope), (some("bearer"), some("profile email")));
}

#[test]
fn netography_error() {
    let reply = from_slice(include_bytes!("../payloads/netography_error.json")).unwrap();
    let netography::ApiError { status, name, message, .. } = reply;
    assert_eq!((status, name, message), (Some(401), some("Unauthorized"), some("Invalid token")));
}

/// The sample as printed is not JSON. This one is repaired by hand: two commas are added, and the bare `xxxxxxxx` for
/// the lifetime is a number.
#[test]
fn purewl_access_token() {
    let reply = from_slice(include_bytes!("../payloads/purewl_access_token_repaired.json")).unwrap();
    let purewl::AccessTokenResponse { header, body, .. } = reply;
    let purewl::ResponseHeader { code, message, response_code, .. } = header.unwrap();
    assert_eq!((code, message, response_code), (Some(1), some("success"), some("1")));
    let purewl::AccessTokenBody { access_token, refresh_token, expiry, reseller_id, reseller_uid, .. } = body.unwrap();
    assert_eq!((access_token, refresh_token), (Some(Secret::from("xxxxxxxx")), Some(Secret::from("xxxxxxxx"))));
    assert_eq!((expiry, reseller_id, reseller_uid), (Some(3600), some("xxxxxxxx"), some("xxxxxxxx")));
}
