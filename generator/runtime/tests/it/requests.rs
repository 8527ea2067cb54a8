//! What becomes of a request's parts: the URL, the headers, the cookies, and what is refused.

use std::collections::BTreeMap;

use super::double::written;
use runtime::{HttpClient, Method, Request, RequestError, Style};

fn check(base: &str, write: impl FnOnce(&mut Request) -> Result<(), RequestError>, expected: &str) {
    let mut request = Request::new(Method::GET, "/pets/{id}");
    let client = HttpClient::new(base).unwrap();
    let result = write(&mut request).and_then(|()| client.prepare(request));
    let actual = result.map_or_else(|error| format!("{error}\n"), |request| written(&request));
    assert_eq!(actual, expected);
}

fn id(request: &mut Request, value: &str) -> Result<(), RequestError> {
    request.path("id", Style::SIMPLE, value)
}

#[test]
fn the_path_is_appended_to_the_base_url() {
    let bases = [
        ("https://h", "https://h/pets/1"),
        ("https://h/", "https://h/pets/1"),
        ("https://h:8443/v1", "https://h:8443/v1/pets/1"),
        ("https://h/a/v1/", "https://h/a/v1/pets/1"),
        ("http://localhost:80/v1", "http://localhost:80/v1/pets/1"),
        ("http://127.9.9.9", "http://127.9.9.9/pets/1"),
        ("http://[::1]:1", "http://[::1]:1/pets/1"),
    ];
    for (base, expected) in bases {
        check(base, |request| id(request, "1"), &format!("GET {expected}\n"));
    }
}

/// OpenAPI 3.1.1, 4.8.10: an operation uses its own server, whichever of the document's servers the client uses.
#[test]
fn a_server_of_the_document_replaces_no_other() {
    let client = HttpClient::new("https://h/v1").unwrap();
    let url = |client: &HttpClient, own: Option<&'static str>| {
        let mut request = Request::new(Method::GET, "/pets");
        if let Some(own) = own {
            request.server(own);
        }
        client.prepare(request).unwrap().uri().to_string()
    };
    let chosen = client.clone().with_server("https://eu.h/v2").unwrap();
    let relative = client.clone().with_server("/v2/").unwrap();
    let above = client.clone().with_server("../v3").unwrap();
    let own = client.with_base_url("https://mine").unwrap();
    let below = own.clone().with_server("v4").unwrap();
    let all = [&chosen, &relative, &above, &own, &below];
    let urls = all.map(|client| [url(client, None), url(client, Some("https://files.h"))]);
    let expected = [
        ["https://eu.h/v2/pets", "https://files.h/pets"],
        ["https://h/v2/pets", "https://files.h/pets"],
        ["https://h/v3/pets", "https://files.h/pets"],
        ["https://mine/pets", "https://mine/pets"],
        ["https://mine/v4/pets", "https://mine/v4/pets"],
    ];
    assert_eq!(urls, expected);
}

#[test]
fn unsafe_base_urls_are_refused() {
    let table = [
        ("/v1", "is not absolute with https (or http)"),
        ("ftp://h", "is not absolute with https (or http)"),
        ("https://", "is malformed"),
        ("https://h/ ", "is malformed"),
        ("https://h:65536", "has an invalid port"),
        ("https://[::1]:99999/v1", "has an invalid port"),
        ("https://h?x=1", "has a query"),
        ("https://h/#x", "has a fragment"),
        ("https://user:canary@h", "holds a user name or password"),
        ("http://h", "is plain http to another machine, which `over_plain_http` allows"),
        ("http://localhost.example.com", "is plain http to another machine, which `over_plain_http` allows"),
        ("http://127.0.0.1.example.com", "is plain http to another machine, which `over_plain_http` allows"),
        ("http://0.0.0.0", "is plain http to another machine, which `over_plain_http` allows"),
        ("http://[::2]", "is plain http to another machine, which `over_plain_http` allows"),
    ];
    for (base, reason) in table {
        let error = HttpClient::new(base).unwrap_err();
        assert_eq!(error.to_string(), format!("the base URL {reason}"), "{base}");
    }
}

#[test]
fn a_path_parameter_is_one_segment() {
    check("https://h", |request| id(request, "a/b?c#d%2e"), "GET https://h/pets/a%2Fb%3Fc%23d%252e\n");
    check("https://h", |request| id(request, "..."), "GET https://h/pets/...\n");
    for dots in [".", ".."] {
        let expected = "path parameter `id` makes a dot segment, which no URL can hold\n";
        check("https://h", |request| id(request, dots), expected);
    }
}

#[test]
fn a_missing_path_parameter_is_named() {
    check("https://h", |_| Ok(()), "path parameter `id` is missing\n");
}

#[test]
fn templates_keep_their_literals() {
    let mut request = Request::new(Method::POST, "files/{name}.{ext}:copy/ü/{a?kind=x&y=[z]");
    request.path("name", Style::SIMPLE, "a b").unwrap();
    request.path("ext", Style::SIMPLE, "txt").unwrap();
    request.query("q", Style::FORM, "1").unwrap();
    let request = HttpClient::new("https://h").unwrap().prepare(request).unwrap();
    assert_eq!(
        written(&request),
        "POST https://h/files/a%20b.txt:copy/%C3%BC/%7Ba?kind=x&y=%5Bz%5D&q=1\ncontent-length: 0\n"
    );
}

#[test]
fn query_headers_and_cookies() {
    let write = |request: &mut Request| {
        id(request, "1")?;
        request.query("b", Style::FORM, "1 2")?;
        request.query("none", Style::FORM, &None::<i64>)?;
        request.query("a", Style::FORM, &[1, 2])?;
        request.header("X-List", Style::SIMPLE, &["a b", "c%"])?;
        request.header("X-None", Style::SIMPLE, &None::<i64>)?;
        request.header("X-Empty", Style::SIMPLE, "")?;
        request.header("Cookie", Style::SIMPLE, "raw=1")?;
        request.cookie("sid", Style::FORM, "abc+/==%20;é")?;
        request.cookie("list", Style::FORM, &["x", "y"])?;
        // The name of a member cannot become another cookie.
        request.cookie("map", Style::FORM, &BTreeMap::from([("sid=evil; a".to_owned(), "z")]))?;
        request.accept("application/json");
        Ok(())
    };
    let expected = "\
GET https://h/pets/1?b=1%202&a=1&a=2
accept: application/json
cookie: raw=1; sid=abc+/==%20%3B%C3%A9; list=x; list=y; sid%3Devil%3B%20a=z
x-empty: 
x-list: a b,c%
";
    check("https://h", write, expected);
}

/// A name may hold a slash, and a brace without its partner is text.
#[test]
fn parameters_of_odd_paths() {
    let url = |template: &'static str, name: &'static str, value: &str| {
        let mut request = Request::new(Method::GET, template);
        request.path(name, Style::SIMPLE, value).unwrap();
        let prepared = HttpClient::new("https://h").unwrap().prepare(request);
        prepared.map_or_else(|error| error.to_string(), |request| request.uri().to_string())
    };
    assert_eq!(url("/x/{a/b}/y", "a/b", "1/2"), "https://h/x/1%2F2/y");
    assert_eq!(url("/{{a}}", "a", "1"), "https://h/%7B1%7D");
    assert_eq!(url("/}{a}/{b", "a", "1"), "https://h/%7D1/%7Bb");
    assert_eq!(url("/a{b}c/d", "b", "."), "https://h/a.c/d");
    let led_out = "URL for `/../{b}` has a dot segment, which would lead out of the server's path";
    assert_eq!(url("/../{b}", "b", "1"), led_out);
    let refused = "path parameter `b` makes a dot segment, which no URL can hold";
    assert_eq!(["/{b}", "/a/{b}/c", "/a/.{b}"].map(|template| url(template, "b", ".")), [refused; 3]);
}

#[test]
fn headers_are_checked() {
    for value in ["a\r\nX-Other: b", "a\0", "ü"] {
        let write = |request: &mut Request| request.header("X-Trace", Style::SIMPLE, value);
        check("https://h", write, "header `X-Trace` has a character that a header cannot hold\n");
    }
    for value in [" a", "a\t"] {
        let write = |request: &mut Request| request.header("X-Trace", Style::SIMPLE, value);
        check("https://h", write, "header `X-Trace` begins or ends with white space, which a header loses\n");
    }
    // JSON can escape what a header cannot hold.
    let write = |request: &mut Request| {
        id(request, "1")?;
        request.header("X-Trace", Style::JSON, "é😀")
    };
    check("https://h", write, "GET https://h/pets/1\nx-trace: \"\\u00e9\\ud83d\\ude00\"\n");
    let write = |request: &mut Request| request.header("X Trace", Style::SIMPLE, "a");
    check("https://h", write, "header `X Trace` has a name that is not a header's\n");
}

#[test]
fn headers_from_a_caller_are_sensitive() {
    let mut request = Request::new(Method::GET, "/");
    request.accept("text/csv");
    request.header("X-Trace", Style::SIMPLE, "a").unwrap();
    request.cookie("sid", Style::FORM, "b").unwrap();
    let request = HttpClient::new("https://h").unwrap().prepare(request).unwrap();
    let sensitive = |name: &str| request.headers().get(name).map(|value| value.is_sensitive());
    assert_eq!(["accept", "x-trace", "cookie"].map(sensitive), [Some(false), Some(true), Some(true)]);
}

#[test]
fn a_url_that_is_too_long_is_refused() {
    let long = "x".repeat(70_000);
    check("https://h", |request| id(request, &long), "URL for `/pets/{id}` is too long or malformed\n");
}

/// JSON has no text for these numbers. A request without them would ask for something else.
#[test]
fn a_number_that_is_not_finite_is_refused_by_name() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let list = vec![1.0, number];
        let refused = |part: &str| format!("{part} cannot be written as JSON\n");
        check("https://h", |request| request.path("id", Style::SIMPLE, &number), &refused("path parameter `id`"));
        check("https://h", |request| request.query("x", Style::FORM, &Some(number)), &refused("query parameter `x`"));
        check("https://h", |request| request.query("x", Style::FORM_JOINED, &list), &refused("query parameter `x`"));
        check("https://h", |request| request.header("x", Style::SIMPLE, &list), &refused("header `x`"));
        check("https://h", |request| request.cookie("x", Style::FORM, &number), &refused("cookie `x`"));
        let body = refused("body of type `application/x-www-form-urlencoded`");
        let members = std::collections::BTreeMap::from([("x".to_owned(), number)]);
        check("https://h", |request| request.form(&members, &[]), &body);
        check("https://h", |request| request.json(&members), &refused("body of type `application/json`"));
        let body = refused("body of type `multipart/form-data`");
        check("https://h", |request| request.multipart(&members, &[]), &body);
    }
}
