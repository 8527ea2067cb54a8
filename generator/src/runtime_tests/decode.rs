//! What the reader tolerates, what it refuses, and how it names the place.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::runtime::decode::{self, Mode};

/// A value that is read in each mode, beside what is expected of `Exact`, `Strict` and `Lenient`.
fn check<T: DeserializeOwned + Debug>(value: Value, expected: [&str; 3]) {
    let read = [Mode::Exact, Mode::Strict, Mode::Lenient].map(|mode| match decode::read::<T>(&value, mode) {
        Ok(read) => format!("{read:?}"),
        Err(failure) => format!("error: {failure}"),
    });
    assert_eq!(read, expected, "{} from {value}", std::any::type_name::<T>());
}

/// A value that every mode reads, or refuses, alike.
fn check_all<T: DeserializeOwned + Debug>(value: Value, expected: &str) {
    check::<T>(value, [expected; 3]);
}

fn failure<T: DeserializeOwned + Debug>(json: &str) -> String {
    decode::from_slice::<T>(json.as_bytes()).unwrap_err().to_string()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(rename = "token")]
    _token: String,
    #[serde(rename = "expiresIn")]
    _expires_in: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "items")]
    _items: Vec<Token>,
}

#[derive(Debug, Deserialize)]
struct Open {
    #[serde(rename = "id")]
    _id: u8,
    #[serde(flatten, deserialize_with = "decode::members")]
    _rest: BTreeMap<String, u8>,
}

#[derive(Debug, Deserialize)]
enum Shape {
    Unit,
    Newtype(#[allow(dead_code, reason = "shown by Debug")] u8),
    Tuple(#[allow(dead_code, reason = "shown by Debug")] u8, #[allow(dead_code, reason = "shown by Debug")] u8),
    Struct {
        #[serde(rename = "a")]
        _a: u8,
    },
}

#[test]
fn strings() {
    check_all::<String>(json!("a"), "\"a\"");
    let refused = "error: found a number, expected a string";
    check::<String>(json!(5), [refused, refused, "\"5\""]);
    check::<String>(json!(-0.5), [refused, refused, "\"-0.5\""]);
    check_all::<String>(json!(1e30), refused);
    check_all::<String>(json!(true), "error: found a boolean, expected a string");
    check_all::<String>(json!(null), "error: found null, expected a string");
    check_all::<char>(json!("ab"), "error: found a string that does not fit, expected a character");
}

#[test]
fn integers() {
    check_all::<i64>(json!(i64::MIN), "-9223372036854775808");
    check_all::<u64>(json!(u64::MAX), "18446744073709551615");
    check_all::<u8>(json!(256), "error: found an integer that does not fit, expected u8");
    let string = "error: found a string, expected an integer";
    check::<u64>(json!("18446744073709551615"), [string, string, "18446744073709551615"]);
    check::<i64>(json!("-9223372036854775808"), [string, string, "-9223372036854775808"]);
    check::<u8>(json!("256"), [string, string, "error: found an integer that does not fit, expected u8"]);
    for text in ["", "abc", " 1", "1 ", "+1", "007", "1_0", "inf", "0x10", "9007199254740993.0", "1.5"] {
        check_all::<i64>(json!(text), string);
    }
    let number = "error: found a number, expected an integer";
    check::<i64>(json!(3600.0), [number, number, "3600"]);
    check_all::<i64>(json!(3600.5), number);
    check_all::<i64>(json!(1e300), number);
    check_all::<i64>(json!(null), "error: found null, expected an integer");
}

#[test]
fn wide_integers() {
    let string = "error: found a string, expected an integer";
    check_all::<u128>(json!(u64::MAX), "18446744073709551615");
    check_all::<i128>(json!(-1), "-1");
    check::<i128>(json!(i128::MIN.to_string()), [string, string, &i128::MIN.to_string()]);
    check::<u128>(json!(u128::MAX.to_string()), [string, string, &u128::MAX.to_string()]);
    check_all::<u128>(json!(""), string);
}

#[test]
fn floats() {
    check_all::<f64>(json!(1), "1.0");
    check_all::<f32>(json!(0.5), "0.5");
    let string = "error: found a string, expected a number";
    check::<f64>(json!("1.5e3"), [string, string, "1500.0"]);
    for text in ["", "NaN", "inf", ".5", "5."] {
        check_all::<f64>(json!(text), string);
    }
}

#[test]
fn options_units_and_booleans() {
    check_all::<Option<u8>>(json!(null), "None");
    check_all::<Option<u8>>(json!(1), "Some(1)");
    check_all::<()>(json!(null), "()");
    check_all::<()>(json!(1), "error: found a number, expected null");
    check_all::<bool>(json!("true"), "error: found a string, expected a boolean");
}

#[test]
fn arrays_and_tuples() {
    check_all::<Vec<u8>>(json!([1, 2]), "[1, 2]");
    check_all::<Vec<u8>>(json!({}), "error: found an object, expected an array");
    check_all::<(u8, u8)>(json!([1]), "error: found 1 elements, expected a tuple of size 2");
    let more = "error: found more elements than are declared";
    check::<(u8, u8)>(json!([1, 2, 3]), [more, more, "(1, 2)"]);
}

#[test]
fn objects() {
    check_all::<Token>(json!({"token": "a"}), "Token { _token: \"a\", _expires_in: None }");
    let read = "Token { _token: \"a\", _expires_in: None }";
    check::<Token>(json!({"token": "a", "more": 1}), ["error: found a member that is not declared", read, read]);
    let array = "error: found an array, expected an object";
    check::<BTreeMap<String, u8>>(json!([]), [array, array, "{}"]);
    check::<Token>(json!([]), [array, array, "error: token: is missing"]);
    check_all::<Token>(json!(["a", 1]), array);
    check_all::<BTreeMap<i8, u8>>(json!({"-1": 2}), "{-1: 2}");
    check_all::<BTreeMap<i8, u8>>(json!({"a": 2}), "error: {0}: found a string, expected i8");
    check_all::<Value>(
        json!({"a": [1, 0.5, null, {"b": true}]}),
        &format!("{:?}", json!({"a": [1, 0.5, null, {"b": true}]})),
    );
}

#[test]
fn flattened_members() {
    let string = "error: id: found a string, expected an integer";
    check::<Open>(json!({"id": "1", "a": 2}), [string, string, "Open { _id: 1, _rest: {\"a\": 2} }"]);
    let string = "error: {0}: found a string, expected an integer";
    check::<Open>(json!({"id": 1, "a": "2"}), [string, string, "Open { _id: 1, _rest: {\"a\": 2} }"]);
}

#[test]
fn externally_tagged_enums() {
    check_all::<Shape>(json!("Unit"), "Unit");
    check_all::<Shape>(json!({"Unit": null}), "Unit");
    check_all::<Shape>(json!({"Newtype": 1}), "Newtype(1)");
    check_all::<Shape>(json!({"Tuple": [1, 2]}), "Tuple(1, 2)");
    check_all::<Shape>(json!({"Struct": {"a": 1}}), "Struct { _a: 1 }");
    check_all::<Shape>(
        json!("canary"),
        "error: found an undeclared value, expected one of: Unit, Newtype, Tuple, Struct",
    );
    check_all::<Shape>(json!(1), "error: found a number, expected a variant");
}

#[test]
fn borrowed_text() {
    let value = json!({"a": "b"});
    let read = decode::read::<BTreeMap<&str, &str>>(&value, Mode::Exact);
    assert_eq!(read, Ok(BTreeMap::from([("a", "b")])));
}

#[test]
fn a_failure_names_the_field() {
    let json = r#"{"items": [{"token": "a"}, {"token": "b", "expiresIn": "canary"}]}"#;
    let failure = decode::from_slice::<Page>(json.as_bytes()).unwrap_err();
    assert_eq!(failure.path(), "body.items[1].expiresIn");
    assert_eq!(failure.reason(), "found a string, expected an integer");
    assert_eq!(self::failure::<Page>(r#"{"items": [{}]}"#), "body.items[0].token: is missing");
    assert_eq!(self::failure::<u8>("null"), "body: found null, expected an integer");
}

#[test]
fn a_failure_does_not_quote_the_body() {
    assert_eq!(
        failure::<BTreeMap<String, u8>>(r#"{"canary": "canary"}"#),
        "body{0}: found a string, expected an integer"
    );
    assert_eq!(failure::<std::net::IpAddr>(r#""canary""#), "body: the value is not one that its type accepts");
    assert_eq!(failure::<u8>(r#""canary"#), "body: is not JSON: EOF while parsing a string at line 1 column 7");
}

#[test]
fn a_byte_order_mark_is_ignored() {
    assert_eq!(decode::from_slice::<u8>(b"\xEF\xBB\xBF1"), Ok(1));
}

#[test]
fn deep_nesting_is_an_error() {
    let text = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(failure::<Value>(&text), "body: is not JSON: recursion limit exceeded at line 1 column 128");
    let deep = (0..1_000).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(decode::from_value::<Value>(&deep).unwrap_err().reason(), "is nested too deeply");
}
