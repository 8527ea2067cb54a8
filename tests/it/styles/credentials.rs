//! Security requirements (4.8.30): which credentials an operation sends, and where.

use tests::runtime::{Call, Operation, Secret};
use tests::styles::Client;

use super::silent;
use crate::wire::server::{Reply, Server};

/// A client with a credential for every scheme.
fn all(client: Client) -> Client {
    client
        .with_key(Secret::from("KEY"))
        .with_query_key(Secret::from("QUERY KEY"))
        .with_cookie_key(Secret::from("COOKIE"))
        .with_basic("user", Secret::from("pass:word"))
        .with_bearer(Secret::from("BEARER"))
        .with_oauth(Secret::from("OAUTH"))
        .with_open_id(Secret::from("OPENID"))
}

/// Whether a call sends these credentials, and nothing else that could be one.
async fn check<O>(
    set: impl Fn(Client) -> Client,
    call: impl Fn(&Client) -> Call<O>,
    target: &str,
    headers: &[(&str, &str)],
) where
    O: Operation<Output = (), Error = ()>,
{
    let (server, client) = silent(1).await;
    call(&set(client)).send().await.unwrap();
    let headers: Vec<_> = headers.iter().copied().chain([("accept", "*/*")]).collect();
    assert_eq!(server.take(), [server.expect("GET", target, &headers, "")]);
}

/// 4.8.27: `in` and `name` of an API key, `Authorization` of everything else. The tokens of OAuth 2 and OpenID Connect are bearer
/// tokens (RFC 6750).
#[tokio::test]
async fn each_scheme_has_its_place() {
    check(all, Client::security_query, "/security/query?api_key=QUERY%20KEY", &[]).await;
    check(all, Client::security_cookie, "/security/cookie", &[("cookie", "session=COOKIE")]).await;
    check(all, Client::security_basic, "/security/basic", &[("authorization", "Basic dXNlcjpwYXNzOndvcmQ=")]).await;
    check(all, Client::security_bearer, "/security/bearer", &[("authorization", "Bearer BEARER")]).await;
    check(all, Client::security_oauth, "/security/oauth", &[("authorization", "Bearer OAUTH")]).await;
    check(all, Client::security_open_id, "/security/openid", &[("authorization", "Bearer OPENID")]).await;
}

/// 4.8.1: the document's requirements are those of operations without their own.
#[tokio::test]
async fn the_requirements_of_the_document_are_inherited() {
    check(all, Client::security_header, "/security/header", &[("x-api-key", "KEY")]).await;
}

/// 4.8.10: an empty list takes the document's requirements away.
#[tokio::test]
async fn an_empty_list_sends_nothing() {
    check(all, Client::security_nobody, "/security/nobody", &[]).await;
}

/// 4.8.30: all schemes of one requirement go together, or not at all.
#[tokio::test]
async fn schemes_of_one_requirement_go_together() {
    let headers = [("authorization", "Basic dXNlcjpwYXNzOndvcmQ="), ("x-api-key", "KEY")];
    check(all, Client::security_both, "/security/both?api_key=QUERY%20KEY", &headers).await;
    let some = |client: Client| client.with_key(Secret::from("KEY")).with_query_key(Secret::from("QUERY"));
    check(some, Client::security_both, "/security/both", &[]).await;
}

/// 4.8.30: one of several requirements is enough, and the first that is complete is taken.
#[tokio::test]
async fn one_of_several_requirements_is_sent() {
    let call = Client::security_either;
    check(all, call, "/security/either", &[("authorization", "Bearer BEARER")]).await;
    let second = |client: Client| client.with_cookie_key(Secret::from("COOKIE")).with_key(Secret::from("KEY"));
    check(second, call, "/security/either", &[("cookie", "session=COOKIE"), ("x-api-key", "KEY")]).await;
    let part = |client: Client| client.with_cookie_key(Secret::from("COOKIE")).with_oauth(Secret::from("OAUTH"));
    check(part, call, "/security/either", &[]).await;
}

/// 4.8.30: `{}` makes security optional. Who has set a credential wants to be known.
#[tokio::test]
async fn an_optional_credential_is_sent_where_it_is_set() {
    check(all, Client::security_optional, "/security/optional", &[("authorization", "Bearer BEARER")]).await;
    check(|client| client, Client::security_optional, "/security/optional", &[]).await;
}

/// A parameter that is also the credential is sent once, because a server would choose one of two. A null parameter is not sent.
#[tokio::test]
async fn a_parameter_goes_before_the_credential() {
    let cookie = [("cookie", "session=COOKIE")];
    check(all, Client::security_parameter, "/security/parameter?api_key=QUERY%20KEY", &cookie).await;
    let call = |client: &Client| client.security_parameter().api_key("mine").session("mine");
    check(all, call, "/security/parameter?api_key=mine", &[("cookie", "session=mine")]).await;
}

#[tokio::test]
async fn a_refusal_names_the_credential_that_is_missing() {
    let server = Server::start([Reply::empty(401), Reply::empty(403), Reply::empty(401)]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    let undeclared = "(0 bytes), which the document does not declare";
    let missing = "the client has no credential for";
    let error = client.security_bearer().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("securityBearer: the server answered 401 Unauthorized {undeclared}; {missing} `bearer`")
    );
    let error = client.security_either().send().await.unwrap_err();
    let either = "`bearer`, or `cookieKey` and `key`";
    assert_eq!(
        error.to_string(),
        format!("securityEither: the server answered 403 Forbidden {undeclared}; {missing} {either}")
    );
    let error = client.with_bearer(Secret::from("wrong")).security_bearer().send().await.unwrap_err();
    assert_eq!(error.to_string(), format!("securityBearer: the server answered 401 Unauthorized {undeclared}"));
}
