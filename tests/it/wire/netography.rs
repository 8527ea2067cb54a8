//! Netography: forms, and one shape for all errors.

use generated::netography::{ApiError, PasswordTokenRequest, RefreshTokenRequest, TokenRequest, TokenResponse};
use generated::runtime::{Error, Secret};
use serde_json::{Value, json};

use super::call::{Outcome, Setup, send};
use super::server::{Reply, Server};

/// What a form must carry over: its own separators, an escape, a blank, and a letter outside ASCII.
const AWKWARD: &str = "p@ss w+rd&=%é";

async fn token(reply: Value) -> TokenResponse {
    let server = Server::start([Reply::json(200, reply.to_string())]).await;
    Setup::new(&server.url).netography().request_token(TokenRequest::new(Secret::from("j"))).send().await.unwrap()
}

async fn refused(status: u16, body: &str) -> Outcome {
    let server = Server::start([Reply::json(status, body.to_owned())]).await;
    send(Setup::new(&server.url).netography().refresh_token(RefreshTokenRequest::new(Secret::from("r")))).await.outcome
}

#[tokio::test]
async fn user_name_and_password_arrive_as_they_were_given() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    let body = PasswordTokenRequest::new(Secret::from(AWKWARD), format!("user {AWKWARD}"));
    Setup::new(&server.url).netography().request_token_with_password(body).send().await.unwrap();
    let headers = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];
    let awkward = "p%40ss+w%2Brd%26%3D%25%C3%A9";
    let body = format!("username=user+{awkward}&password={awkward}");
    let requests = server.take();
    assert_eq!(requests, [server.expect("POST", "/api/auth/bearer/token", &headers, &body)]);
    let expected = [("username", format!("user {AWKWARD}")), ("password", AWKWARD.to_owned())];
    assert_eq!(requests[0].form(), expected.map(|(name, value)| (name.to_owned(), value)));
}

#[tokio::test]
async fn the_refresh_token_arrives_as_it_was_given() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    Setup::new(&server.url)
        .netography()
        .refresh_token(RefreshTokenRequest::new(Secret::from(AWKWARD)))
        .send()
        .await
        .unwrap();
    let headers = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];
    let body = "refresh_token=p%40ss+w%2Brd%26%3D%25%C3%A9";
    let requests = server.take();
    assert_eq!(requests, [server.expect("POST", "/api/auth/bearer/refresh", &headers, body)]);
    assert_eq!(requests[0].form(), [("refresh_token".to_owned(), AWKWARD.to_owned())]);
}

#[tokio::test]
async fn the_request_token_is_the_only_member_of_its_body() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    Setup::new(&server.url).netography().request_token(TokenRequest::new(Secret::from("a.b\"c"))).send().await.unwrap();
    let headers = [("accept", "application/json"), ("content-type", "application/json")];
    assert_eq!(server.take(), [server.expect("POST", "/api/v1/auth/token", &headers, r#"{"jwt":"a.b\"c"}"#)]);
}

#[tokio::test]
async fn a_refreshed_token_is_handed_over_with_and_without_a_new_refresh_token() {
    for refresh_token in [None, Some("new")] {
        let reply = json!({"access_token": "a", "refresh_token": refresh_token});
        let server = Server::start([Reply::json(200, reply.to_string())]).await;
        let call = Setup::new(&server.url).netography().refresh_token(RefreshTokenRequest::new(Secret::from("old")));
        let answer = call.send().await.unwrap();
        let expected = (Some(Secret::from("a")), refresh_token.map(Secret::from));
        assert_eq!((answer.access_token, answer.refresh_token), expected);
    }
}

#[tokio::test]
async fn the_session_is_read_under_its_declared_name_alone() {
    let answer = token(json!({"session-state": "s", "not-before-policy": 0, "refresh_expires_in": 0})).await;
    assert_eq!(answer.session_state, Some(Secret::from("s")));
    assert_eq!((answer.not_before_policy, answer.refresh_expires_in), (Some(0), Some(0)));

    let answer = token(json!({"session_state": "s", "not_before_policy": 1})).await;
    assert_eq!((answer.session_state, answer.not_before_policy), (None, None));
}

#[tokio::test]
async fn durations_may_be_strings() {
    let answer = token(json!({"expires_in": "86400", "refresh_expires_in": 86400.0})).await;
    assert_eq!((answer.expires_in, answer.refresh_expires_in), (Some(86400), Some(86400)));
}

#[tokio::test]
async fn every_error_is_of_one_type_and_may_say_more() {
    for status in [400, 401, 403, 404, 429, 500] {
        let reply = json!({"status": status, "name": "n", "message": "m", "hint": {"x": 1}}).to_string();
        let server = Server::start(vec![Reply::json(status, reply); 3]).await;
        let client = Setup::new(&server.url).netography();
        let errors = [
            client.request_token(TokenRequest::new(Secret::from("j"))).send().await.unwrap_err(),
            client
                .request_token_with_password(PasswordTokenRequest::new(Secret::from("p"), "u"))
                .send()
                .await
                .unwrap_err(),
            client.refresh_token(RefreshTokenRequest::new(Secret::from("r"))).send().await.unwrap_err(),
        ];
        for error in errors {
            let Error::Api(error) = error else { panic!("not an answer: {error}") };
            assert_eq!(error.status().as_u16(), status);
            let ApiError { status: code, name, message, .. } = error.into_error().unwrap();
            assert_eq!((code, name, message), (Some(i32::from(status)), Some("n".to_owned()), Some("m".to_owned())));
        }
    }
}

/// Only the server sets them, so that none of them is demanded.
#[tokio::test]
async fn an_error_without_its_required_members_is_one_all_the_same() {
    let body = r#"{"status":400,"name":"n"}"#;
    let error = r#"ApiError { status: Some(400), name: Some("n"), message: None, unknown: Unknown(0 members) }"#;
    let error = Ok(error.to_owned());
    assert_eq!(refused(400, body).await, Outcome::Api { status: 400, body: body.into(), error });
}
