//! The table of formats. To add one, add a row.

use super::{Crate, Format, JsonType, Rust, Text};

const CHRONO: &Crate = &Crate {
    name: "chrono",
    version: "{ version = \"0.4\", default-features = false, features = [\"now\"] }",
    types: None,
};
const JIFF: &Crate = &Crate {
    name: "jiff",
    version: "{ version = \"1\", default-features = false, features = [\"std\"] }",
    types: None,
};
const RUST_DECIMAL: &Crate = &Crate {
    name: "rust_decimal",
    version: "{ version = \"1.43\", default-features = false, features = [\"std\"] }",
    types: None,
};
const TIME: &Crate = &Crate {
    name: "time",
    version: "{ version = \"0.3\", default-features = false, features = [\"std\", \"formatting\", \"parsing\"] }",
    types: Some(include_str!("time.txt")),
};
const URL: &Crate = &Crate { name: "url", version: "\"2.5\"", types: None };
const UUID: &Crate = &Crate {
    name: "uuid",
    version: "{ version = \"1\", default-features = false, features = [\"std\"] }",
    types: None,
};

/// A format of whole numbers. `types` may have strings as well, for numbers that are too large for JavaScript.
macro_rules! integer {
    ($ty:ident, [$($name:literal),+], $types:expr) => {
        &Format {
            names: &[$($name),+],
            types: $types,
            rust: Rust::Integer { ty: stringify!($ty), least: $ty::MIN as i128, most: $ty::MAX as i128 },
        }
    };
}

/// The type of a whole number without a format.
pub const INT64: &Format = integer!(i64, ["int64", "long"], &[JsonType::Integer, JsonType::String]);

/// The type of an integer enumeration with a value that does not fit into an `i64`.
pub const UINT64: &Format = integer!(u64, ["uint64"], &[JsonType::Integer, JsonType::String]);

/// Every format that the generator knows.
pub const FORMATS: &[&Format] = &[
    integer!(i8, ["int8"], INTEGER),
    integer!(i16, ["int16"], INTEGER),
    integer!(i32, ["int32"], INTEGER),
    INT64,
    integer!(u8, ["uint8"], INTEGER),
    integer!(u16, ["uint16"], INTEGER),
    integer!(u32, ["uint32"], INTEGER),
    UINT64,
    &Format { names: &["float"], types: &[JsonType::Number], rust: Rust::Float { bits: 32 } },
    &Format { names: &["double"], types: &[JsonType::Number], rust: Rust::Float { bits: 64 } },
    // RFC 3339's text: `Display` gives another one.
    &string(
        &["date-time"],
        Text {
            noun: "DateTime",
            path: "chrono::DateTime<chrono::FixedOffset>",
            imported: true,
            needs: Some(CHRONO),
            text: Some("self.to_rfc3339()"),
            also: Some(("chrono::DateTime<chrono::Utc>", "value.fixed_offset()")),
            is_number: false,
        },
    ),
    &string(&["date"], Text { imported: true, needs: Some(CHRONO), ..plain("Date", "chrono::NaiveDate") }),
    &string(
        &["decimal"],
        Text { needs: Some(RUST_DECIMAL), is_number: true, ..plain("Decimal", "rust_decimal::Decimal") },
    ),
    &string(&["uri", "url", "iri"], Text { needs: Some(URL), ..plain("Uri", "url::Url") }),
    &string(&["uuid"], Text { imported: true, needs: Some(UUID), ..plain("Uuid", "uuid::Uuid") }),
    &string(&["char"], plain("Character", "char")),
    &string(&["ipv4"], plain("Ipv4", "std::net::Ipv4Addr")),
    &string(&["ipv6"], plain("Ipv6", "std::net::Ipv6Addr")),
    &string(&["byte"], Text { imported: true, ..plain("Bytes", "crate::runtime::Base64") }),
    &string(&["base64url"], Text { imported: true, ..plain("Bytes", "crate::runtime::Base64Url") }),
    &Format { names: &["binary"], types: STRING, rust: Rust::Bytes },
    &Format { names: &["password"], types: STRING, rust: Rust::Secret },
    &untyped(&["decimal128"]),
    &untyped(&["duration"]),
    &untyped(&["email"]),
    &untyped(&["hostname"]),
    &untyped(&["idn-email"]),
    &untyped(&["idn-hostname"]),
    &untyped(&["iri-reference"]),
    &untyped(&["json-pointer"]),
    &untyped(&["regex"]),
    &untyped(&["relative-json-pointer"]),
    &untyped(&["time"]),
    &untyped(&["uri-reference"]),
    &untyped(&["uri-template"]),
];

/// What may be chosen instead of the usual type of a format, with the word for it.
pub const CHOICES: &[(&str, &Format)] = &[
    ("jiff", &string(&["date-time"], Text { needs: Some(JIFF), ..plain("DateTime", "jiff::Timestamp") })),
    ("jiff", &string(&["date"], Text { needs: Some(JIFF), ..plain("Date", "jiff::civil::Date") })),
    ("time", &string(&["date-time"], Text { needs: Some(TIME), ..plain("DateTime", "crate::runtime::DateTime") })),
    ("time", &string(&["date"], Text { needs: Some(TIME), ..plain("Date", "crate::runtime::Date") })),
];

const INTEGER: &[JsonType] = &[JsonType::Integer];
const STRING: &[JsonType] = &[JsonType::String];

const fn string(names: &'static [&'static str], text: Text) -> Format {
    Format { names, types: STRING, rust: Rust::Text(text) }
}

/// A type whose `Display` is its text, written with its path.
const fn plain(noun: &'static str, path: &'static str) -> Text {
    Text { noun, path, imported: false, needs: None, text: None, also: None, is_number: false }
}

/// A format of strings that makes no type.
const fn untyped(names: &'static [&'static str]) -> Format {
    Format { names, types: STRING, rust: Rust::Plain }
}
