//! Parameters, as in the table of "Style Examples" (4.8.12.4).
//!
//! Each test sends the table's four values: the empty string, the string `blue`, the array and the object. Where the table
//! says "n/a", the specification defines nothing and nothing is expected.

use std::fmt::Debug;

use tests::runtime::{Call, Operation};
use tests::styles::{Client, Color, Words};

use super::{rgb, silent};
use crate::wire::server::Recorded;

fn text(text: &str) -> Color {
    Color::String(text.to_owned())
}

fn list() -> Color {
    Color::StringList(["blue", "black", "brown"].map(str::to_owned).to_vec())
}

/// What each of the values becomes, or why it cannot be sent.
async fn sent<O, V>(
    values: impl IntoIterator<Item = V>,
    call: impl Fn(&Client, V) -> Call<O>,
    part: impl Fn(Recorded) -> String,
) -> Vec<String>
where
    O: Operation<Output = (), Error: Debug + 'static>,
{
    let values: Vec<V> = values.into_iter().collect();
    let (server, client) = silent(values.len()).await;
    let mut sent = Vec::new();
    for value in values {
        let result = call(&client, value).send().await;
        let arrived = server.take().pop();
        sent.push(match (result, arrived) {
            (Ok(()), Some(request)) => part(request),
            (Err(error), None) => error.to_string(),
            other => panic!("{other:?}"),
        });
    }
    sent
}

fn all() -> [Color; 4] {
    [text(""), text("blue"), list(), rgb().into()]
}

fn lists() -> [Color; 2] {
    [list(), rgb().into()]
}

fn target(request: Recorded) -> String {
    request.target
}

fn header(name: &str) -> impl Fn(Recorded) -> String {
    move |request| {
        let values = request.headers.into_iter().filter(|(found, _)| found == name).map(|(_, value)| value);
        values.collect::<Vec<_>>().join(" and ")
    }
}

#[tokio::test]
async fn matrix() {
    let expected =
        ["/matrix;color", "/matrix;color=blue", "/matrix;color=blue,black,brown", "/matrix;color=R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.matrix(color), target).await, expected);
}

#[tokio::test]
async fn matrix_exploded() {
    let expected = [
        "/matrix-exploded;color",
        "/matrix-exploded;color=blue",
        "/matrix-exploded;color=blue;color=black;color=brown",
        "/matrix-exploded;R=100;G=200;B=150",
    ];
    assert_eq!(sent(all(), |client, color| client.matrix_exploded(color), target).await, expected);
}

#[tokio::test]
async fn label() {
    let expected = ["/label.", "/label.blue", "/label.blue,black,brown", "/label.R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.label(color), target).await, expected);
}

#[tokio::test]
async fn label_exploded() {
    let expected = [
        "/label-exploded.",
        "/label-exploded.blue",
        "/label-exploded.blue.black.brown",
        "/label-exploded.R=100.G=200.B=150",
    ];
    assert_eq!(sent(all(), |client, color| client.label_exploded(color), target).await, expected);
}

/// An empty segment would be another path, so that it is refused.
#[tokio::test]
async fn simple() {
    let expected =
        ["path parameter `color` is empty", "/simple/blue", "/simple/blue,black,brown", "/simple/R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.simple(color), target).await, expected);
}

#[tokio::test]
async fn simple_exploded() {
    let expected = [
        "path parameter `color` is empty",
        "/simple-exploded/blue",
        "/simple-exploded/blue,black,brown",
        "/simple-exploded/R=100,G=200,B=150",
    ];
    assert_eq!(sent(all(), |client, color| client.simple_exploded(color), target).await, expected);
}

#[tokio::test]
async fn form() {
    let expected =
        ["/form?color=", "/form?color=blue", "/form?color=blue,black,brown", "/form?color=R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.form().color(color), target).await, expected);
}

#[tokio::test]
async fn form_exploded() {
    let expected = [
        "/form-exploded?color=",
        "/form-exploded?color=blue",
        "/form-exploded?color=blue&color=black&color=brown",
        "/form-exploded?R=100&G=200&B=150",
    ];
    assert_eq!(sent(all(), |client, color| client.form_exploded().color(color), target).await, expected);
}

#[tokio::test]
async fn space_delimited() {
    let expected = ["/space?color=blue%20black%20brown", "/space?color=R%20100%20G%20200%20B%20150"];
    assert_eq!(sent(lists(), |client, color| client.space().color(color), target).await, expected);
}

#[tokio::test]
async fn pipe_delimited() {
    let expected = ["/pipe?color=blue%7Cblack%7Cbrown", "/pipe?color=R%7C100%7CG%7C200%7CB%7C150"];
    assert_eq!(sent(lists(), |client, color| client.pipe().color(color), target).await, expected);
}

#[tokio::test]
async fn deep_object() {
    let expected = ["/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"];
    assert_eq!(sent([Color::from(rgb())], |client, color| client.deep().color(color), target).await, expected);
}

/// What is encoded is everything but RFC 3986's unreserved characters; a space is never a `+`.
#[tokio::test]
async fn values_are_percent_encoded() {
    let value = || text("a b/c?d=e&f+g#h%20,ü");
    let encoded = "a%20b%2Fc%3Fd%3De%26f%2Bg%23h%2520%2C%C3%BC";
    assert_eq!(
        sent([value()], |client, color| client.form().color(color), target).await,
        [format!("/form?color={encoded}")]
    );
    assert_eq!(sent([value()], |client, color| client.simple(color), target).await, [format!("/simple/{encoded}")]);
}

/// 4.8.12.2.2: reserved characters and percent-encoded triples are sent as they are. Those that would not arrive as part of
/// the value are encoded all the same, and an apostrophe is by the default transport, which follows the URL Standard.
#[tokio::test]
async fn allow_reserved() {
    let value = text("a:/?@!$'()*,;=%20[b]#c&d+e f");
    let expected = ["/reserved?color=a:/?@!$%27()*,;=%20%5Bb%5D%23c%26d%2Be%20f"];
    assert_eq!(sent([value], |client, color| client.reserved().color(color), target).await, expected);
}

#[tokio::test]
async fn header_simple() {
    let expected = ["", "blue", "blue,black,brown", "R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.header().x_color(color), header("x-color")).await, expected);
}

#[tokio::test]
async fn header_simple_exploded() {
    let expected = ["", "blue", "blue,black,brown", "R=100,G=200,B=150"];
    assert_eq!(sent(all(), |client, color| client.header_exploded().x_color(color), header("x-color")).await, expected);
}

#[tokio::test]
async fn cookie_form() {
    let expected = ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"];
    assert_eq!(sent(all(), |client, color| client.cookie().color(color), header("cookie")).await, expected);
}

/// The table's `&` does not stand between cookies: several are written as RFC 6265 has them (see the specification's
/// Appendix D).
#[tokio::test]
async fn cookie_form_exploded() {
    let expected = ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"];
    assert_eq!(sent(all(), |client, color| client.cookie_exploded().color(color), header("cookie")).await, expected);
}

/// 4.8.12.2.3: a parameter with `content` is the text of its media type.
#[tokio::test]
async fn content_json() {
    let path = ["/content/%22%22", "/content/%22blue%22", "/content/%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"];
    let values = || [text(""), text("blue"), list()];
    assert_eq!(sent(values(), |client, color| client.content(color), target).await, path);
    let query = ["%22%22", "%22blue%22", "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"];
    let query = query.map(|value| format!("/content/%22%22?filter={value}"));
    assert_eq!(sent(values(), |client, color| client.content(text("")).filter(color), target).await, query);
    let headers = [r#""""#, r#""blue""#, r#"["blue","black","brown"]"#, r#"{"R":100,"G":200,"B":150}"#];
    assert_eq!(sent(all(), |client, color| client.content(text("")).x_color(color), header("x-color")).await, headers);
}

/// 4.8.12.2.3: the members are first written as a form. The text of the form is the value of the parameter.
#[tokio::test]
async fn content_form() {
    let words = || [Words::new().a("x&y=é").b(vec!["1".to_owned(), "2".to_owned()])];
    let path = "/content/form/R%3D100%26G%3D200%26B%3D150";
    let query = format!("{path}?filter=a%3Dx%2526y%253D%25C3%25A9%26b%3D1%26b%3D2");
    assert_eq!(sent(words(), |client, words| client.content_form(super::rgb()).filter(words), target).await, [query]);
    let header = sent(words(), |client, words| client.content_form(super::rgb()).x_filter(words), header("x-filter"));
    assert_eq!(header.await, ["a=x%26y%3D%C3%A9&b=1&b=2"]);
}

/// A query that is part of the path comes first; a fragment is never sent (RFC 3986, 3.5).
#[tokio::test]
async fn query_and_fragment_in_a_path() {
    let blue = || [text("blue")];
    let query = sent(blue(), |client, color| client.query_in_path().color(color), target).await;
    assert_eq!(query, ["/rest?method=paint&color=blue"]);
    let fragment = sent(blue(), |client, color| client.fragment_in_path().color(color), target).await;
    assert_eq!(fragment, ["/rest?color=blue"]);
}
