//! PureWL: two grants in one form, and an envelope around every answer.

use generated::purewl::{AccessTokenBody, AccessTokenResponse, RefreshGrant, ResponseHeader, SecretGrant};
use generated::runtime::{Error, Secret};
use serde_json::{Value, json};

use super::call::{Outcome, Setup, Unreadable, send};
use super::server::{Reply, Server};

const AWKWARD: &str = "p@ss w+rd&=%é";
const HEADERS: [(&str, &str); 2] =
    [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];

async fn envelope(reply: Value) -> AccessTokenResponse {
    let server = Server::start([Reply::json(200, reply.to_string())]).await;
    Setup::new(&server.url).purewl().request_access_token(SecretGrant::new(Secret::from("k"))).send().await.unwrap()
}

async fn body(reply: Value) -> AccessTokenBody {
    envelope(json!({"header": {"code": 1}, "body": reply})).await.body.unwrap()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_secret_grant_sends_no_refresh_token() {
    let server = Server::start([Reply::json(200, "{}")]).await;
    Setup::new(&server.url)
        .purewl()
        .request_access_token(SecretGrant::new(Secret::from(AWKWARD)))
        .send()
        .await
        .unwrap();
    let requests = server.take();
    let body = "secretKey=p%40ss+w%2Brd%26%3D%25%C3%A9&grantType=secret";
    assert_eq!(requests, [server.expect("POST", "/auth/v1/accessToken", &HEADERS, body)]);
    assert_eq!(requests[0].form(), pairs(&[("secretKey", AWKWARD), ("grantType", "secret")]));
}

#[tokio::test]
async fn a_refresh_grant_sends_the_secret_key_only_when_it_is_known() {
    let server = Server::start(vec![Reply::json(200, "{}"); 2]).await;
    let client = Setup::new(&server.url).purewl();
    client.request_access_token(RefreshGrant::new(Secret::from("r"))).send().await.unwrap();
    client
        .request_access_token(RefreshGrant::new(Secret::from("r")).secret_key(Secret::from(AWKWARD)))
        .send()
        .await
        .unwrap();
    let with_key = "refreshToken=r&secretKey=p%40ss+w%2Brd%26%3D%25%C3%A9&grantType=refresh";
    let expected = ["refreshToken=r&grantType=refresh", with_key]
        .map(|body| server.expect("POST", "/auth/v1/accessToken", &HEADERS, body));
    assert_eq!(server.take(), expected);
}

#[tokio::test]
async fn the_lifetime_is_a_number_or_a_number_in_a_string() {
    for expiry in [json!(3600), json!("3600"), json!(3600.0)] {
        assert_eq!(body(json!({"expiry": expiry})).await.expiry, Some(3600));
    }
}

#[tokio::test]
async fn the_reseller_id_is_a_string_of_any_kind_or_a_number() {
    for (reseller_id, expected) in [
        (json!(12), Some("12")),
        (json!("12"), Some("12")),
        (json!("R-12"), Some("R-12")),
        (json!(""), Some("")),
        (json!(null), None),
    ] {
        assert_eq!(body(json!({"resellerId": reseller_id})).await.reseller_id.as_deref(), expected);
    }
}

#[tokio::test]
async fn the_codes_are_numbers_or_numbers_in_strings() {
    for (code, response_code) in [(json!(1), json!("1")), (json!("1"), json!(1))] {
        let header = envelope(json!({"header": {"code": code, "response_code": response_code}})).await.header.unwrap();
        assert_eq!((header.code, header.message, header.response_code), (Some(1), None, Some("1".to_owned())));
    }
    let header = envelope(json!({"header": {"code": 1, "message": "success"}})).await.header.unwrap();
    assert_eq!((header.code, header.message, header.response_code), (Some(1), Some("success".to_owned()), None));
}

#[tokio::test]
async fn a_refusal_with_status_200_is_handed_over() {
    let header = json!({"code": 0, "message": "Invalid key"});
    for reply in [json!({"header": header}), json!({"header": header, "body": null})] {
        let answer = envelope(reply).await;
        let ResponseHeader { code, message, response_code, .. } = answer.header.unwrap();
        assert_eq!((code, message, response_code), (Some(0), Some("Invalid key".to_owned()), None));
        assert_eq!(answer.body, None);
    }
    // An empty array is how PHP writes an empty object.
    let answer = envelope(json!({"header": header, "body": []})).await;
    let AccessTokenBody { access_token, refresh_token, expiry, reseller_id, reseller_uid, .. } = answer.body.unwrap();
    assert_eq!((access_token, refresh_token), (None, None));
    assert_eq!((expiry, reseller_id, reseller_uid), (None, None, None));
}

#[tokio::test]
async fn a_refusal_with_another_status_has_the_same_envelope() {
    for status in [400, 401, 403, 500] {
        for body in ["null", "[]", "{}"] {
            let text = format!(r#"{{"header":{{"code":"0","message":"Invalid key"}},"body":{body}}}"#);
            let server = Server::start([Reply::json(status, text.clone())]).await;
            let call = Setup::new(&server.url).purewl().request_access_token(SecretGrant::new(Secret::from("k")));
            let Err(Error::Api(error)) = call.send().await else { panic!("{text} is not an error") };
            assert_eq!((error.status().as_u16(), &error.body()[..]), (status, text.as_bytes()));
            let header = error.into_error().unwrap().header.unwrap();
            assert_eq!((header.code, header.message), (Some(0), Some("Invalid key".to_owned())));
        }
    }
}

/// The vendor's sample of a success, as printed: two commas are missing, and the lifetime is bare.
#[tokio::test]
async fn the_sample_as_printed_is_no_json() {
    let sample = include_str!("../../payloads/purewl_access_token_as_printed.txt");
    let server = Server::start([Reply::json(200, sample)]).await;
    let call = Setup::new(&server.url).purewl().request_access_token(SecretGrant::new(Secret::from("k")));
    let fault = Unreadable {
        status: 200,
        content_type: Some("application/json".to_owned()),
        length: sample.len(),
        path: "body".to_owned(),
        reason: "is not JSON: found something else, expected `,` or `}` at byte 60".to_owned(),
    };
    assert_eq!(send(call).await.outcome, Outcome::Decode(fault));
}
