//! Enumerations, texts of a format, integers in strings, members with two kinds of nothing.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::{from_value, json, to_value};

use crate::runtime::decode::{self, Mode};
use crate::runtime::enumeration::UndeclaredValue;
use crate::runtime::{Base64, Base64Url, Text, closed_enum, double_option, int_text, integer_enum, string_enum};

#[derive(Clone, Debug, PartialEq)]
enum GrantType {
    Secret,
    Unknown(String),
}

impl GrantType {
    const VALUES: &'static [&'static str] = &["secret"];

    fn as_str(&self) -> &str {
        match self {
            Self::Secret => "secret",
            Self::Unknown(text) => text,
        }
    }
}

impl From<String> for GrantType {
    fn from(text: String) -> Self {
        match text.as_str() {
            "secret" => Self::Secret,
            _ => Self::Unknown(text),
        }
    }
}

string_enum!(GrantType);

#[derive(Clone, Debug, PartialEq)]
enum Level {
    One,
    Unknown(i64),
}

impl Level {
    const VALUES: &'static [i64] = &[1];

    fn value(&self) -> i64 {
        match self {
            Self::One => 1,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i64> for Level {
    fn from(value: i64) -> Self {
        match value {
            1 => Self::One,
            _ => Self::Unknown(value),
        }
    }
}

integer_enum!(Level);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    A,
    B,
}

impl Kind {
    const VALUES: &'static [Self] = &[Self::A, Self::B];

    fn as_str(&self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

closed_enum!(Kind);

#[test]
fn string_enumerations() {
    let other = GrantType::Unknown("other".to_owned());
    assert_eq!(GrantType::from("secret"), GrantType::Secret);
    assert_eq!((other.to_string().as_str(), other.as_ref()), ("other", "other"));
    for (value, text) in [(&GrantType::Secret, "secret"), (&other, "other")] {
        assert_eq!(to_value(value).unwrap(), json!(text));
        assert_eq!(&decode::from_value::<GrantType>(&json!(text)).unwrap(), value);
        assert_eq!(&from_value::<GrantType>(json!(text)).unwrap(), value);
    }
    assert_eq!(decode::read(&json!("secret"), Mode::Exact), Ok(GrantType::Secret));
    let failure = decode::read::<GrantType>(&json!("other"), Mode::Strict).unwrap_err();
    assert_eq!(failure.to_string(), "found an undeclared value");
}

#[test]
fn integer_enumerations() {
    assert_eq!(Level::Unknown(2).to_string(), "2");
    assert_eq!(to_value(Level::One).unwrap(), json!(1));
    assert_eq!(decode::from_value(&json!("1")), Ok(Level::One));
    assert_eq!(decode::from_value(&json!(2)), Ok(Level::Unknown(2)));
    let failure = decode::read::<Level>(&json!(2), Mode::Exact).unwrap_err();
    assert_eq!(failure.to_string(), "found an undeclared value");
}

#[test]
fn closed_enumerations() {
    assert_eq!("b".parse(), Ok(Kind::B));
    assert_eq!("c".parse::<Kind>(), Err(UndeclaredValue));
    assert_eq!((Kind::A.to_string().as_str(), Kind::A.as_ref()), ("a", "a"));
    assert_eq!(to_value(Kind::A).unwrap(), json!("a"));
    assert_eq!(decode::from_value(&json!("a")), Ok(Kind::A));
    let failure = decode::from_value::<Kind>(&json!("canary")).unwrap_err();
    assert_eq!(failure.to_string(), "body: found an undeclared value");
}

#[test]
fn texts_stay_as_received() {
    let odd: Text<Ipv4Addr> = decode::from_value(&json!("127.0.0.01")).unwrap();
    assert_eq!((odd.as_str(), odd.value().is_err()), ("127.0.0.01", true));
    assert_eq!(to_value(&odd).unwrap(), json!("127.0.0.01"));
    let address = Text::from(Ipv4Addr::LOCALHOST);
    assert_eq!(address.value(), Ok(Ipv4Addr::LOCALHOST));
    assert_eq!(address, Text::from_text("127.0.0.1"));
    assert_eq!(format!("{address} {address:?}"), "127.0.0.1 \"127.0.0.1\"");
    assert_eq!(address.clone().into_string(), "127.0.0.1");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Counts {
    #[serde(with = "int_text")]
    total: i64,
    #[serde(default, with = "int_text::option", skip_serializing_if = "Option::is_none")]
    free: Option<u64>,
    #[serde(default, with = "int_text::double_option", skip_serializing_if = "Option::is_none")]
    lent: Option<Option<u8>>,
}

#[test]
fn integers_in_strings() {
    let counts = Counts { total: -1, free: Some(u64::MAX), lent: Some(None) };
    let wire = json!({"total": "-1", "free": "18446744073709551615", "lent": null});
    assert_eq!(to_value(&counts).unwrap(), wire);
    assert_eq!(decode::from_value(&wire), Ok(counts));
    let counts = Counts { total: 5, free: None, lent: Some(Some(7)) };
    assert_eq!(decode::from_value(&json!({"total": 5, "free": null, "lent": "7"})), Ok(counts));
    assert_eq!(decode::from_value(&json!({"total": 5})), Ok(Counts { total: 5, free: None, lent: None }));
    assert_eq!(decode::from_value(&json!({"total": 3600.0})), Ok(Counts { total: 3600, free: None, lent: None }));
    let failures = [json!(""), json!("canary"), json!(true), json!(1.5), json!(u64::MAX)]
        .map(|total| decode::from_value::<Counts>(&json!({"total": total})).unwrap_err().to_string());
    let reasons = [
        "the string is not an integer that fits",
        "the string is not an integer that fits",
        "found a boolean, expected an integer in a string",
        "found a number, expected an integer in a string",
        "the number is not an integer that fits",
    ];
    assert_eq!(failures, reasons.map(|reason| format!("body.total: {reason}")));
    let failure = decode::read::<Counts>(&json!({"total": 5}), Mode::Strict).unwrap_err();
    assert_eq!(failure.to_string(), "total: found a number, expected an integer in a string");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Patch {
    #[serde(default, with = "double_option", skip_serializing_if = "Option::is_none")]
    name: Option<Option<String>>,
}

#[test]
fn two_kinds_of_nothing() {
    let cases =
        [(json!({}), None), (json!({"name": null}), Some(None)), (json!({"name": "a"}), Some(Some("a".to_owned())))];
    for (wire, name) in cases {
        let patch = Patch { name };
        assert_eq!(to_value(&patch).unwrap(), wire);
        assert_eq!(decode::from_value(&wire), Ok(patch));
    }
}

/// RFC 4648, 10 and 5.
#[test]
fn bytes_in_base64() {
    let vectors =
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
    for (bytes, text) in vectors {
        let written: Text<Base64> = bytes.as_bytes().into();
        assert_eq!(to_value(&written).unwrap(), json!(text));
        assert_eq!(written.value(), Ok(Base64(bytes.into())));
    }
    let read = |text: &str| Text::<Base64>::from_text(text).value();
    assert_eq!(read("Zm9v\r\nYmE"), Ok(Base64(b"fooba".to_vec())));
    let of_urls: Text<Base64Url> = (&[0xff, 0xef]).into();
    assert_eq!((of_urls.as_str(), of_urls.value()), ("_-8=", Ok(Base64Url(vec![0xff, 0xef]))));
    let failures = ["_-8=", "Zm9v!", "Z", "Zg==="].map(|text| read(text).unwrap_err().to_string());
    assert_eq!(failures, ["the text is not base64"; 4]);
    // An odd one does not make the body unreadable, and is written as it came.
    let odd: Text<Base64> = decode::from_value(&json!("canary!")).unwrap();
    assert_eq!(to_value(&odd).unwrap(), json!("canary!"));
}
