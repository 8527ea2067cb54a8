//! ByteNite: an API key for a token, whose life is a number in a string.

use std::time::Duration;

use generated::bytenite::{Client, EmptyMessage};
use generated::runtime::Secret;

use super::{blocking, ureq};
use crate::wire::server::{Reply, Server};

fn granted(token: &str) -> Reply {
    Reply::json(200, format!(r#"{{"token":"{token}","expiresIn":"3600","scope":"text"}}"#))
}

#[tokio::test]
async fn an_api_key_is_exchanged_once_and_the_token_is_sent_raw() {
    let done = || Reply::json(200, "{}");
    let server = Server::start([granted("t"), done(), done()]).await;
    let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
    let tokens = client.tokens_by_api_key(Secret::from("key=="));
    let client = client.with_bearer_auth_from(tokens.clone());
    client.sign_out(EmptyMessage::new()).send().await.unwrap();
    client.sign_out(EmptyMessage::new()).send().await.unwrap();
    let token = tokens.token().await.unwrap();
    assert_eq!((token.expose(), tokens.remaining(&token).as_secs()), ("t", 3599));
    let headers: &[(&str, &str)] = &[("accept", "application/json"), ("content-type", "application/json")];
    let signed = [headers, &[("authorization", "t")]].concat();
    let out = || server.expect("POST", "/signout", &signed, "{}");
    let mint = server.expect("POST", "/access_token", headers, r#"{"apiKey":"key=="}"#);
    let mut sent = server.take();
    sent.iter_mut().for_each(|it| it.headers.retain(|(name, _)| name != "accept-encoding"));
    assert_eq!(sent, [mint, out(), out()]);
}

#[tokio::test]
async fn the_same_without_a_runtime() {
    let server = Server::start([granted("t")]).await;
    let client = Client::new().unwrap().with_base_url(&server.url).unwrap().with_transport(ureq());
    let tokens = client.tokens_by_api_key(Secret::from("key")).with_margin(Duration::from_secs(1));
    assert_eq!(blocking(tokens.clone()).await.unwrap().expose(), "t");
    assert_eq!(blocking(tokens).await.unwrap().expose(), "t");
    assert_eq!(server.take().len(), 1);
}
