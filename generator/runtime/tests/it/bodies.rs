//! Request bodies: JSON, forms, text and bytes.

use serde_json::json;

use super::double::written;
use runtime::{HttpClient, Method, Request, RequestError, Secret, Style};

fn check(write: impl FnOnce(&mut Request) -> Result<(), RequestError>, expected: &str) {
    let mut request = Request::new(Method::POST, "/");
    let client = HttpClient::new("https://h").unwrap();
    let result = write(&mut request).and_then(|()| client.prepare(request));
    let actual = result.map_or_else(|error| format!("{error}\n"), |request| written(&request));
    assert_eq!(actual, expected);
}

#[test]
fn json() {
    check(
        |request| request.json(&json!({"a": [1, null]})),
        "POST https://h/\ncontent-type: application/json\n\n{\"a\":[1,null]}\n",
    );
    check(
        |request| request.json_as("application/merge-patch+json", &Secret::from("s")),
        "POST https://h/\ncontent-type: application/merge-patch+json\n\n\"s\"\n",
    );
    check(|request| request.json(&None::<i64>), "POST https://h/\ncontent-type: application/json\n\nnull\n");
}

#[test]
fn forms() {
    let body = json!({
        "text": "a b+c&d=é~", "number": 1.5, "none": null, "list": ["x", "y z"], "tags": ["p", "q"], "joined": ["r", "s,t"],
        "object": {"k": "v"}, "deep": {"k": {"l": 1}}, "url": "https://h/?a b",
    });
    let encodings = [
        ("tags", Style::PIPE),
        ("joined", Style::FORM_JOINED),
        ("deep", Style::DEEP_OBJECT),
        ("url", Style::FORM.reserved()),
    ];
    check(
        |request| request.form(&body, &encodings),
        "POST https://h/\ncontent-type: application/x-www-form-urlencoded\n\n\
        text=a+b%2Bc%26d%3D%C3%A9%7E&number=1.5&list=x&list=y+z&tags=p%7Cq&joined=r,s%2Ct\
        &object=%7B%22k%22%3A%22v%22%7D&deep%5Bk%5D%5Bl%5D=1&url=https://h/?a+b\n",
    );
    check(|request| request.form(&None::<i64>, &[]), "POST https://h/\ncontent-length: 0\n");
    check(|request| request.form(&[1], &[]), "body of type `application/x-www-form-urlencoded` is not an object\n");
}

#[test]
fn text_and_bytes() {
    let text = |request: &mut Request| {
        request.text("text/plain; charset=utf-8", "a b");
        Ok(())
    };
    check(text, "POST https://h/\ncontent-type: text/plain; charset=utf-8\n\na b\n");
    let bytes = |request: &mut Request| {
        request.bytes("image/png".to_owned(), &b"png"[..]);
        Ok(())
    };
    check(bytes, "POST https://h/\ncontent-type: image/png\n\npng\n");
    let bad = |request: &mut Request| {
        request.bytes("a\nb", &b"png"[..]);
        Ok(())
    };
    check(bad, "body of type `a\nb` has a character that a header cannot hold\n");
}
