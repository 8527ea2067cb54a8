//! PureWL: one operation for both grants, and errors with status 200.

use generated::purewl::Client;
use generated::runtime::{Method, Secret, TokenErrorKind};

use super::{blocking, ureq};
use crate::wire::server::{Reply, Server};

fn answer(code: u32, body: &str) -> Reply {
    Reply::json(200, format!(r#"{{"header":{{"code":{code},"message":"m"}},"body":{body}}}"#))
}

fn granted(token: &str, refresh_token: &str) -> Reply {
    answer(1, &format!(r#"{{"accessToken":"{token}","refreshToken":"{refresh_token}","expiry":"3600"}}"#))
}

fn pairs(server: &Server) -> Vec<Vec<(String, String)>> {
    server.take().iter().map(|sent| sent.form()).collect()
}

fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn both_grants_are_forms_of_one_operation() {
    for is_blocking in [false, true] {
        let server = Server::start([granted("a", "r1"), granted("b", "r2"), granted("c", "r3")]).await;
        let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
        let client = if is_blocking { client.with_transport(ureq()) } else { client };
        let tokens = client.tokens_by_secret_key(Secret::from("key"));
        for expected in ["a", "b", "c"] {
            let token = if is_blocking { blocking(tokens.clone()).await } else { tokens.token().await }.unwrap();
            assert_eq!(token.expose(), expected);
            tokens.invalidate(&token);
        }
        let refresh = |token| form(&[("refreshToken", token), ("secretKey", "key"), ("grantType", "refresh")]);
        let secret = form(&[("secretKey", "key"), ("grantType", "secret")]);
        assert_eq!(pairs(&server), [secret, refresh("r1"), refresh("r2")]);
    }
}

/// An error with status 200.
#[tokio::test]
async fn an_error_with_status_200_is_no_token() {
    for body in ["null", "[]", r#"{"accessToken":"t"}"#] {
        let server = Server::start([answer(0, body), granted("t", "r")]).await;
        let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
        let tokens = client.tokens_by_secret_key(Secret::from("key"));
        assert_eq!(tokens.token().await.unwrap_err().kind(), TokenErrorKind::Refused);
        assert_eq!(tokens.token().await.unwrap().expose(), "t");
    }
}

#[tokio::test]
async fn the_token_goes_into_a_header_of_its_own() {
    let server = Server::start([granted("t", "r"), Reply::json(200, "{}")]).await;
    let client = Client::new().unwrap().with_base_url(&server.url).unwrap();
    let client = client.clone().with_access_token_from(client.tokens_by_secret_key(Secret::from("key")));
    client.request(Method::GET, "/vpn/v1/list").send().await.unwrap();
    let sent = server.take();
    assert_eq!((sent[1].header("x-accesstoken").as_deref(), sent[1].header("authorization")), (Some("t"), None));
}
