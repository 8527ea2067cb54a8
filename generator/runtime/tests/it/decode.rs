//! What the reader tolerates, what it refuses, how it names the place, and what a hostile text costs.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde_json::{Map, Value, json};

use runtime::{Fault, Model, Object, ObjectWriter, Read, Trailing, Unknown, from_slice, model, to_vec};

use super::work::grows_with_the_size;

/// A text that is read, beside what is expected of it.
fn check<T: Read + Debug>(text: &str, expected: &str) {
    let read = match from_slice::<T>(text.as_bytes()) {
        Ok(read) => format!("{read:?}"),
        Err(fault) => format!("error: {}", fault.reason()),
    };
    assert_eq!(read, expected, "{} from {text}", std::any::type_name::<T>());
}

fn fault<T: Read + Debug>(text: &str) -> Fault {
    from_slice::<T>(text.as_bytes()).unwrap_err()
}

fn message<T: Read + Debug>(text: &str) -> String {
    fault::<T>(text).to_string()
}

#[derive(Clone, Debug, PartialEq)]
struct Token {
    token: String,
    expires_in: Option<u32>,
    unknown: Unknown,
}

impl Model for Token {
    fn read(from: &mut Object<'_>) -> Self {
        Self { token: from.required("token"), expires_in: from.optional("expiresIn"), unknown: from.unknown() }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("token", &self.token);
        to.optional("expiresIn", &self.expires_in);
        to.unknown(&self.unknown, &[]);
    }
}

model!(Token);

#[derive(Clone, Debug, PartialEq)]
struct Page {
    items: Vec<Token>,
}

impl Model for Page {
    fn read(from: &mut Object<'_>) -> Self {
        Self { items: from.required("items") }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("items", &self.items);
    }
}

model!(Page);

runtime::object! {
    /// A model whose further members have a type.
    pub struct Open {
        /// The `id` member.
        id: u8 = required "id",
        ..additional: BTreeMap<String, u8>
    }
}

#[test]
fn strings() {
    check::<String>(r#""a""#, "\"a\"");
    check::<String>("5", "\"5\"");
    check::<String>("-0.50", "\"-0.50\"");
    check::<String>("1e30", "\"1e30\"");
    check::<String>("123456789012345678901234567890", "\"123456789012345678901234567890\"");
    check::<String>("true", "\"true\"");
    check::<String>("null", "error: found null, expected a string");
    check::<String>(r#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000""#, r#""\"\\/\u{8}\u{c}\n\r\té😀\0""#);
}

#[test]
fn integers() {
    check::<i64>("-9223372036854775808", "-9223372036854775808");
    check::<u64>("18446744073709551615", "18446744073709551615");
    check::<u64>(r#""18446744073709551615""#, "18446744073709551615");
    check::<i64>("-0", "0");
    check::<u64>("-0", "0");
    let number = "error: found a number, expected an integer that fits";
    check::<u8>("256", number);
    check::<i64>("9223372036854775808", number);
    check::<u8>(r#""256""#, "error: found a string, expected an integer that fits");
    for text in ["", "abc", " 1", "1 ", "+1", "007", "1_0", "inf", "0x10"] {
        check::<i64>(&format!("\"{text}\""), "error: found a string, expected an integer");
    }
    for text in ["9223372036854775808.0", "1.5", "0.99999999999999999999"] {
        check::<i64>(&format!("\"{text}\""), "error: found a string, expected an integer that fits");
    }
    check::<i64>(r#""9007199254740993.0""#, "9007199254740993");
    check::<i64>("3600.0", "3600");
    check::<i64>("3600.5", number);
    check::<i64>("1e300", number);
    check::<i64>("null", "error: found null, expected an integer");
}

#[test]
fn floats() {
    check::<f64>("1", "1.0");
    check::<f64>(r#""1.5e3""#, "1500.0");
    for text in ["", "NaN", "inf", ".5", "5.", "1e400"] {
        check::<f64>(&format!("\"{text}\""), "error: found a string, expected a number");
    }
    check::<f64>("1e400", "error: is not JSON: is a number that is out of range at byte 0");
}

#[test]
fn nothing_and_booleans() {
    check::<Option<u8>>("null", "None");
    check::<Option<u8>>("1", "Some(1)");
    for (text, flag) in [("true", "true"), ("false", "false"), ("1", "true"), ("0", "false")] {
        check::<bool>(text, flag);
    }
    check::<bool>(r#""true""#, "true");
    check::<bool>(r#""false""#, "false");
    for text in ["\"yes\"", "\"1\"", "\"True\"", "\"\""] {
        check::<bool>(text, "error: found a string, expected a boolean");
    }
    for text in ["2", "1.0", "-1"] {
        check::<bool>(text, "error: found a number, expected a boolean");
    }
}

#[test]
fn arrays_and_tuples() {
    check::<Vec<u8>>("[1, 2]", "[1, 2]");
    check::<Vec<u8>>("{}", "error: found an object, expected an array");
    check::<(u8, u8)>("[1]", "error: found 1 elements, expected more");
    check::<(u8, u8)>("[1, 2, 3]", "error: found more elements than are declared");
    for text in ["[1]", "[1,null]", "[1,null,2]", "[1,2,3]"] {
        let read: (u8, Trailing<Option<u8>>, Trailing<u8>) = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&read).unwrap(), text.as_bytes());
    }
}

#[test]
fn objects() {
    check::<Token>(r#"{"token":"a"}"#, "Token { token: \"a\", expires_in: None, unknown: Unknown(0 members) }");
    check::<Token>(
        r#"{"more":1,"token":"a","expiresIn":null}"#,
        "Token { token: \"a\", expires_in: None, unknown: Unknown(1 members) }",
    );
    check::<BTreeMap<String, u8>>("[]", "{}");
    check::<Token>("[]", "error: is missing");
    check::<Token>(r#"["a", 1]"#, "error: found an array, expected an object");
    let any = r#"{"a":[1,0.5,null,{"b":true}]}"#;
    check::<Value>(any, &format!("{:?}", serde_json::from_str::<Value>(any).unwrap()));
}

/// An object has no name twice.
#[test]
fn a_member_without_a_name_has_not_that_of_another() {
    let mut open: Open = from_slice(br#"{"id":1,"a":2}"#).unwrap();
    assert_eq!(to_vec(&open).unwrap(), br#"{"id":1,"a":2}"#);
    open.additional.insert("id".to_owned(), 3);
    assert_eq!(to_vec(&open), None);
}

#[test]
fn members_without_names() {
    check::<Open>(r#"{"id":"1","a":"2"}"#, "Open { id: 1, additional: {\"a\": 2} }");
    assert_eq!(message::<Open>(r#"{"id":1,"a":"b"}"#), "body{1}: found a string, expected an integer");
}

#[test]
fn of_members_with_the_same_name_the_last_counts() {
    check::<Open>(r#"{"id":"x","a":1,"\u0069d":3,"a":2}"#, "Open { id: 3, additional: {\"a\": 2} }");
    check::<Open>(r#"{"\u0069d":"x","id":4}"#, "Open { id: 4, additional: {} }");
    let many: String = (0..100).map(|index| format!("\"m{index}\":0,\"m\\u003{}\":1,", index % 10)).collect();
    let text = format!("{{{many}\"id\":1,\"id\":2}}");
    let open: Open = from_slice(text.as_bytes()).unwrap();
    assert_eq!((open.id, open.additional.len()), (2, 100));
    assert_eq!(open.additional.get("m9"), Some(&1));
    assert_eq!(from_slice::<Value>(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    let outer_again = r#"{"a":{"b":1,"a":2},"b":3,"a":{"a":4,"b":5,"a":6}}"#;
    assert_eq!(from_slice::<Value>(outer_again.as_bytes()).unwrap(), json!({"b": 3, "a": {"b": 5, "a": 6}}));
}

#[test]
fn a_fault_names_the_member() {
    let text = r#"{"items": [{"token": "a"}, {"token": "b", "expiresIn": "canary"}]}"#;
    let found = fault::<Page>(text);
    assert_eq!(
        (found.path().as_str(), found.reason()),
        ("body.items[1].expiresIn", "found a string, expected an integer")
    );
    assert!(text.get(found.offset()..).unwrap().starts_with("canary"));
    assert_eq!(message::<Page>(r#"{"items": [{}]}"#), "body.items[0].token: is missing");
    assert_eq!(message::<u8>("null"), "body: found null, expected an integer");
}

#[test]
fn a_fault_does_not_quote_the_body() {
    let text = r#"{"canary": "canary"}"#;
    assert_eq!(message::<BTreeMap<String, u8>>(text), "body{0}: found a string, expected an integer");
    let unfinished = "body: is not JSON: found the end of the text, expected the end of a string at byte 7";
    assert_eq!(message::<u8>(r#""canary"#), unfinished);
}

#[test]
fn what_is_json_is_what_serde_json_says() {
    let texts = [
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "01",
        "-",
        "1.",
        "1e",
        ".5",
        "+1",
        "1 2",
        "[1,]",
        "[,]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\u{1}\"",
        "\"\u{7f}\"",
        "[1}",
        "{\"a\":1]",
        "]",
        "1e400",
        "-1e400",
        "0e400",
        "1e-400",
        "[\"a\"",
        "// a\n1",
        "NaN",
        "\u{a0}1",
        " [ 1 , { \"a\" : \"b\" } ] ",
        "\r\n\t1",
        "\u{b}1",
        "-0",
        "-0.0e-0",
        "\"\\u00e9\"",
    ];
    for text in texts {
        let (ours, theirs) = (from_slice::<Value>(text.as_bytes()).ok(), serde_json::from_str::<Value>(text).ok());
        assert_eq!(ours, theirs, "{text:?}");
    }
    assert_eq!(
        message::<Value>("[\"\u{1}\"]"),
        "body: is not JSON: holds a control character that is not escaped at byte 2"
    );
    let broken = from_slice::<Value>(b"\"\xff\"").unwrap_err();
    assert_eq!((broken.reason(), broken.offset()), ("is not JSON: is not UTF-8 at byte 1", 1));
}

#[test]
fn a_byte_order_mark_is_ignored() {
    assert_eq!(from_slice::<u8>(b"\xEF\xBB\xBF1"), Ok(1));
    assert_eq!(from_slice::<u8>(b"\xEF\xBB\xBFnull").unwrap_err().offset(), 3);
}

#[test]
fn deep_nesting_is_a_fault() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(from_slice::<Value>(deep(127).as_bytes()).is_ok());
    assert_eq!(message::<Value>(&deep(128)), "body: is not JSON: is nested too deeply at byte 127");
    assert_eq!(message::<Value>(&deep(100_000)), "body: is not JSON: is nested too deeply at byte 127");
}

#[test]
fn hostile_objects_end() {
    let read = |name: fn(usize) -> String, count: usize| {
        let members: Vec<String> = (0..count).map(|index| format!("\"{}\":{index}", name(index))).collect();
        let text = format!("{{{}}}", members.join(","));
        from_slice::<Map<String, Value>>(text.as_bytes()).unwrap().len()
    };
    let names: [fn(usize) -> String; 3] =
        [|index| format!("m{index}"), |_| "same".to_owned(), |index| format!("\\u0061{index:06}z")];
    for name in names {
        grows_with_the_size(1_000, |count| _ = read(name, count));
    }
    assert_eq!(names.map(|name| read(name, 50_000)), [50_000, 1, 50_000]);
}

#[test]
fn a_list_of_what_is_no_element_takes_no_memory() {
    let text = format!("[{}0]", "0,".repeat(400_000));
    assert_eq!(message::<Vec<Page>>(&text), "body[0]: found a number, expected an object");
}

#[test]
fn what_is_read_is_written() {
    for text in [r#"{"token":"a","expiresIn":1,"more":{"a":null},"most":[]}"#, r#"{"token":"\"\\\n\u0001é"}"#] {
        assert_eq!(to_vec(&from_slice::<Token>(text.as_bytes()).unwrap()).unwrap(), text.as_bytes());
    }
    assert_eq!(to_vec(&vec![1.0, 0.1, -0.0, 1e300]).unwrap(), b"[1.0,0.1,-0.0,1e+300]");
    assert_eq!(to_vec(&f64::NAN), None);
}
