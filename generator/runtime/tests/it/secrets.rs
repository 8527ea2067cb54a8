//! No message shows a secret: the whole text of every `Debug` and `Display` that could hold one.

use serde_json::json;

use super::double::{Double, Pet, reply, show_pet};
use runtime::{Error, HttpClient, Method, Reply, Request, Scheme, Secret, Style};

const CANARY: &str = "canary";

fn client() -> HttpClient {
    HttpClient::new("https://h/v1")
        .unwrap()
        .with_credential(Scheme::query("Key", "key"), Secret::from(CANARY))
        .with_basic(Scheme::basic("Login"), CANARY, Secret::from(CANARY))
}

#[test]
fn a_secret_is_seen_on_the_wire_alone() {
    let secret: Secret = serde_json::from_value(json!(CANARY)).unwrap();
    assert_eq!(format!("{secret:?} {secret:#?}"), "Secret(..) Secret(..)");
    assert_eq!(secret.expose(), CANARY);
    assert_eq!(serde_json::to_value(&secret).unwrap(), CANARY);
    assert!(secret == Secret::from(CANARY.to_owned()) && secret != Secret::from("other"));
}

#[test]
fn clients_and_calls() {
    let limits = "Limits { connect_timeout: 10s, timeout: 30s, idle_timeout: 30s, max_response_size: 16777216 }";
    let shown =
        format!(r#"HttpClient {{ base_url: "https://h/v1", credentials: ["Key", "Login"], limits: {limits}, .. }}"#);
    assert_eq!(format!("{:?}", client()), shown);
    assert_eq!(
        format!("{:?}", show_pet(&client(), "1").trace(Secret::from(CANARY))),
        format!(
            r#"Call {{ http: {shown}, operation: ShowPet {{ pet_id: "1", limit: None, trace: Some(Secret(..)) }} }}"#
        )
    );
}

#[test]
fn requests() {
    let mut request = Request::new(Method::GET, "/pets/{id}");
    request.path("id", Style::SIMPLE, CANARY).unwrap();
    request.query("q", Style::FORM, CANARY).unwrap();
    request.json(CANARY).unwrap();
    assert_eq!(format!("{request:?}"), "Request(GET /pets/{id})");
    let error = request.header("X-Trace", Style::SIMPLE, "canary\n").unwrap_err();
    assert_eq!(
        format!("{error:?}"),
        r#"RequestError { part: Header, name: "X-Trace", reason: "has a character that a header cannot hold" }"#
    );
}

#[test]
fn replies() {
    let shown = Reply::new(reply(200, &[("set-cookie", CANARY), ("content-type", "text/x")], CANARY));
    assert_eq!(format!("{shown:?}"), "Reply(200 OK (text/x, 6 bytes))");
}

/// The texts of an error and of its sources.
fn texts(error: &(dyn std::error::Error + 'static)) -> Vec<String> {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.flat_map(|error| [error.to_string(), format!("{error:?}")]).collect()
}

#[tokio::test]
async fn errors_of_the_server() {
    let headers = [("content-type", "application/json"), ("www-authenticate", CANARY)];
    let double = Double::new(reply(401, &headers, r#"{"message": "canary"}"#));
    let error = show_pet(&client().with_transport(double), "1").send().await.unwrap_err();
    let expected = [
        "showPet: the server answered 401 Unauthorized (application/json, 21 bytes)",
        "ApiError(showPet: 401 Unauthorized (application/json, 21 bytes))",
    ];
    assert_eq!(texts(&error), expected);
}

#[tokio::test]
async fn values_at_fault() {
    let double = Double::new(reply(200, &[("content-type", "application/json")], r#"{"name": ["canary"]}"#));
    let error = show_pet(&client().with_transport(double), "1").send().await.unwrap_err();
    let Error::Decode(fault) = &error else { panic!() };
    let (path, reason) = (fault.path(), fault.reason());
    let expected = [
        format!("showPet: cannot read the reply 200 OK (application/json, 20 bytes): {path}: {reason}"),
        format!("DecodeError(showPet: cannot read the reply 200 OK (application/json, 20 bytes): {path}: {reason})"),
    ];
    assert_eq!(texts(&error), expected);
    assert!(!path.contains(CANARY) && !reason.contains(CANARY));
}

#[tokio::test]
async fn responses() {
    let headers = [("content-type", "application/json"), ("set-cookie", CANARY)];
    let double = Double::new(reply(200, &headers, r#"{"name": "Tom", "token": "canary"}"#));
    let response = show_pet(&client().with_transport(double), "1").send_full().await.unwrap();
    assert_eq!(
        format!("{response:?}"),
        r#"Response { status: 200, headers: ["content-type", "set-cookie"], value: Pet { name: "Tom", token: Some(Secret(..)) } }"#
    );
    assert_eq!(response.into_value(), Pet { name: "Tom".to_owned(), token: Some(Secret::from(CANARY)) });
}
