//! The server in memory that programs test themselves with.

use super::double::{Pet, ShowPet, reply, show_pet};
use runtime::{Error, HttpClient, Method, Mock, RawCall, Scheme, Secret, TransportErrorKind, transport_fn};

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
async fn an_operation_without_an_answer_is_named() {
    let mock = Mock::new();
    let Err(Error::Transport(error)) = show_pet(&client(&mock), "1").send().await else { panic!() };
    assert_eq!(error.kind(), TransportErrorKind::Absent);
    assert!(error.to_string().ends_with(": the mock has no answer for the operation `showPet`"), "{error}");
}

#[tokio::test]
async fn the_body_that_was_sent() {
    let answer = |request: http::Request<runtime::Bytes>| Ok(http::Response::new(request.into_body()));
    let client = HttpClient::new("https://h").unwrap().with_transport(transport_fn(answer));
    let echoed = RawCall::new(&client, Method::POST, "/echo").json(&[1, 2]).send().await.unwrap();
    assert_eq!(echoed.body(), "[1,2]");
}
