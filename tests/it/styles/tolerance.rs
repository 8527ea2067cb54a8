//! Replies that are not quite what the document declares, from servers that have done what they were asked for.

use std::fmt::Debug;

use tests::runtime::{Call, Error, Operation};
use tests::styles::{Client, Problem, Rgb};

use super::rgb;
use crate::wire::server::{Reply, Server};

const RGB: &str = r#"{"R":100,"G":200,"B":150}"#;

/// The outcome of a reply, with its status: the value and the bytes, or the error's message.
async fn outcome<O>(reply: Reply, call: impl Fn(&Client) -> Call<O>) -> Result<(u16, O::Output, String), String>
where
    O: Operation<Error: Debug + 'static>,
{
    let server = Server::start([reply]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    let response = call(&client).send_full().await.map_err(|error| error.to_string())?;
    let body = String::from_utf8_lossy(response.body()).into_owned();
    Ok((response.status().as_u16(), response.into_value(), body))
}

fn item(status: u16) -> Result<(u16, Rgb, String), String> {
    Ok((status, rgb(), RGB.to_owned()))
}

/// A 2xx status means success, also where the document does not declare it. `default` stands for failures.
#[tokio::test]
async fn a_success_that_is_not_declared_is_the_one_that_is() {
    for status in [200, 201, 202, 299] {
        assert_eq!(outcome(Reply::json(status, RGB), Client::create_item).await, item(status));
        assert_eq!(outcome(Reply::json(status, RGB), Client::replace_item).await, Ok((status, (), RGB.to_owned())));
    }
    let fault = r#"{"title":"no"}"#;
    let refused = Err("createItem: the server answered 302 Found (application/json, 14 bytes)".to_owned());
    assert_eq!(outcome(Reply::json(302, fault), Client::create_item).await, refused);
}

/// A reply without content cannot be read as a value.
#[tokio::test]
async fn no_content_where_a_value_is_declared_is_an_error() {
    for (status, reason) in [(202, "202 Accepted"), (204, "204 No Content")] {
        let expected =
            format!("createItem: cannot read the reply {reason} (no media type, 0 bytes): body: the body is empty");
        assert_eq!(outcome(Reply::empty(status), Client::create_item).await, Err(expected));
    }
}

/// RFC 9110, 15.3.5, 15.3.6 and 15.4.5: these have no content, whatever the document gives them.
#[tokio::test]
async fn a_reply_that_has_no_content_is_not_read() {
    for status in [204, 205] {
        assert_eq!(outcome(Reply::empty(status), Client::read_bare).await, Ok((status, (), String::new())));
    }
    let error = Err("readBare: the server answered 304 Not Modified (0 bytes)".to_owned());
    assert_eq!(outcome(Reply::empty(304), Client::read_bare).await, error);
}

#[tokio::test]
async fn a_failure_without_content_is_declared_all_the_same() {
    let declared = Err("createItem: the server answered 404 Not Found (0 bytes)".to_owned());
    assert_eq!(outcome(Reply::empty(404), Client::create_item).await, declared);
    let undeclared =
        Err("replaceItem: the server answered 410 Gone (0 bytes), which the document does not declare".to_owned());
    assert_eq!(outcome(Reply::empty(410), Client::replace_item).await, undeclared);
}

#[tokio::test]
async fn json_is_read_under_any_media_type() {
    for media_type in ["text/plain", "text/html; charset=utf-8", "application/octet-stream", "application/x-json", ""] {
        assert_eq!(outcome(Reply::new(200, media_type, RGB), Client::create_item).await, item(200), "{media_type}");
        let server = Server::start([Reply::new(500, media_type, r#"{"title":"no"}"#)]).await;
        let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
        let Err(Error::Api(error)) = client.create_item().send().await else { panic!("it is not an error") };
        assert_eq!(error.into_error(), Some(Problem::default().title("no")), "{media_type}");
    }
    assert_eq!(outcome(Reply::empty(200).with_body(RGB), Client::create_item).await, item(200));
    let expected =
        "createItem: cannot read the reply 200 OK (text/html, 37 bytes): body: the media type is not JSON".to_owned();
    assert_eq!(outcome(Reply::html(200), Client::create_item).await, Err(expected));
    let expected =
        "createItem: cannot read the reply 200 OK (text/plain, 3 bytes): body: found an array, expected an object"
            .to_owned();
    assert_eq!(outcome(Reply::new(200, "text/plain", "[0]"), Client::create_item).await, Err(expected));
}

/// An undescribed body is not part of the value. The reply still has its bytes.
#[tokio::test]
async fn a_body_that_is_not_declared_is_kept() {
    let expected = Ok((200, (), RGB.to_owned()));
    assert_eq!(outcome(Reply::json(200, RGB), Client::read_undescribed).await, expected);
}

/// A reader of events would make an empty stream of another text.
#[tokio::test]
async fn a_reply_that_is_no_event_stream_is_kept() {
    let server = Server::start([Reply::json(200, RGB), Reply::empty(200).with_body(format!("data: {RGB}\n\n"))]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    let Err(Error::Decode(error)) = client.read_events().events().await else { panic!("it is not a stream of events") };
    let expected = "readEvents: cannot read the reply 200 OK (application/json, 25 bytes): body: the media type is not text/event-stream";
    assert_eq!((error.to_string().as_str(), error.json::<Rgb>()), (expected, Ok(rgb())));
    let mut events = client.read_events().events().await.unwrap();
    assert_eq!(events.next().await.unwrap().map(|event| event.data), Some(rgb()));
}
