//! An API that is described by a document and an overlay alone: a session with a ticket, and OAuth's flows without any description.

use runtime::{ClientCredentials, Secret, Token, TokenCache, TokenError, TokenErrorKind, UreqTransport};
use serde_json::{Value, json};
use tests::lighthouse::{Client, Lamp};

use super::outside;
use crate::wire::server::{Reply, Server};

fn session(status: &str, key: &str, ticket: &str) -> Reply {
    Reply::json(200, json!({"status": status, "data": {"key": key, "ticket": ticket, "seconds": 60}}).to_string())
}

fn grant(token: &str, refresh_token: Option<&str>) -> Reply {
    Reply::json(200, json!({"access_token": token, "expires_in": "60", "refresh_token": refresh_token}).to_string())
}

async fn token(is_blocking: bool, tokens: &TokenCache) -> Result<Token, TokenError> {
    let cloned = tokens.clone();
    if is_blocking { outside(move || cloned.token_blocking()).await } else { tokens.token().await }
}

#[tokio::test]
async fn a_described_source_mints_refreshes_and_authenticates() {
    for is_blocking in [false, true] {
        let script = [session("open", "k1", "c1"), session("open", "k2", "c2"), session("closed", "k3", "c3")];
        let server = Server::start(script).await;
        let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
        let client = if is_blocking { client.with_transport(UreqTransport::new()) } else { client };
        let tokens = client.tokens_by_keeper(Secret::from("ann"), Secret::from("0451"));
        for expected in ["k1", "k2"] {
            let token = token(is_blocking, &tokens).await.unwrap();
            assert_eq!(token.expose(), expected);
            tokens.invalidate(&token);
        }
        let refused = token(is_blocking, &tokens).await;
        // The ticket was rejected, and then the keeper.
        assert_eq!(refused.unwrap_err().kind(), TokenErrorKind::Exchange);
        let bodies: Vec<Value> = server.take().iter().map(|it| serde_json::from_slice(&it.body).unwrap()).collect();
        let keeper = || json!({"login": {"name": "ann", "pin": "0451"}, "kind": "keeper"});
        let renewal = |ticket| json!({"ticket": ticket, "kind": "renewal"});
        assert_eq!(bodies[..4], [keeper(), renewal("c1"), renewal("c2"), keeper()]);
    }
}

#[tokio::test]
async fn the_session_goes_where_the_scheme_says() {
    let server = Server::start([session("open", "k", "c"), Reply::json(200, "{}")]).await;
    let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
    let client = client.clone().with_session_from(client.tokens_by_keeper(Secret::from("ann"), Secret::from("1")));
    client.show_lamp().send().await.unwrap();
    assert_eq!(server.take()[1].header("x-session").as_deref(), Some("k"));
}

/// Nothing but the document's flows says how.
#[tokio::test]
async fn oauth_is_derived_and_each_operation_has_its_scopes() {
    let done = || Reply::empty(204);
    let script = [grant("a", Some("r")), done(), done(), grant("b", None), done(), grant("c", None), done()];
    let server = Server::start(script).await;
    let client = Client::new().unwrap().with_base_url(&format!("{}/v2", server.url)).unwrap();
    let tokens = client.tokens_by_client_credentials(ClientCredentials::basic("id", Secret::from("secret")));
    let client = client.with_oauth_from(tokens.clone());
    client.set_lamp(Lamp::new()).send().await.unwrap();
    client.set_lamp(Lamp::new()).send().await.unwrap();
    client.show_log().send().await.unwrap();
    tokens.invalidate(&tokens.token_for(&runtime::Scopes::new(["lamp.read", "lamp.write"])).await.unwrap());
    client.set_lamp(Lamp::new()).send().await.unwrap();
    let sent = server.take();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let at = |index: usize| (sent[index].target.as_str(), sent[index].header("authorization"));
    let basic = |target| (target, Some("Basic aWQ6c2VjcmV0".to_owned()));
    let grant_type = || pair("grant_type", "client_credentials");
    assert_eq!(at(0), basic("/oauth/token"));
    assert_eq!(sent[0].form(), [grant_type(), pair("scope", "lamp.read lamp.write")]);
    assert_eq!((at(3), sent[3].form()), (basic("/oauth/token"), vec![grant_type()]));
    assert_eq!(at(5), basic("/oauth/refresh"));
    assert_eq!(sent[5].form(), [pair("grant_type", "refresh_token"), pair("refresh_token", "r")]);
    let bearer = |target, token: &str| (target, Some(format!("Bearer {token}")));
    let (lamp, log) = ("/v2/lamp", "/v2/log");
    assert_eq!([1, 2, 4, 6].map(at), [bearer(lamp, "a"), bearer(lamp, "a"), bearer(log, "b"), bearer(lamp, "c")]);
}

#[tokio::test]
async fn a_client_may_authenticate_in_the_body() {
    let server = Server::start([grant("a", None), grant("b", None)]).await;
    // The document's `tokenUrl` is absolute.
    let client = Client::new().unwrap().with_token_server(&server.url).unwrap();
    let tokens = client.tokens_by_password(
        ClientCredentials::in_body("id", Secret::from("s")),
        Secret::from("ann"),
        Secret::from("p w"),
    );
    assert_eq!(tokens.token().await.unwrap().expose(), "a");
    let form = [
        ("grant_type", "password"),
        ("username", "ann"),
        ("password", "p w"),
        ("client_id", "id"),
        ("client_secret", "s"),
    ];
    let sent = server.take();
    assert_eq!(sent[0].form(), form.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(sent[0].header("authorization"), None);
}
