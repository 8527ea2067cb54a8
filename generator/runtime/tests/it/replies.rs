//! How a reply is read, and what a call makes of it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::double::{Double, Pet, Problem, reply, show_pet};
use runtime::{Error, HttpClient, Reply, Response, Scheme, Secret};

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

async fn call(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Response<Pet>, Error<Problem>> {
    let client = HttpClient::new("https://h").unwrap().with_transport(Double::new(reply(status, headers, body)));
    show_pet(&client, "1").send_full().await
}

#[tokio::test]
async fn a_success_has_status_headers_and_value() {
    let response = call(200, &[JSON, ("x-page", "2")], r#"{"name": "Tom"}"#).await.unwrap();
    assert!(response.status() == 200);
    assert_eq!(response.headers()["x-page"], "2");
    assert_eq!(response.value(), &Pet { name: "Tom".to_owned(), token: None });
    assert_eq!(response.map(|pet| pet.name).into_value(), "Tom");
}

#[tokio::test]
async fn a_declared_failure_has_its_typed_body() {
    let Err(Error::Api(error)) = call(404, &[JSON, ("x-id", "7")], r#"{"message": "no"}"#).await else { panic!() };
    assert!(error.status() == 404);
    assert_eq!(error.headers()["x-id"], "7");
    assert_eq!(error.body(), r#"{"message": "no"}"#);
    assert_eq!(error.decode_error(), None);
    assert_eq!(error.error(), Some(&Problem { message: "no".to_owned() }));
    assert_eq!(error.to_string(), "showPet: the server answered 404 Not Found (application/json, 17 bytes)");
    assert_eq!(error.into_error(), Some(Problem { message: "no".to_owned() }));
}

/// The error names the credential that is missing.
#[tokio::test]
async fn a_refusal_names_the_credential_that_is_not_set() {
    for (status, name, remark) in [
        (401, "401 Unauthorized", "; the client has no credential for `Key`"),
        (403, "403 Forbidden", ", which the document does not declare; the client has no credential for `Key`"),
        (404, "404 Not Found", ""),
    ] {
        let error = call(status, &[JSON], r#"{"message": "no"}"#).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("showPet: the server answered {name} (application/json, 17 bytes){remark}")
        );
    }
    let client = HttpClient::new("https://h").unwrap().with_credential(Scheme::header("Key", "key"), Secret::from("k"));
    let client = client.with_transport(Double::new(reply(401, &[JSON], r#"{"message": "no"}"#)));
    let error = show_pet(&client, "1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "showPet: the server answered 401 Unauthorized (application/json, 17 bytes)");
}

#[tokio::test]
async fn a_failure_that_cannot_be_read_keeps_its_bytes() {
    let Err(Error::Api(error)) = call(503, &[("content-type", "text/html")], "<p>").await else { panic!() };
    assert_eq!(error.error(), None);
    assert_eq!(error.body(), "<p>");
    assert_eq!(
        error.to_string(),
        "showPet: the server answered 503 Service Unavailable (text/html, 3 bytes), and the body could not be read"
    );
    assert_eq!(
        std::error::Error::source(&*error).unwrap().to_string(),
        "showPet: cannot read the reply 503 Service Unavailable (text/html, 3 bytes): body: the media type is not JSON"
    );
}

#[tokio::test]
async fn an_undeclared_status_keeps_its_bytes() {
    let error = call(418, &[], "tea").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(418));
    let Error::Api(error) = error else { panic!() };
    assert_eq!((error.error(), error.decode_error(), &error.body()[..]), (None, None, &b"tea"[..]));
    assert_eq!(
        error.to_string(),
        "showPet: the server answered 418 I'm a teapot (3 bytes), which the document does not declare"
    );
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_an_error_of_its_own() {
    let Err(Error::Decode(error)) = call(200, &[JSON], "").await else { panic!() };
    assert_eq!(
        (error.status().as_u16(), error.content_type(), error.body().len(), error.path(), error.reason()),
        (200, Some("application/json".to_owned()), 0, "body".to_owned(), "the body is empty")
    );
}

#[tokio::test]
async fn a_reply_larger_than_the_limit_is_refused_whatever_the_transport() {
    let double = Arc::new(Double::new(reply(200, &[JSON], "12345")));
    let client = HttpClient::new("https://h")
        .unwrap()
        .with_transport(double.clone())
        .with_max_response_size(4)
        .with_timeout(Duration::from_secs(2))
        .with_connect_timeout(Duration::from_secs(1));
    let error = show_pet(&client, "a b").limit(3).send().await.unwrap_err();
    assert_eq!(error.to_string(), "showPet: the reply is larger than the client accepts");
    let sent = double.sent.lock().unwrap();
    let (url, limits) = sent.first().unwrap();
    assert_eq!(url, "https://h/pets/a%20b?limit=3");
    assert_eq!((limits.connect_timeout.as_secs(), limits.timeout.as_secs(), limits.max_response_size), (1, 2, 4));
}

#[tokio::test]
async fn a_request_made_by_hand_is_checked_too() {
    let client = HttpClient::new("https://h").unwrap().with_transport(Double::new(reply(200, &[], "")));
    let request = http::Request::get("http://example.com/").body(Default::default()).unwrap();
    assert_eq!(client.execute(request).await.unwrap_err().to_string(), "plain http is not allowed to this host");
}

#[test]
fn json_is_read_whatever_its_media_type() {
    let read = |media_type: &str, body: &str| {
        let reply = Reply::new(reply(200, &[("content-type", media_type)], body));
        reply.json::<i64>().map_err(|error| error.reason().to_owned())
    };
    for media_type in ["application/json", "Application/JSON;charset=x", "application/problem+json", "text/json"] {
        assert_eq!(read(media_type, "1"), Ok(1), "{media_type}");
        let not_json = "is not JSON: found something else, expected a value at byte 0".to_owned();
        assert_eq!(read(media_type, "<p>"), Err(not_json), "{media_type}");
    }
    for media_type in ["text/plain", "application/octet-stream", "", "application/json\u{e9}"] {
        assert_eq!(read(media_type, "1"), Ok(1), "{media_type}");
        assert_eq!(read(media_type, "<p>"), Err("the media type is not JSON".to_owned()), "{media_type}");
        assert_eq!(read(media_type, "[]"), Err("found an array, expected an integer".to_owned()), "{media_type}");
    }
    assert_eq!(Reply::new(reply(200, &[], "1")).json::<i64>(), Ok(1));
}

#[test]
fn an_empty_body_reads_as_null() {
    let empty = Reply::new(reply(200, &[], ""));
    assert_eq!(empty.json::<Value>(), Ok(Value::Null));
    assert_eq!(empty.json::<Option<i64>>(), Ok(None));
    assert_eq!(empty.json::<i64>().unwrap_err().reason(), "the body is empty");
}

#[test]
fn other_bodies() {
    let csv = Reply::new(reply(200, &[("content-type", "text/CSV; header=present")], "a;é"));
    assert_eq!(
        ["text/csv", "text/*", "*/*", "text/plain", "te*"].map(|media| csv.is(media)),
        [true, true, true, false, true]
    );
    assert_eq!(csv.text(), Ok("a;é".to_owned()));
    assert_eq!(csv.bytes(), Ok("a;é".into()));
    assert_eq!(csv.empty(), Ok(()));
    let text = |bytes: &'static [u8], media_type: &'static str| {
        let mut response = http::Response::new(bytes.into());
        response.headers_mut().insert("content-type", http::HeaderValue::from_static(media_type));
        Reply::new(response).text().map_err(|error| error.to_string())
    };
    let latin = |media_type: &'static str| text(b"a\xe9", media_type);
    assert_eq!(latin("text/csv; header=present; Charset=\"ISO-8859-1\""), Ok("aé".to_owned()));
    // The header decides, although the bytes are UTF-8 as well.
    assert_eq!(text("é".as_bytes(), "text/csv; charset=iso-8859-1"), Ok("Ã©".to_owned()));
    let refused = "cannot read the reply 200 OK (text/csv, 2 bytes): body: the text is not UTF-8";
    assert_eq!(["text/csv", "text/csv; charset=utf-8"].map(latin), [Err(refused.to_owned()), Err(refused.to_owned())]);
}

#[cfg(not(feature = "reqwest"))]
#[tokio::test]
async fn a_client_without_a_transport_says_so() {
    let client = HttpClient::new("https://h").unwrap();
    assert_eq!(
        show_pet(&client, "1").send().await.unwrap_err().to_string(),
        "the client has no transport: enable the feature `reqwest` or set one"
    );
}
