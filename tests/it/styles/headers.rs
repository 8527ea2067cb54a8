//! Typed headers of replies (4.8.21): the style `simple`, and JSON. What is missing or odd is `None` and harms nothing.

use tests::runtime::Error;
use tests::styles::{AskLimitedHeaders, Client, ReadHeadersHeaders, ReadHeadersResponseXKind, ReadLimitedHeaders};

use super::rgb;
use crate::wire::server::{Reply, Server};

async fn headers(reply: Reply) -> ReadHeadersHeaders {
    let server = Server::start([reply]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    match client.read_headers().send_full().await {
        Ok(response) => ReadHeadersHeaders::read(response.headers()),
        Err(Error::Api(error)) => ReadHeadersHeaders::read(error.headers()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn each_is_what_the_document_says() {
    let reply = Reply::empty(200)
        .header("x-rate-limit", "12")
        .header("X-CACHED", "true")
        .header("x-tags", r#"blue, "a, \"b\", c" ,007"#)
        .header("x-sizes", "1,2")
        .header("x-sizes", "3")
        .header("x-flags", "true, false")
        .header("x-color", "R,100,G,200,B,150")
        .header("x-exploded", "R=100,G=200,B=150")
        .header("x-json", r#"{"R":100,"G":200,"B":150}"#)
        .header("x-kind", "b")
        .header("x-next", "token")
        .header("x-id", "007");
    let headers = headers(reply).await;
    assert_eq!((headers.x_rate_limit, headers.x_cached), (Some(12), Some(true)));
    let tags = ["blue", r#""a, \"b\", c""#, "007"].map(str::to_owned);
    assert_eq!((headers.x_tags, headers.x_sizes), (Some(tags.to_vec()), Some(vec![1, 2, 3])));
    assert_eq!(headers.x_flags, Some(vec![true, false]));
    assert_eq!([headers.x_color, headers.x_exploded, headers.x_json], [Some(rgb()), Some(rgb()), Some(rgb())]);
    assert_eq!(headers.x_kind, Some(ReadHeadersResponseXKind::B));
    assert_eq!(headers.x_next.map(|secret| secret.expose().to_owned()), Some("token".to_owned()));
    // A number of one status and a text of another: the text.
    assert_eq!((headers.x_id, headers.retry_after), (Some("007".to_owned()), None));
}

/// A cookie may have commas without quotes (RFC 9110, 5.3).
#[tokio::test]
async fn each_cookie_is_an_element() {
    let cookies = ["a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Path=/", "b=\"x, y\"", "c=3,4"];
    let reply = cookies.iter().fold(Reply::empty(200), |reply, cookie| reply.header("set-cookie", *cookie));
    assert_eq!(headers(reply).await.set_cookie, Some(cookies.map(str::to_owned).to_vec()));
    assert_eq!(headers(Reply::empty(200)).await.set_cookie, None);
}

#[tokio::test]
async fn of_an_error_as_well() {
    let headers = headers(Reply::empty(404).header("retry-after", "30").header("x-rate-limit", "0")).await;
    assert_eq!((headers.retry_after, headers.x_rate_limit, headers.x_cached), (Some(30), Some(0), None));
}

#[tokio::test]
async fn an_odd_one_harms_nothing() {
    let headers = headers(
        Reply::empty(200)
            .header("x-rate-limit", "many")
            .header("x-sizes", "1,two")
            .header("x-color", "R,100,G")
            .header("x-json", "{")
            .header("x-kind", "c")
            .header("x-tags", ""),
    )
    .await;
    assert_eq!((headers.x_rate_limit, headers.x_sizes, headers.x_color, headers.x_json), (None, None, None, None));
    assert_eq!(headers.x_kind, Some(ReadHeadersResponseXKind::from("c")));
    assert_eq!(headers.x_tags, Some(Vec::new()));
}

/// Operations whose replies have the same headers have a type each, so that a header that is added to one changes no other.
#[test]
fn equal_ones_are_two_types() {
    let none = http::HeaderMap::new();
    assert_eq!(ReadLimitedHeaders::read(&none).x_rate_limit, None);
    assert_eq!(AskLimitedHeaders::read(&none).x_rate_limit, None);
    assert_ne!(std::any::TypeId::of::<ReadLimitedHeaders>(), std::any::TypeId::of::<AskLimitedHeaders>());
}
