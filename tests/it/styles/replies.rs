//! Replies by status (4.8.16) and media type.

use bytes::Bytes;
use tests::runtime::Error;
use tests::styles::operations::{ReadElsewhereHeaders, ReadSeveralError, ReadSeveralOutput};
use tests::styles::{Client, Disc, Shape, ShapeBase};

use super::rgb;
use crate::wire::server::{Reply, Server};

const RGB: &str = r#"{"R":100,"G":200,"B":150}"#;

async fn answering(reply: Reply) -> (Server, Client) {
    let server = Server::start([reply]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    (server, client)
}

#[tokio::test]
async fn several_successes_are_told_apart_by_status() {
    let bytes = Bytes::from_static(b"\0");
    for (reply, expected) in [
        (Reply::json(200, RGB), ReadSeveralOutput::Ok(Box::new(rgb()))),
        (Reply::new(201, "text/plain", "receipt"), ReadSeveralOutput::Created("receipt".to_owned())),
        (Reply::empty(204), ReadSeveralOutput::NoContent),
        (Reply::new(202, "image/png", bytes.clone()), ReadSeveralOutput::Success(bytes.clone())),
        (Reply::new(299, "image/png", bytes.clone()), ReadSeveralOutput::Success(bytes.clone())),
    ] {
        let (server, client) = answering(reply).await;
        assert_eq!(client.read_several().send().await.unwrap(), expected);
        let accept = "application/json, text/plain, application/octet-stream, application/problem+json";
        assert_eq!(server.take(), [server.expect("GET", "/replies/several", &[("accept", accept)], "")]);
    }
}

/// 4.8.16.1: a status goes before its range, and a range before `default`.
#[tokio::test]
async fn several_errors_are_told_apart_by_status() {
    for (reply, expected) in [
        (
            Reply::new(404, "application/problem+json", r#"{"title":"gone"}"#),
            "NotFound(Problem { title: Some(\"gone\"), unknown: Unknown(0 members) })",
        ),
        (Reply::json(499, r#"{"code":7}"#), "ClientError(Fault { code: Some(7), unknown: Unknown(0 members) })"),
        (Reply::new(500, "text/plain", "sorry"), "Default(\"sorry\")"),
        (Reply::new(302, "text/plain", "there"), "Default(\"there\")"),
    ] {
        let (_server, client) = answering(reply).await;
        let Err(Error::Api(error)) = client.read_several().send().await else { panic!("it is not an error") };
        let body: Option<&ReadSeveralError> = error.error();
        assert_eq!(body.map(|body| format!("{body:?}")), Some(expected.to_owned()));
    }
}

#[tokio::test]
async fn a_redirect_is_a_success_if_no_other_is_declared() {
    let (_server, client) = answering(Reply::empty(302).header("location", "/there")).await;
    let reply = client.read_elsewhere().send_full().await.unwrap();
    let location = ReadElsewhereHeaders::read(reply.headers()).location;
    assert_eq!((reply.status().as_u16(), location.as_deref()), (302, Some("/there")));
    let (_server, client) = answering(Reply::empty(404)).await;
    let Err(Error::Api(error)) = client.read_elsewhere().send().await else { panic!("it is not an error") };
    assert_eq!(error.status(), 404);
}

#[tokio::test]
async fn json_under_another_name() {
    let (_server, client) = answering(Reply::new(200, "application/hal+json", RGB)).await;
    assert_eq!(client.read_json().send().await.unwrap(), rgb());
    let (_server, client) = answering(Reply::new(200, "application/x-json; charset=utf-8", RGB)).await;
    assert_eq!(client.read_json().send().await.unwrap(), rgb());
    let (_server, client) = answering(Reply::new(409, "application/problem+json", r#"{"title":"no"}"#)).await;
    let Err(Error::Api(error)) = client.read_json().send().await else { panic!("it is not an error") };
    assert_eq!(error.error().and_then(|problem| problem.title.as_deref()), Some("no"));
}

#[tokio::test]
async fn text_bytes_and_xml_are_handed_over() {
    let (_server, client) = answering(Reply::new(200, "text/plain; charset=utf-8", "blå")).await;
    assert_eq!(client.read_text().send().await.unwrap(), "blå");
    let (_server, client) = answering(Reply::new(200, "image/png", &b"\x89PNG\0"[..])).await;
    assert_eq!(client.read_bytes().send().await.unwrap(), &b"\x89PNG\0"[..]);
    let (_server, client) = answering(Reply::new(200, "application/xml", "<Rgb/>")).await;
    assert_eq!(client.read_xml().send().await.unwrap(), "<Rgb/>");
}

/// Headers that no document declares: a caller has them as they came.
#[tokio::test]
async fn no_content_has_headers() {
    let (_server, client) = answering(Reply::empty(204).header("x-next", "2")).await;
    let response = client.read_nothing().send_full().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["x-next"].to_str().unwrap()), (204, "2"));
}

/// 4.8.25.4: a value of the base's type is of one of the schemas that are made of it. One that the document does not know is
/// sent back as it came.
#[tokio::test]
async fn a_base_is_one_of_its_heirs() {
    let disc = Disc::new(3).name("round").image(b"\0\xff");
    let sent = r#"{"kind":"Disc","name":"round","image":"AP8=","radius":3}"#;
    for (value, text) in [
        (Shape::from(disc.clone()), sent),
        (Shape::from(ShapeBase::new().name("bare")), r#"{"name":"bare"}"#),
        (Shape::from(ShapeBase::new().kind("Shape")), r#"{"kind":"Shape"}"#),
        (Shape::Unknown(serde_json::json!({"kind": "Cube", "side": 1})), r#"{"kind":"Cube","side":1}"#),
    ] {
        let (server, client) = answering(Reply::json(200, text)).await;
        let Ok(read) = client.echo_shape(value.clone()).send().await else { panic!("{text}") };
        assert_eq!(client_text(&server), text);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        if !matches!(value, Shape::Disc(_)) {
            assert_eq!(read, value);
        }
    }
    let (_server, client) = answering(Reply::json(200, sent)).await;
    let Ok(Shape::Disc(read)) = client.echo_shape(disc).send().await else { panic!("it is a disc") };
    assert_eq!((read.radius, read.image.unwrap().value().unwrap().0), (3, b"\0\xff".to_vec()));
}

fn client_text(server: &Server) -> String {
    let [request] = server.take().try_into().expect("there is one request");
    String::from_utf8(request.body.to_vec()).expect("it is text")
}
