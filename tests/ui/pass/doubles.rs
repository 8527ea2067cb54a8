//! Models in a user's own tests and services: replies that are built, kept, sent on, and requests that are read from a file.

use axum::Json;
use axum::response::IntoResponse;
use generated::Error;
use generated::bytenite::{AccessTokenResponse, GenericResponse, ServiceError};
use generated::netography::{PasswordTokenRequest, TokenResponse};
use generated::purewl::{AccessTokenBody, AccessTokenResponse as Envelope, ResponseHeader};
use generated::runtime::{ApiError, HeaderMap, Reply, Response, Secret, StatusCode};

#[test]
fn a_reply_is_built_changed_kept_and_read_back() {
    let reply = AccessTokenResponse::default().token(Secret::from("abc")).expires_in(3600).scope("read");
    let mut changed = reply.clone().scope("write");
    changed.expires_in = None;
    let kept = serde_json::to_string(&changed).unwrap();
    assert_eq!(kept, r#"{"token":"abc","scope":"write"}"#);
    assert_eq!(serde_json::from_str::<AccessTokenResponse>(&kept).unwrap(), changed);
    assert_ne!(changed, reply);
}

#[test]
fn a_request_is_read_from_a_file() {
    let request: PasswordTokenRequest = toml::from_str("username = 'u'\npassword = 'p'\n").unwrap();
    assert_eq!(request, PasswordTokenRequest::new(Secret::from("p"), "u"));
    // A date of TOML is a type of its own there, and text here.
    let reply: TokenResponse = toml::from_str("scope = 1979-05-27T07:32:00Z\nexpires_in = 60\n").unwrap();
    assert_eq!((reply.scope.as_deref(), reply.expires_in), (Some("1979-05-27T07:32:00Z"), Some(60)));
}

#[tokio::test]
async fn a_reply_is_sent_on_as_json() {
    let header = ResponseHeader::default().code(1).message("success");
    let body = AccessTokenBody::default().access_token(Secret::from("abc")).expiry(3600);
    let sent = Json(Envelope::default().header(header.clone()).body(body.clone())).into_response();
    assert_eq!((sent.status(), sent.headers()["content-type"].to_str().unwrap()), (StatusCode::OK, "application/json"));
    let text = axum::body::to_bytes(sent.into_body(), 1000).await.unwrap();
    let Json(back) = Json::<Envelope>::from_bytes(&text).unwrap();
    assert_eq!((back.header, back.body), (Some(header), Some(body)));
}

#[test]
fn a_double_answers_with_replies_and_errors() {
    let value = GenericResponse::default().ok(true);
    let response = Response::new(StatusCode::OK, HeaderMap::new(), value.clone());
    assert_eq!((response.status(), response.value()), (StatusCode::OK, &value));

    let refused = GenericResponse::default().ok(false).error(ServiceError::default().code(409).message("taken"));
    let reply = Reply::of(StatusCode::CONFLICT, &refused).unwrap();
    let error = Error::from(ApiError::new(reply, refused.clone()));
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
    let Error::Api(error) = error else { panic!("it is an answer") };
    assert_eq!((error.error(), error.json::<GenericResponse>().as_ref()), (Some(&refused), Ok(&refused)));
}
