//! Netography: request tokens that are signed anew (N1), API keys in every spelling (N2), refresh and password.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use generated::netography::Client;
use generated::runtime::{Method, Secret, Token, TokenCache, TokenError};
use netography::{NetoSecret, NetoSecretError};
use serde_json::{Value, json};

use super::{blocking, ureq};
use crate::wire::server::{Recorded, Reply, Server};

/// A key whose shared secret is not base64.
const SHARED: &str = "sh?red~secret/é";

fn key(url: &str) -> Value {
    json!({"url": url, "shortname": "acme", "appname": "probe", "sharedsecret": SHARED, "appkey": "ak>~?"})
}

fn encoded(value: &Value) -> String {
    BASE64_STANDARD.encode(serde_json::to_string_pretty(value).unwrap())
}

fn granted(token: &str, refresh_token: Option<&str>) -> Reply {
    Reply::json(
        200,
        json!({"access_token": token, "expires_in": 86400, "refresh_expires_in": 0, "refresh_token": refresh_token,
            "token_type": "bearer", "not-before-policy": 0, "session-state": "s"})
        .to_string(),
    )
}

/// The claims of a request's JWT, whose signature is checked.
fn claims(sent: &Recorded) -> Value {
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["jwt"]);
    let jwt = body["jwt"].as_str().unwrap();
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let expected = hmac_sha256::HMAC::mac(signed.as_bytes(), SHARED.as_bytes());
    assert_eq!(signature, BASE64_URL_SAFE_NO_PAD.encode(expected));
    let (header, claims) = signed.split_once('.').unwrap();
    assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(header).unwrap(), br#"{"alg":"HS256","typ":"JWT"}"#);
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

fn names(claims: &Value) -> Vec<&str> {
    claims.as_object().unwrap().keys().map(String::as_str).collect()
}

async fn token(is_blocking: bool, tokens: &TokenCache) -> Result<Token, TokenError> {
    if is_blocking { blocking(tokens.clone()).await } else { tokens.token().await }
}

/// N1, N2: every spelling of the key and of its URL gives the right path.
#[tokio::test]
async fn request_tokens_are_signed_anew_and_go_to_the_right_path() {
    for is_blocking in [false, true] {
        for end in ["/api/v1", "/api/v1/", "/v1", "", "/"] {
            let server = Server::start([granted("a", None), granted("b", None)]).await;
            let secret = encoded(&key(&format!("{}{end}", server.url)));
            let unpadded = secret.trim_end_matches('=');
            let for_urls = unpadded.replace('+', "-").replace('/', "_");
            let (front, back) = unpadded.split_at(20);
            for text in [secret.clone(), unpadded.to_owned(), for_urls, format!("  {front}\n{back}\r\n")] {
                assert_eq!(NetoSecret::parse(&text).unwrap().origin(), server.url, "{end}");
            }
            let key = NetoSecret::parse(&secret).unwrap();
            let client = key.client().unwrap();
            let tokens = key.tokens(&if is_blocking { client.with_transport(ureq()) } else { client });
            for expected in ["a", "b"] {
                let token = token(is_blocking, &tokens).await.unwrap();
                assert_eq!(token.expose(), expected);
                tokens.invalidate(&token);
            }
            let sent = server.take();
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let claims: Vec<Value> = sent.iter().map(claims).collect();
            for (sent, claims) in sent.iter().zip(&claims) {
                assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", "/api/v1/auth/token"));
                assert_eq!(sent.header("authorization"), None);
                assert_eq!(names(claims), ["iat", "jti", "appname", "appkey", "shortname"]);
                assert_eq!([&claims["appname"], &claims["appkey"], &claims["shortname"]], ["probe", "ak>~?", "acme"]);
                assert!(now - claims["iat"].as_u64().unwrap() < 5 && claims["jti"].is_u64());
            }
            assert_ne!(claims[0]["jti"], claims[1]["jti"]);
        }
    }
}

/// Made with `openssl dgst -sha256 -hmac`, as the vendor's recipe does.
#[test]
fn a_request_token_is_the_same_byte_for_byte() {
    let key = NetoSecret::new("acme", "probe", Secret::from("app-key"), Secret::from("shared secret"));
    let moment = UNIX_EPOCH + Duration::from_secs(1_750_000_000);
    let claims = r#"{"iat":1750000000,"jti":42,"appname":"probe","appkey":"app-key","shortname":"acme"}"#;
    let parts = [r#"{"alg":"HS256","typ":"JWT"}"#, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
    let expected = format!("{}.{}", parts.join("."), "LzsnqFNLwKGlNeuLYV1AjSxLrWQYX1m___cySu5DM2M");
    assert_eq!(key.request_token_at(moment, 42).expose(), expected);
    let other = key.with_shortname("sub").request_token_at(moment, 42);
    assert_ne!(other.expose(), expected);
}

/// N2.
#[test]
fn a_key_that_cannot_be_used_says_why_and_shows_nothing() {
    let whole = key("https://api.netography.com/api/v1");
    assert_eq!(NetoSecret::parse("{}").unwrap_err(), NetoSecretError::NotBase64);
    assert_eq!(NetoSecret::parse(&BASE64_STANDARD_NO_PAD.encode("[1]")).unwrap_err(), NetoSecretError::NotJson);
    for name in ["url", "shortname", "appname", "sharedsecret", "appkey"] {
        for value in [Value::Null, json!(""), json!(1)] {
            let mut members = whole.clone();
            members[name] = value;
            let error = NetoSecret::parse(&encoded(&members)).unwrap_err();
            assert_eq!(error.to_string(), format!("the NETOSECRET has no text `{name}`"));
        }
    }
    let shown = format!("{:?}", NetoSecret::parse(&encoded(&whole)).unwrap());
    assert!(!shown.contains(SHARED) && !shown.contains("ak>~?"), "{shown}");
}

/// N4, N7: a refresh token is sent as a form; one that is rejected gives way to the key.
#[tokio::test]
async fn a_refresh_token_is_used_until_it_is_rejected() {
    let rejected = Reply::json(400, r#"{"status":400,"name":"BadRequest","message":"Wrong or expired"}"#);
    let script =
        [granted("a", Some("r1")), granted("b", None), rejected, granted("c", Some("r2")), Reply::json(200, "{}")];
    let server = Server::start(script).await;
    let key = NetoSecret::parse(&encoded(&key(&server.url))).unwrap();
    let client = key.client().unwrap();
    let tokens = key.tokens(&client);
    for expected in ["a", "b", "c"] {
        let token = tokens.token().await.unwrap();
        assert_eq!(token.expose(), expected);
        if expected != "c" {
            tokens.invalidate(&token);
        }
    }
    client.with_access_token_from(tokens).request(Method::GET, "/api/v1/devices").send().await.unwrap();
    let sent = server.take();
    let targets: Vec<&str> = sent.iter().map(|it| it.target.as_str()).collect();
    let (mint, refresh) = ("/api/v1/auth/token", "/api/auth/bearer/refresh");
    assert_eq!(targets, [mint, refresh, refresh, mint, "/api/v1/devices"]);
    // The reply without a refresh token keeps the old one.
    let pair = || vec![("refresh_token".to_owned(), "r1".to_owned())];
    assert_eq!([sent[1].form(), sent[2].form()], [pair(), pair()]);
    assert_eq!(sent[4].header("authorization").as_deref(), Some("Bearer c"));
}

#[tokio::test]
async fn a_user_and_a_password_give_a_token_too() {
    let server = Server::start([granted("a", Some("r"))]).await;
    let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
    let tokens = client.tokens_by_password(Secret::from("u ser"), Secret::from("p+&=%é"));
    assert_eq!(tokens.token().await.unwrap().expose(), "a");
    let expected =
        [("username", "u ser"), ("password", "p+&=%é")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(server.take()[0].form(), expected);
}

/// The vendor rejects a request token with a wrong date, so the error tells the date of this machine.
#[tokio::test]
async fn a_clock_that_is_off_is_named_where_a_request_token_is_rejected() {
    let rejected = Reply::json(401, r#"{"status":401,"name":"Unauthorized","message":"no"}"#);
    let server = Server::start([rejected.header("date", "Mon, 01 Jan 2024 00:00:00 GMT")]).await;
    let key = NetoSecret::parse(&encoded(&key(&server.url))).unwrap();
    let error = key.tokens(&key.client().unwrap()).token().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("; this machine's clock (") && text.ends_with(" seconds ahead of the server's"), "{text}");
    assert_eq!(server.take().len(), 1);
}
