//! The server in memory that programs test themselves with.

use std::time::Duration;

use serde_json::json;

use super::double::{Pet, ShowPet, reply, show_pet};
use runtime::{
    Error, HttpClient, Method, Mock, RawCall, Recording, Retry, Scheme, Secret, TransportErrorKind, transport_fn,
};

fn client(mock: &Mock) -> HttpClient {
    HttpClient::new("https://h")
        .unwrap()
        .with_transport(mock.clone())
        .with_credential(Scheme::query("Key", "key"), Secret::from("k"))
}

#[tokio::test]
async fn answers_come_in_order_and_the_last_one_stays() {
    let mock = Mock::new();
    mock.on::<ShowPet>().fail(TransportErrorKind::Timeout);
    mock.on::<ShowPet>().respond(reply(404, &[("content-type", "application/json")], r#"{"message": "no"}"#));
    mock.on::<ShowPet>().reply(200, &Pet { name: "Tom".to_owned(), token: None });
    let client = client(&mock);
    assert!(show_pet(&client, "1").send().await.unwrap_err().is_timeout());
    assert!(show_pet(&client, "2").send().await.unwrap_err().is_not_found());
    for id in ["3", "4"] {
        assert_eq!(show_pet(&client, id).limit(7).trace(Secret::from("t")).send().await.unwrap().name, "Tom");
    }
    let sent = mock.sent::<ShowPet>();
    let paths: Vec<&str> = sent.iter().map(|sent| sent.request().uri().path()).collect();
    assert_eq!(paths, ["/pets/1", "/pets/2", "/pets/3", "/pets/4"]);
    assert_eq!((sent[3].query("limit").as_deref(), sent[3].header("x-trace")), (Some("7"), Some("t")));
    assert_eq!(format!("{:?} {mock:?}", sent[3]), "Sent(GET) Mock { .. }");
}

#[tokio::test]
async fn an_answer_that_was_given_goes_when_another_is_set() {
    let mock = Mock::new();
    let client = client(&mock);
    for name in ["Tom", "Kim"] {
        mock.on::<ShowPet>().reply(200, &Pet { name: name.to_owned(), token: None });
        for id in ["1", "2"] {
            assert_eq!(show_pet(&client, id).send().await.unwrap().name, name);
        }
    }
}

#[tokio::test]
async fn an_operation_without_an_answer_is_named() {
    let mock = Mock::new();
    let Err(Error::Transport(error)) = show_pet(&client(&mock), "1").send().await else { panic!() };
    assert_eq!(error.kind(), TransportErrorKind::Unanswered);
    let expected = "showPet: the mock has no answer for the request: set one for the operation `showPet`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn the_body_that_was_sent() {
    let answer = |request: http::Request<runtime::Bytes>| Ok(http::Response::new(request.into_body()));
    let client = HttpClient::new("https://h").unwrap().with_transport(transport_fn(answer));
    let echoed = RawCall::new(&client, Method::POST, "/echo").json(&[1, 2]).send().await.unwrap();
    assert_eq!(echoed.body(), "[1,2]");
}

#[tokio::test]
async fn retries_take_no_time() {
    let mock = Mock::new();
    mock.on::<ShowPet>().respond(reply(503, &[("retry-after", "7")], ""));
    mock.on::<ShowPet>().reply(200, &Pet { name: "Tom".to_owned(), token: None });
    let response = show_pet(&client(&mock).with_retry(Retry::new()), "1").send_full().await.unwrap();
    assert_eq!((response.value().name.as_str(), mock.waited(), mock.unused()), ("Tom", Duration::from_secs(7), 0));
}

#[tokio::test]
async fn requests_that_the_document_does_not_have() {
    let mock = Mock::new();
    mock.on_request(Method::POST, "/v1/tasks").reply(201, &["a"]);
    mock.on::<ShowPet>().fail(TransportErrorKind::Timeout);
    let client = client(&mock).with_base_url("https://h/v1").unwrap();
    let reply =
        RawCall::new(&client, Method::POST, "/tasks").query("q", "1").body("text/plain", "x").send().await.unwrap();
    assert_eq!((reply.status(), reply.body().as_ref()), (201, br#"["a"]"#.as_slice()));
    let error = RawCall::new(&client, Method::GET, "/tasks").send().await.unwrap_err();
    assert_eq!(error.to_string(), "the mock has no answer for the request: set one for `GET /v1/tasks`");
    let sent: Vec<_> = mock.requests().iter().map(|sent| (sent.query("q"), sent.request().body().clone())).collect();
    assert_eq!(sent, [(Some("1".to_owned()), "x".into()), (None, "".into())]);
    assert_eq!(mock.unused(), 1);
}

#[tokio::test]
async fn what_is_recorded_is_replayed_without_its_secrets() {
    let mock = Mock::new();
    mock.on::<ShowPet>()
        .reply(200, &Pet { name: "Tom, key secret-key".to_owned(), token: Some(Secret::from("secret-t")) });
    let nested =
        json!({"list": [{"AccessToken": "secret-a"}], "pin": 1234, "note": "trace secret-trace", "n": null, "Id": 7});
    let answer = http::Response::builder().header("set-cookie", "secret-c").header("content-type", "application/json");
    mock.on_request(Method::GET, "/raw").respond(answer.body(nested.to_string()).unwrap());
    mock.on_request(Method::GET, "/text").respond(reply(404, &[("content-type", "text/plain")], "secret-text"));
    let recording = Recording::new().with_secret("PIN");
    let client = HttpClient::new("https://h").unwrap().with_transport(mock).with_layer(|inner| recording.layer(inner));
    let client = client.with_credential(Scheme::query("Key", "key"), Secret::from("secret-key"));
    show_pet(&client, "secret-path").send().await.unwrap();
    RawCall::new(&client, Method::GET, "/raw").header("X-Trace", "secret-trace").send().await.unwrap();
    RawCall::new(&client, Method::GET, "/text").send().await.unwrap_err();
    let text = recording.to_json();
    assert!(!text.contains("secret-") && !text.contains("1234"), "{text}");

    let replay = Mock::replay(&text).unwrap();
    let client = client.with_transport(replay.clone());
    assert_eq!(
        show_pet(&client, "1").send().await.unwrap(),
        Pet { name: "redacted".to_owned(), token: Some(Secret::from("redacted")) }
    );
    let reply = RawCall::new(&client, Method::GET, "/raw").send().await.unwrap();
    let expected = json!({"list": [{"AccessToken": "redacted"}], "pin": 0, "note": "redacted", "n": null, "Id": 7});
    assert_eq!(serde_json::from_slice::<serde_json::Value>(reply.body()).unwrap(), expected);
    assert!(RawCall::new(&client, Method::GET, "/text").send().await.unwrap_err().is_not_found());
    assert_eq!(replay.unused(), 0);
    assert_eq!(Mock::replay("[1]").unwrap_err().to_string(), "body: the text is not a recording");
}
