//! The "Style Examples" of the OpenAPI Specification 3.1.1, and what RFC 6570 says of the values they leave out.

use serde_json::{Value, json};

use runtime::{Error, HttpClient, Method, Request, RequestError, Style};

fn send(write: impl FnOnce(&mut Request) -> Result<(), RequestError>, template: &'static str) -> http::Uri {
    let mut request = Request::new(Method::GET, template);
    write(&mut request).unwrap();
    HttpClient::new("https://h").unwrap().prepare(request).unwrap().uri().clone()
}

fn path(style: Style, value: &Value) -> String {
    let uri = send(|request| request.path("color", style, value), "/-{color}");
    uri.path().strip_prefix("/-").unwrap().to_owned()
}

fn query(style: Style, value: &Value) -> String {
    send(|request| request.query("color", style, value), "/").query().unwrap_or_default().to_owned()
}

fn values() -> [Value; 3] {
    [json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "B": 150})]
}

#[test]
fn paths_follow_the_table() {
    let table = [
        (Style::MATRIX, [";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (Style::MATRIX_EXPLODE, [";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (Style::LABEL, [".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::LABEL_EXPLODE, [".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::SIMPLE, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::SIMPLE_EXPLODE, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (style, expected) in table {
        assert_eq!(values().map(|value| path(style, &value)), expected, "{style:?}");
    }
}

#[test]
fn queries_follow_the_table() {
    let table = [
        (Style::FORM_JOINED, ["color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (Style::FORM, ["color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (Style::SPACE, ["color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (Style::PIPE, ["color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
    ];
    for (style, expected) in table {
        assert_eq!(values().map(|value| query(style, &value)), expected, "{style:?}");
    }
    assert_eq!(
        query(Style::DEEP_OBJECT, &json!({"R": 100, "G": 200, "B": 150})),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
}

#[test]
fn an_empty_string_is_a_value() {
    let empty = json!("");
    let paths = [
        (Style::MATRIX, ";color"),
        (Style::MATRIX_EXPLODE, ";color"),
        (Style::LABEL, "."),
        (Style::LABEL_EXPLODE, "."),
    ];
    for (style, expected) in paths {
        assert_eq!(path(style, &empty), expected, "{style:?}");
    }
    for style in [Style::FORM, Style::FORM_JOINED, Style::SPACE, Style::PIPE, Style::DEEP_OBJECT] {
        assert_eq!(query(style, &empty), "color=", "{style:?}");
    }
    assert_eq!(query(Style::FORM, &json!(["", "a"])), "color=&color=a");
    assert_eq!(path(Style::MATRIX_EXPLODE, &json!({"a": "", "b": "c"})), ";a;b=c");
}

#[test]
fn nothing_is_written_for_null_and_what_is_empty() {
    let nothing = [json!(null), json!([]), json!({}), json!([null]), json!({"R": null})];
    for style in [Style::FORM, Style::FORM_JOINED, Style::SPACE, Style::PIPE, Style::DEEP_OBJECT] {
        assert_eq!(nothing.clone().map(|value| query(style, &value)), [""; 5], "{style:?}");
    }
    assert_eq!(query(Style::FORM, &json!({"R": null, "G": 200})), "G=200");
    assert_eq!(path(Style::SIMPLE, &json!(["a", null, "b"])), "a,b");
}

#[test]
fn names_and_values_are_encoded_and_delimiters_are_not() {
    assert_eq!(path(Style::SIMPLE, &json!(["a,b", "c/d?e#f%g ü~"])), "a%2Cb,c%2Fd%3Fe%23f%25g%20%C3%BC~");
    assert_eq!(query(Style::FORM_JOINED, &json!(["a,b", "c&d=e+f"])), "color=a%2Cb,c%26d%3De%2Bf");
    assert_eq!(query(Style::PIPE, &json!(["a|b", "c"])), "color=a%7Cb%7Cc");
    assert_eq!(query(Style::FORM, &json!({"a[b]": "&"})), "a%5Bb%5D=%26");
    assert_eq!(query(Style::FORM, &json!([true, 1.5, -3, 1e30])), "color=true&color=1.5&color=-3&color=1e%2B30");
}

#[test]
fn reserved_characters_pass_unless_they_would_not_arrive() {
    let style = Style::FORM.reserved();
    assert_eq!(query(style, &json!("https://a/b?c=d,e;f")), "color=https://a/b?c=d,e;f");
    assert_eq!(query(style, &json!("a b&c+d#e[f]")), "color=a%20b%26c%2Bd%23e%5Bf%5D");
    assert_eq!(query(style, &json!("%2f 100% %zz %é")), "color=%2f%20100%25%20%25zz%20%25%C3%A9");
}

#[test]
fn deep_objects_name_every_level() {
    let value = json!({"a": {"b": "c d"}, "list": ["x", null, {"y": 1}], "none": null, "empty": {}});
    assert_eq!(
        query(Style::DEEP_OBJECT, &value),
        "color%5Ba%5D%5Bb%5D=c%20d&color%5Blist%5D%5B0%5D=x&color%5Blist%5D%5B2%5D%5By%5D=1"
    );
}

#[test]
fn json_is_one_value() {
    assert_eq!(query(Style::JSON, &json!({"a": [1, "b"]})), "color=%7B%22a%22%3A%5B1%2C%22b%22%5D%7D");
    assert_eq!(query(Style::JSON, &json!("b")), "color=%22b%22");
    assert_eq!(query(Style::JSON, &json!([])), "color=%5B%5D");
    assert_eq!(query(Style::JSON, &json!(null)), "");
}

/// OpenAPI 3.2.0, 4.12.1: `in: querystring`, its members as those of a form.
#[test]
fn the_whole_query() {
    let value = json!({"words": ["a b", "c"], "at": {"x": 1}, "exact": true, "none": null});
    assert_eq!(query(Style::QUERY_STRING, &value), "words=a%20b&words=c&at=%7B%22x%22%3A1%7D&exact=true");
}

/// A parameter with `content` of a form.
#[test]
fn a_form_is_one_value() {
    let value = json!({"words": ["a b", "c"], "at": {"x": 1}, "none": null});
    assert_eq!(query(Style::FORM_TEXT, &value), "color=words%3Da%2Bb%26words%3Dc%26at%3D%257B%2522x%2522%253A1%257D");
    assert_eq!(query(Style::FORM_TEXT, &json!({})), "color=");
}

#[test]
fn what_flat_styles_cannot_hold_is_json_text() {
    assert_eq!(query(Style::FORM, &json!({"a": [1, 2]})), "a=%5B1%2C2%5D");
    assert_eq!(query(Style::FORM_JOINED, &json!([["b"], 1])), "color=%5B%22b%22%5D,1");
}

#[test]
fn a_float_is_written_as_short_as_it_is() {
    let uri = send(|request| request.query("q", Style::FORM, &[0.1_f64]), "/");
    assert_eq!(uri, "https://h/?q=0.1");
}

#[test]
fn a_path_parameter_without_text_is_refused() {
    for value in [json!(null), json!(""), json!([]), json!({})] {
        let mut request = Request::new(Method::GET, "/{color}");
        let error = Error::<()>::from(request.path("color", Style::SIMPLE, &value).unwrap_err());
        assert_eq!(error.to_string(), "path parameter `color` is empty");
    }
}
