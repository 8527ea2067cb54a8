//! What a reader tolerates and what it does not: the rows of the README's table.

use std::collections::BTreeMap;

use runtime::{Unknown, from_slice};

runtime::object! {
    /// A member for each row.
    pub struct Loose {
        /// A list.
        list: Vec<u8> = required "list",
        /// A map.
        map: BTreeMap<String, String> = required "map",
        /// A string.
        text: String = required into "text",
        /// A boolean.
        flag: bool = required "flag",
        /// An integer.
        number: i64 = required "number",
        /// An optional integer.
        count: i64 = optional "count",
        /// An optional boolean.
        on: bool = optional "on",
        /// An object.
        object: BTreeMap<String, u8> = required "object",
        /// A string or null.
        note: String = nullable into "note" null note_null,
        ..unknown: Unknown
    }
}

const DECLARED: [(&str, &str); 9] = [
    ("list", "[1]"),
    ("map", r#"{"a":"b"}"#),
    ("text", r#""a""#),
    ("flag", "true"),
    ("number", "1"),
    ("count", "1"),
    ("on", "true"),
    ("object", "{}"),
    ("note", r#""a""#),
];

/// Reads the object with another value for one member. If the value is empty, the member is left out.
fn read(member: &str, value: &str) -> Result<Loose, String> {
    let members = DECLARED.map(|(name, text)| (name, if name == member { value } else { text }));
    let present = members.iter().filter(|(_, text)| !text.is_empty());
    let members: Vec<String> = present.map(|(name, text)| format!("{name:?}:{text}")).collect();
    from_slice(format!("{{{}}}", members.join(",")).as_bytes()).map_err(|fault| fault.to_string())
}

#[test]
fn what_a_reader_tolerates() {
    let plain = read("", "").unwrap();
    let map = |value: &str| BTreeMap::from([("b".to_owned(), value.to_owned())]);
    for (member, value, expected) in [
        ("count", "null", Loose { count: None, ..plain.clone() }),
        ("count", r#""""#, Loose { count: None, ..plain.clone() }),
        ("on", r#""""#, Loose { on: None, ..plain.clone() }),
        ("on", "null", Loose { on: None, ..plain.clone() }),
        ("list", "null", Loose { list: Vec::new(), ..plain.clone() }),
        ("note", "null", Loose { note: None, ..plain.clone() }),
        ("note", "", Loose { note: None, ..plain.clone() }),
        ("count", "", Loose { count: None, ..plain.clone() }),
        ("map", "null", Loose { map: BTreeMap::new(), ..plain.clone() }),
        ("map", "[]", Loose { map: BTreeMap::new(), ..plain.clone() }),
        ("map", r#"{"a":null,"b":"c"}"#, Loose { map: map("c"), ..plain.clone() }),
        ("map", r#"{"b":true}"#, Loose { map: map("true"), ..plain.clone() }),
        ("text", "0.50", Loose { text: "0.50".to_owned(), ..plain.clone() }),
        ("text", "false", Loose { text: "false".to_owned(), ..plain.clone() }),
        ("number", r#""36""#, Loose { number: 36, ..plain.clone() }),
        ("number", "36.0", Loose { number: 36, ..plain.clone() }),
        ("flag", "1", plain.clone()),
        ("flag", r#""true""#, plain.clone()),
        ("flag", "0", Loose { flag: false, ..plain.clone() }),
        ("flag", r#""false""#, Loose { flag: false, ..plain.clone() }),
    ] {
        assert_eq!(read(member, value), Ok(expected), "{member}: {value}");
    }
}

#[test]
fn what_a_reader_does_not_tolerate() {
    for (member, value, reason) in [
        ("text", "null", "found null, expected a string"),
        ("number", "null", "found null, expected an integer"),
        ("number", r#""""#, "found a string, expected an integer"),
        ("number", "true", "found a boolean, expected an integer"),
        ("flag", "null", "found null, expected a boolean"),
        ("flag", r#""yes""#, "found a string, expected a boolean"),
        ("flag", r#""1""#, "found a string, expected a boolean"),
        ("flag", r#""""#, "found a string, expected a boolean"),
        ("flag", "2", "found a number, expected a boolean"),
        ("count", r#"" ""#, "found a string, expected an integer"),
        ("list", "1", "found a number, expected an array"),
        ("list", "{}", "found an object, expected an array"),
        ("list", r#""""#, "found a string, expected an array"),
        ("object", r#""{}""#, "found a string, expected an object"),
        ("object", "[1]", "found an array, expected an object"),
        ("text", "", "is missing"),
        ("list", "", "is missing"),
    ] {
        assert_eq!(read(member, value), Err(format!("body.{member}: {reason}")), "{member}: {value}");
    }
}
