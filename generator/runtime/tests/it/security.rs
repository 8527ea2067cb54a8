//! Which credentials go with a request, and how they are written.

use super::double::written;
use runtime::{HttpClient, Method, Request, RequestError, Requirements, Scheme, Secret, Style};

const KEY: Scheme = Scheme::header("Key", "X-Key");
const QUERY: Scheme = Scheme::query("Query", "api key");
const COOKIE: Scheme = Scheme::cookie("Cookie", "sid");
const BEARER: Scheme = Scheme::bearer("Bearer");
const BASIC: Scheme = Scheme::basic("Basic");

fn check(client: &HttpClient, requirements: Requirements, expected: &str) {
    let mut request = Request::new(Method::GET, "/");
    request.security(requirements);
    let actual = client.prepare(request).map_or_else(|error| format!("{error}\n"), |request| written(&request));
    assert_eq!(actual, expected);
}

fn client() -> HttpClient {
    HttpClient::new("https://h").unwrap()
}

#[test]
fn every_kind_is_written_in_its_place() {
    let client = client()
        .with_credential(KEY, Secret::from("Key as=given"))
        .with_credential(QUERY, Secret::from("a&b"))
        .with_credential(COOKIE, Secret::from("c=="))
        .with_credential(BEARER, Secret::from("t"))
        .with_basic(BASIC, "Aladdin", Secret::from("open sesame"));
    check(&client, &[&["Key"]], "GET https://h/\nx-key: Key as=given\n");
    check(&client, &[&["Query"]], "GET https://h/?api%20key=a%26b\n");
    check(&client, &[&["Cookie"]], "GET https://h/\ncookie: sid=c==\n");
    check(&client, &[&["Bearer"]], "GET https://h/\nauthorization: Bearer t\n");
    check(&client, &[&["Basic"]], "GET https://h/\nauthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n");
}

#[test]
fn a_bearer_prefix_is_not_repeated() {
    let client = client().with_credential(BEARER, Secret::from("bearer t"));
    check(&client, &[&["Bearer"]], "GET https://h/\nauthorization: bearer t\n");
}

#[test]
fn the_first_complete_alternative_is_sent() {
    let client = client().with_credential(KEY, Secret::from("k")).with_credential(COOKIE, Secret::from("c"));
    check(
        &client,
        &[&["Bearer"], &["Key", "Bearer"], &["Key", "Cookie"], &["Key"]],
        "GET https://h/\ncookie: sid=c\nx-key: k\n",
    );
    check(&client, &[&["Bearer"]], "GET https://h/\n");
    check(&client, &[&[], &["Key"]], "GET https://h/\nx-key: k\n");
    check(&client, &[&[], &["Bearer"]], "GET https://h/\n");
    check(&client, &[], "GET https://h/\n");
}

#[test]
fn a_credential_replaces_an_earlier_one() {
    let client = client().with_credential(KEY, Secret::from("old")).with_credential(KEY, Secret::from("new"));
    check(&client, &[&["Key"]], "GET https://h/\nx-key: new\n");
}

#[test]
fn what_cannot_be_sent_is_refused_by_the_name_of_its_scheme() {
    let client = client()
        .with_credential(KEY, Secret::from("canary\n"))
        .with_credential(COOKIE, Secret::from("canary;"))
        .with_credential(BEARER, Secret::from("canaryü"))
        .with_basic(BASIC, "can:ary", Secret::from("x"));
    check(&client, &[&["Key"]], "credential for `Key` has a character that a header cannot hold\n");
    check(&client, &[&["Cookie"]], "credential for `Cookie` has a character that a cookie cannot hold\n");
    check(&client, &[&["Bearer"]], "credential for `Bearer` has a character that a header cannot hold\n");
    let expected = "credential for `Basic` has a colon in its user name: OAuth wants a client id percent-encoded \
                    (RFC 6749, 2.3.1), `:` as `%3A`\n";
    check(&client, &[&["Basic"]], expected);
    check(&client.with_credential(KEY, Secret::from("")), &[&["Key"]], "credential for `Key` is empty\n");
}

/// The parameter is sent and the credential is not, because a server would choose one of two.
#[test]
fn a_parameter_goes_before_the_credential_that_has_its_place() -> Result<(), RequestError> {
    let client = client()
        .with_credential(KEY, Secret::from("k"))
        .with_credential(QUERY, Secret::from("q"))
        .with_credential(COOKIE, Secret::from("c"));
    let mut request = Request::new(Method::GET, "/");
    request.security(&[&["Key", "Query", "Cookie"]]);
    request.header("x-key", Style::SIMPLE, "mine")?;
    request.query("api key", Style::FORM, "mine")?;
    request.cookie("sid", Style::FORM, "mine")?;
    let expected = "GET https://h/?api%20key=mine\ncookie: sid=mine\nx-key: mine\n";
    assert_eq!(written(&client.prepare(request)?), expected);
    Ok(())
}
