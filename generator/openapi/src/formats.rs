//! The formats of values: the names of each, its type in Rust, and the crate that it needs.
//!
//! A format is one row of [`FORMATS`]. Every stage asks this table: which type of JSON a format is of, which type it makes, how
//! that is written, which crate it needs, and which format holds the values of another.

mod table;

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

pub use table::{CHOICES, FORMATS, INT64, UINT64};

/// The types of JSON, without `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variants are the values of `type`")]
pub enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::String, Self::Number, Self::Integer, Self::Boolean, Self::Array, Self::Object];

    /// The name that `type` has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of a value. `None` for `null`.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(number) if number.is_f64() => Some(Self::Number),
            Value::Number(_) => Some(Self::Integer),
            Value::String(_) => Some(Self::String),
            Value::Array(_) => Some(Self::Array),
            Value::Object(_) => Some(Self::Object),
        }
    }
}

/// A format.
pub struct Format {
    /// Its names: the usual one, then those that mean the same.
    pub names: &'static [&'static str],
    /// The types of JSON that it is of.
    pub types: &'static [JsonType],
    /// What its values are in Rust.
    pub rust: Rust,
}

/// What the values of a format are in Rust.
pub enum Rust {
    /// An integer type, also where the digits stand in a string.
    Integer {
        /// Its name.
        ty: &'static str,
        /// Its least value.
        least: i128,
        /// Its greatest value.
        most: i128,
    },
    /// A number. Always 64 bits, because a `float` in 32 bits would be written back with other digits.
    Float {
        /// The bits that the values fit in.
        bits: u8,
    },
    /// A text that stands for a value of a type.
    Text(Text),
    /// A text that must not be shown.
    Secret,
    /// Bytes, as a body or a part of one.
    Bytes,
    /// A format that makes no type. Only the comparison of documents knows it.
    Plain,
}

/// A type whose values are written as text.
pub struct Text {
    /// What a value is called where it is an alternative.
    pub noun: &'static str,
    /// The type, by whole paths.
    pub path: &'static str,
    /// Whether a `use` line brings the type in. Otherwise it is written with its path, because documents have schemas of its name.
    pub imported: bool,
    /// The crate that has the type.
    pub needs: Option<&'static Crate>,
    /// The text of a value as an expression, where `Display` gives another one.
    pub text: Option<&'static str>,
    /// Another type that callers often have, and the expression that converts its value.
    pub also: Option<(&'static str, &'static str)>,
    /// Whether the text is a number.
    pub is_number: bool,
}

/// A crate. An emitted crate depends on it only if a document uses one of its formats.
#[derive(PartialEq, Eq)]
pub struct Crate {
    /// Its name in Rust.
    pub name: &'static str,
    /// The rest of its line in the manifest.
    pub version: &'static str,
    /// Source of wrapper types, for a crate whose own types do not implement `FromStr`. The emitted crate has the wrappers in its module
    /// `runtime`.
    pub types: Option<&'static str>,
}

/// The format of a name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.names.contains(&name))
}

/// All formats whose values have a type that stands for text, including the formats that a user can choose.
pub fn texts() -> impl Iterator<Item = &'static Format> {
    let all = FORMATS.iter().copied().chain(CHOICES.iter().map(|(_, format)| *format));
    all.filter(|format| format.text().is_some())
}

/// What may be chosen for a format, each with the word for it.
pub fn choices(of: &Format) -> impl Iterator<Item = (&'static str, &'static Format)> {
    let usual = FORMATS.iter().copied().filter_map(|format| Some((format.text()?.needs?.name, format)));
    usual.chain(CHOICES.iter().copied()).filter(move |(_, format)| format == &of)
}

/// The crates that formats may need, in the order of their names.
pub fn crates() -> Vec<&'static Crate> {
    let mut crates: Vec<_> = texts().filter_map(|format| format.text()?.needs).collect();
    crates.sort_by_key(|krate| krate.name);
    crates.dedup();
    crates
}

/// The names that emitted code uses for formats without a path, each with its module.
pub fn imported() -> impl Iterator<Item = (&'static str, &'static str)> {
    texts().filter_map(Format::text).filter(|text| text.imported).flat_map(Text::paths)
}

impl Format {
    /// The usual name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// Whether it makes a type of its own.
    pub fn makes_a_type(&self) -> bool {
        !matches!(self.rust, Rust::Plain)
    }

    /// The type that its text stands for, if the format has a type of its own.
    pub fn text(&self) -> Option<&Text> {
        match &self.rust {
            Rust::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The least and the greatest of its values, if they are integers.
    pub fn range(&self) -> Option<(i128, i128)> {
        match self.rust {
            Rust::Integer { least, most, .. } => Some((least, most)),
            _ => None,
        }
    }

    /// Whether this format has all values of the other one, and more.
    pub fn is_wider(&self, other: &Self) -> bool {
        match (&self.rust, &other.rust) {
            (Rust::Integer { least, most, .. }, Rust::Integer { least: other_least, most: other_most, .. }) => {
                least <= other_least && other_most <= most && self != other
            }
            (Rust::Float { bits }, Rust::Float { bits: other }) => bits > other,
            _ => false,
        }
    }
}

impl Text {
    /// The modules and the names in the type's path. `a::B<c::D>` has two of each.
    pub fn paths(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.path.split(['<', '>']).filter_map(|path| path.rsplit_once("::"))
    }

    /// The type without the modules.
    pub fn short(&self) -> String {
        self.paths().fold(self.path.to_owned(), |short, (module, _)| short.replace(&format!("{module}::"), ""))
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for Format {}

impl PartialOrd for Format {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Format {
    fn cmp(&self, other: &Self) -> Ordering {
        self.names.cmp(other.names)
    }
}

impl std::hash::Hash for Format {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
