//! ByteNite: an API key in `Authorization`, numbers in strings, errors of grpc-gateway.

use generated::bytenite::{
    AccessTokenRequest, AccessTokenResponse, EmptyMessage, ProtobufAny, RpcStatus, ServiceError,
};
use generated::runtime::{Error, Secret, Text};
use serde_json::{Value, json};

use super::call::{Outcome, Setup, Unreadable, send};
use super::server::{HTML, Reply, Server};

fn request() -> AccessTokenRequest {
    AccessTokenRequest::new(Secret::from("key"))
}

async fn access_token(reply: Value) -> Result<AccessTokenResponse, Error<RpcStatus>> {
    let server = Server::start([Reply::json(200, reply.to_string())]).await;
    Setup::new(&server.url).bytenite().request_access_token(request()).send().await
}

#[tokio::test]
async fn the_lifetime_is_a_number_in_a_string_or_a_number() {
    for (expires_in, expected) in [
        (json!("3600"), Some(3600)),
        (json!(3600), Some(3600)),
        (json!("9223372036854775807"), Some(i64::MAX)),
        (json!(i64::MAX), Some(i64::MAX)),
        (json!(null), None),
    ] {
        let answer = access_token(json!({"token": "t", "expiresIn": expires_in, "scope": "s"})).await.unwrap();
        let found = (answer.token, answer.expires_in, answer.scope);
        assert_eq!(found, (Some(Secret::from("t")), expected.map(Text::from), Some("s".to_owned())));
    }
    let answer = access_token(json!({"token": "t"})).await.unwrap();
    assert_eq!((answer.token, answer.expires_in, answer.scope), (Some(Secret::from("t")), None, None));
}

/// The rest of the reply is worth having.
#[tokio::test]
async fn a_lifetime_that_is_no_number_in_a_string_is_kept_as_it_is() {
    for text in ["", "abc", "9223372036854775808"] {
        let answer = access_token(json!({"token": "t", "expiresIn": text})).await.unwrap();
        let expires_in = answer.expires_in.unwrap();
        assert_eq!((answer.token, expires_in.as_str()), (Some(Secret::from("t")), text));
        assert!(expires_in.value().is_err(), "{text} is a number");
    }
}

#[tokio::test]
async fn a_lifetime_of_another_kind_is_an_error_that_names_the_field() {
    let reply = json!({"token": "t", "expiresIn": [3600]});
    let Err(Error::Decode(fault)) = access_token(reply.clone()).await else { panic!("{reply} was read") };
    let reason = "found an array, expected a string";
    assert_eq!((fault.path().as_str(), fault.reason(), fault.offset()), ("body.expiresIn", reason, 25), "{reply}");
    let length = reply.to_string().len();
    let message = format!(
        "Auth_RequestAccessToken: cannot read the reply 200 OK (application/json, {length} bytes): body.expiresIn: {reason}"
    );
    assert_eq!(fault.to_string(), message);
    // What could not be read is still at hand.
    assert_eq!(fault.json::<Value>().unwrap(), reply);
}

#[tokio::test]
async fn an_api_key_of_any_length_goes_into_the_body_alone() {
    let key = "eyJjcnYiOiJQLTM4NCJ9+/=".repeat(1000);
    let server = Server::start([Reply::json(200, "{}")]).await;
    let client = Setup::new(&server.url).bytenite();
    client.request_access_token(AccessTokenRequest::new(Secret::from(key.as_str()))).send().await.unwrap();
    let headers = [("accept", "application/json"), ("content-type", "application/json")];
    let body = json!({"apiKey": key}).to_string();
    assert_eq!(server.take(), [server.expect("POST", "/access_token", &headers, &body)]);
}

#[tokio::test]
async fn the_credential_is_sent_as_given() {
    for credential in ["token", "Bearer token", "bearer token", "Bearer", "a b  c"] {
        let server = Server::start([Reply::json(200, "{}"), Reply::json(200, "{}")]).await;
        let client = Setup::new(&server.url).bytenite().with_bearer_auth(Secret::from(credential));
        client.sign_out(EmptyMessage::new()).send().await.unwrap();
        client.skip_login().send().await.unwrap();
        let (accept, authorization) = (("accept", "application/json"), ("authorization", credential));
        let json = ("content-type", "application/json");
        let expected = [
            server.expect("POST", "/signout", &[accept, authorization, json], "{}"),
            server.expect("GET", "/skip", &[accept, authorization], ""),
        ];
        assert_eq!(server.take(), expected);
    }
}

#[tokio::test]
async fn a_credential_that_no_header_can_hold_is_an_error_and_nothing_is_sent() {
    let server = Server::start([]).await;
    let mut setup = Setup::new(&server.url);
    for credential in ["tok\nen", "token\r\nX-Evil: 1", "tok\0en", "tokén", "tok\u{7f}en"] {
        setup.credential = credential.to_owned();
        let message = "credential for `BearerAuth` has a character that a header cannot hold";
        for call in [send(setup.bytenite().skip_login()), send(setup.bytenite().sign_out(EmptyMessage::new()))] {
            assert_eq!(call.await.outcome, Outcome::Request(message.to_owned()), "{credential:?}");
        }
    }
    assert_eq!(server.take(), []);
}

#[tokio::test]
async fn the_login_challenge_is_encoded_and_left_out_when_there_is_none() {
    for (challenge, target) in [
        (None, "/v1/auth/skip"),
        (Some("a b&c"), "/v1/auth/skip?loginChallenge=a%20b%26c"),
        (Some("é+%=?#/"), "/v1/auth/skip?loginChallenge=%C3%A9%2B%25%3D%3F%23%2F"),
        (Some(""), "/v1/auth/skip?loginChallenge="),
    ] {
        let server = Server::start([Reply::json(200, r#"{"skip":true}"#)]).await;
        let mut setup = Setup::new(format!("{}/v1/auth", server.url));
        setup.credential = "token".to_owned();
        let call = setup.bytenite().skip_login();
        let call = challenge.into_iter().fold(call, |call, challenge| call.login_challenge(Secret::from(challenge)));
        let answer = call.send().await.unwrap();
        assert_eq!((answer.skip, answer.redirect_to), (Some(true), None));
        let headers = [("accept", "application/json"), ("authorization", "token")];
        assert_eq!(server.take(), [server.expect("GET", target, &headers, "")]);
    }
}

#[tokio::test]
async fn a_failure_inside_a_success_is_handed_over() {
    let reply = json!({"ok": false, "error": {"code": 404, "message": "m", "description": "d"}});
    let server = Server::start([Reply::json(200, reply.to_string())]).await;
    let answer = Setup::new(&server.url).bytenite().sign_out(EmptyMessage::new()).send().await.unwrap();
    assert_eq!((answer.ok, answer.request_id, answer.message), (Some(false), None, None));
    let ServiceError { code, message, description, .. } = answer.error.unwrap();
    assert_eq!((code, message, description), (Some(404), Some("m".to_owned()), Some("d".to_owned())));
}

#[tokio::test]
async fn an_error_keeps_what_it_says_of_types_that_the_document_does_not_name() {
    let detail = json!({"@type": "type.googleapis.com/x.Y", "foo": {"bar": 1}, "big": u64::MAX, "none": null});
    let text = json!({"code": 16, "message": "expired", "details": [detail, {}]}).to_string();
    for status in [400, 401, 403, 404, 500, 503] {
        let server = Server::start([Reply::json(status, text.clone()).header("retry-after", "7")]).await;
        let error = Setup::new(&server.url).bytenite().request_access_token(request()).send().await.unwrap_err();
        let Error::Api(error) = error else { panic!("not an answer: {error}") };
        assert_eq!((error.status().as_u16(), &error.headers()["retry-after"]), (status, &"7".parse().unwrap()));
        assert_eq!(error.body(), text.as_bytes());
        let RpcStatus { code, message, details, .. } = error.into_error().unwrap();
        assert_eq!((code, message), (Some(16), Some("expired".to_owned())));
        let details: Vec<Value> = details.unwrap().into_iter().map(whole).collect();
        assert_eq!(details, [detail.clone(), json!({})]);
    }
}

/// The object that a `protobufAny` was read from.
fn whole(any: ProtobufAny) -> Value {
    let type_url = any.type_url.map(|text| ("@type".to_owned(), text.into()));
    type_url.into_iter().chain(any.additional).collect()
}

#[tokio::test]
async fn a_page_of_the_load_balancer_is_an_error_with_its_status() {
    let server = Server::start([Reply::html(503)]).await;
    let outcome = send(Setup::new(&server.url).bytenite().request_access_token(request())).await.outcome;
    let fault = Unreadable {
        status: 503,
        content_type: Some("text/html".to_owned()),
        length: HTML.len(),
        path: "body".to_owned(),
        reason: "the media type is not JSON".to_owned(),
    };
    assert_eq!(outcome, Outcome::Api { status: 503, body: HTML.into(), error: Err(fault) });
}
