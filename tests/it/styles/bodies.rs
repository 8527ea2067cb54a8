//! Request bodies of one media type each.

use tests::runtime::{Call, Operation};
use tests::styles::{Client, Fields};

use super::{rgb, silent};
use crate::wire::server::{Reply, Server};

const RGB: &str = r#"{"R":100,"G":200,"B":150}"#;

/// Whether a call sends a body as of a media type, and no other header of its own.
async fn check<O>(call: impl Fn(&Client) -> Call<O>, path: &str, media_type: &str, body: &str)
where
    O: Operation<Output = (), Error = ()>,
{
    let (server, client) = silent(1).await;
    call(&client).send().await.unwrap();
    let headers = [("accept", "*/*"), ("content-type", media_type)];
    assert_eq!(server.take(), [server.expect("POST", path, &headers, body)]);
}

#[tokio::test]
async fn json() {
    check(|client| client.send_json(rgb()), "/bodies/json", "application/json", RGB).await;
}

#[tokio::test]
async fn json_under_another_name() {
    let media_type = "application/merge-patch+json";
    check(|client| client.send_merge_patch(rgb()), "/bodies/merge-patch", media_type, RGB).await;
}

#[tokio::test]
async fn text() {
    check(|client| client.send_text("blå\n"), "/bodies/text", "text/plain", "blå\n").await;
}

/// No form can be made of a list.
#[tokio::test]
async fn a_form_of_a_list_is_text() {
    let media_type = "application/x-www-form-urlencoded";
    check(|client| client.send_list_form("a=1&a=2"), "/bodies/form/list", media_type, "a=1&a=2").await;
}

#[tokio::test]
async fn bytes() {
    let body = "\0\r\n--";
    check(|client| client.send_bytes(body), "/bodies/bytes", "application/octet-stream", body).await;
}

#[tokio::test]
async fn xml_as_text() {
    check(|client| client.send_xml("<Rgb/>"), "/bodies/xml", "application/xml", "<Rgb/>").await;
}

/// 4.8.15.1.2 and 4.8.15.1.1: a property is in the style that its encoding names; without one, arrays are repeated and
/// objects are JSON.
#[tokio::test]
async fn form() {
    let pair = |left: &str, right: &str| vec![left.to_owned(), right.to_owned()];
    let fields = Fields::new("a b&c=ü")
        .exploded(pair("x y", "z"))
        .joined(pair("x,y", "z"))
        .spaced(pair("x", "y"))
        .piped(pair("x", "y"))
        .object(rgb())
        .deep(rgb())
        .flat(rgb())
        .reserved("a/b?c=d&e+f")
        .count(7)
        .flag(true)
        .styled(vec![1, 2])
        .typed(rgb());
    let expected = [
        "text=a+b%26c%3D%C3%BC",
        "exploded=x+y&exploded=z",
        "joined=x%2Cy,z",
        "spaced=x+y",
        "piped=x%7Cy",
        "object=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        "deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
        "R=100&G=200&B=150",
        "reserved=a/b?c=d%26e%2Bf",
        "count=7",
        "flag=true",
        "styled=1&styled=2",
        "typed=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
    ];
    let (media_type, body) = ("application/x-www-form-urlencoded", expected.join("&"));
    check(|client| client.send_form(fields.clone()), "/bodies/form", media_type, &body).await;
}

/// RFC 9110, 8.3.1: parameters are part of what a media type is. An API may have its version there.
#[tokio::test]
async fn a_media_type_keeps_what_selects_a_version() {
    let server = Server::start([Reply::new(200, "application/vnd.acme.item+json;version=2", RGB)]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    assert_eq!(client.send_version(rgb()).send().await.unwrap(), rgb());
    let media_type = "application/vnd.acme.item+json;version=2";
    let headers = [("accept", media_type), ("content-type", media_type)];
    assert_eq!(server.take(), [server.expect("POST", "/bodies/version", &headers, RGB)]);
}

/// RFC 9110, 8.3: a body has one media type. A range is only for `Accept`.
#[tokio::test]
async fn a_range_is_sent_as_one_of_it() {
    check(|client| client.send_image("png"), "/bodies/image", "application/octet-stream", "png").await;
    check(|client| client.send_any_text("text"), "/bodies/any-text", "text/plain", "text").await;
    let call = |client: &Client| client.send_image("png").with_content_type("image/png");
    check(call, "/bodies/image", "image/png", "png").await;
}

#[tokio::test]
async fn a_call_names_the_boundary() {
    let media_type = "multipart/related; boundary=b";
    let call = |client: &Client| client.send_related("--b--").with_content_type(media_type);
    check(call, "/bodies/related", media_type, "--b--").await;
}
