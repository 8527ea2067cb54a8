//! A canary in every secret of every request and reply, and in all that no document declares: nothing may print it.

use std::time::Duration;

use generated::runtime::{Secret, from_slice};
use generated::{bytenite, netography, purewl};
use serde_json::{Value, json};

use super::call::{Setup, chain};
use super::operations::{CANARY, CASES, Case};
use super::server::{ClosedPort, Reply, Server};

async fn check(case: &Case, setup: &Setup) {
    assert_silent(case.send(setup).await.shown);
}

fn assert_silent(shown: impl IntoIterator<Item = String>) {
    for shown in shown {
        assert!(!shown.contains(CANARY), "{shown}");
    }
}

/// Replies that hold the canary wherever a server can put it. `Debug` of a value shows what the document declares and
/// does not call a secret, so a reply that can be read holds it in the other places alone.
fn replies(case: &Case) -> Vec<Reply> {
    let success: Value = serde_json::from_str(case.success.0).unwrap();
    let more = json!({ CANARY: CANARY, "addedLater": [CANARY] });
    let more: Value = [success.clone(), more].iter().flat_map(|value| value.as_object().unwrap().clone()).collect();
    let html = format!("<html>{CANARY}</html>");
    let mut replies = vec![
        Reply::json(200, more.to_string()),
        Reply::json(200, misread(&success).to_string()),
        Reply::json(200, json!(CANARY).to_string()),
        Reply::json(200, json!([[CANARY]]).to_string()),
        Reply::json(200, format!(r#"{{"{CANARY}":"{CANARY}"#)),
        Reply::json(200, CANARY),
        Reply::new(200, "text/html", html.clone()),
        Reply::new(200, &format!("application/octet-stream; name={CANARY}"), CANARY),
        Reply::json(302, "").header("location", format!("http://127.0.0.1:1/?{CANARY}")),
    ];
    for status in [302, 400, 401, 404, 418, 500] {
        replies.push(Reply::json(status, case.error.0));
        replies.push(Reply::json(status, misread(&serde_json::from_str(case.error.0).unwrap()).to_string()));
        replies.push(Reply::json(status, CANARY));
        replies.push(Reply::new(status, "text/html", html.clone()));
    }
    replies.into_iter().map(|reply| reply.header("set-cookie", format!("session={CANARY}"))).collect()
}

/// The value with the canary in the place of every leaf, as a kind that the leaf is not.
fn misread(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), misread(value))).collect(),
        Value::String(_) => json!({ CANARY: CANARY }),
        _ => json!(CANARY),
    }
}

#[tokio::test]
async fn no_reply_makes_a_call_show_a_secret() {
    let clients = Setup::new("http://localhost");
    for case in &CASES {
        let replies = replies(case);
        let calls = replies.len();
        let server = Server::start(replies).await;
        let setup = clients.at(&server.url);
        for _ in 0..calls {
            check(case, &setup).await;
        }
        assert_eq!(server.take(), vec![case.request(&server, ""); calls], "{}", case.name);
    }
}

#[tokio::test]
async fn no_failure_on_the_way_shows_a_secret() {
    let clients = Setup::new("http://localhost");
    let closed = ClosedPort::new();
    for case in &CASES {
        check(case, &clients.at(&closed.url)).await;
        check(case, &Setup { credential: format!("{CANARY}\n{CANARY}é"), ..clients.at(&closed.url) }).await;

        let slow = Server::start([Reply::Hang]).await;
        check(case, &Setup { timeout: Duration::from_millis(200), ..clients.at(&slow.url) }).await;

        let large = Reply::json(200, case.success.0);
        for reply in [Reply::Close, large.clone(), large.in_chunks()] {
            let server = Server::start([reply]).await;
            check(case, &Setup { max_response_size: 1, ..clients.at(&server.url) }).await;
            assert_eq!(server.take(), [case.request(&server, "")], "{}", case.name);
        }
    }
}

/// A URL may hold a key, and a login challenge is as good as one.
#[tokio::test]
async fn no_error_shows_the_query() {
    let closed = ClosedPort::new();
    let clients = Setup { timeout: Duration::from_millis(500), ..Setup::new(&closed.url) };
    let error = clients.bytenite().skip_login().login_challenge(Secret::from(CANARY)).send().await.unwrap_err();
    assert_silent(chain(&error));
    for reply in [Reply::Hang, Reply::Close, Reply::html(200), Reply::html(502)] {
        let server = Server::start([reply]).await;
        let call = clients.at(&server.url).bytenite().skip_login().login_challenge(Secret::from(CANARY));
        assert_silent(chain(&call.send().await.unwrap_err()));
    }
}

#[test]
fn no_request_and_no_client_shows_a_secret() {
    let setup = Setup::new("http://127.0.0.1:1");
    let refresh = purewl::RefreshGrant::new(Secret::from(CANARY)).secret_key(Secret::from(CANARY));
    assert_silent([
        format!("{0:?} {0:#?}", setup.bytenite()),
        format!("{0:?} {0:#?}", setup.netography()),
        format!("{0:?} {0:#?}", setup.purewl()),
        format!("{0:?} {0:#?}", bytenite::AccessTokenRequest::new(Secret::from(CANARY))),
        format!("{0:?} {0:#?}", netography::TokenRequest::new(Secret::from(CANARY))),
        format!("{0:?} {0:#?}", netography::PasswordTokenRequest::new(Secret::from(CANARY), "user")),
        format!("{0:?} {0:#?}", netography::RefreshTokenRequest::new(Secret::from(CANARY))),
        format!("{0:?} {0:#?}", purewl::SecretGrant::new(Secret::from(CANARY))),
        format!("{refresh:?} {refresh:#?}"),
        format!("{0:?} {0:#?}", purewl::AccessTokenRequest::from(refresh)),
        format!(
            "{0:?} {0:#?}",
            setup.bytenite().request_access_token(bytenite::AccessTokenRequest::new(Secret::from(CANARY)))
        ),
    ]);
}

#[test]
fn a_secret_is_shown_to_who_asks_for_it() {
    assert_eq!(Secret::from(CANARY).expose(), CANARY);
    assert_eq!(format!("{0:?} {0:#?}", Secret::from(CANARY)), "Secret(..) Secret(..)");
}

#[test]
fn a_base_url_that_holds_a_password_is_refused_without_being_shown() {
    for url in [
        format!("https://user:{CANARY}@example.com"),
        format!("https://example.com/?key={CANARY}"),
        format!("https://example.com/#{CANARY}"),
        format!("http://{CANARY}.example.com"),
        format!("{CANARY} {CANARY}"),
    ] {
        let error = bytenite::Client::new().unwrap().with_base_url(&url).unwrap_err();
        assert_silent(chain(&error));
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_not_shown() {
    let reply = json!({"token": {CANARY: CANARY}, "expiresIn": {"at": CANARY}, "scope": [CANARY]});
    for (name, value) in reply.as_object().unwrap() {
        let reply = json!({ name: value }).to_string();
        let failure = from_slice::<bytenite::AccessTokenResponse>(reply.as_bytes()).unwrap_err();
        assert_eq!(failure.path(), format!("body.{name}"));
        assert_silent(chain(&failure));
    }
}
