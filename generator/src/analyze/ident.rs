//! Names as documents write them, to Rust identifiers in each of Rust's cases.
//!
//! Takes any text, gives an ASCII identifier that rustc accepts without a lint and without `r#`. The same text gives the
//! same name for ever: a change here renames the public items of every generated crate. Does not know which names are
//! taken; two wire names may give one identifier.
//!
//! Latin letters lose their accents (`é` is `e`). A letter of another script, or a sign without a word, is written as its
//! code point (`你` is `u4f60`): rustc warns of letters that look like others, and not everyone can type them.

mod words;

#[cfg(test)]
mod tests;

use heck::ToSnakeCase;

use crate::fnv::shortened;
use crate::formats;
use crate::limits::{MAX_FILE_NAME, MAX_IDENTIFIER};

/// The names to which emitted code refers without a path, except those of formats.
const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Bytes",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "File",
    "From",
    "Hash",
    "Into",
    "Map",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Secret",
    "Self",
    "Some",
    "String",
    "Text",
    "ToOwned",
    "ToString",
    "Trailing",
    "Unknown",
    "Value",
    "Vec",
];

/// Names that an emitted type must not take, because emitted code refers to something else by them without a path.
pub fn reserved_types() -> impl Iterator<Item = &'static str> {
    RESERVED_TYPES.iter().copied().chain(formats::imported().map(|(_, name)| name))
}

/// Whether an emitted type must not take a name.
pub fn is_reserved(name: &str) -> bool {
    reserved_types().any(|reserved| reserved == name)
}

/// Names of the runtime that the file of an operation uses. The operation's own types never get these names. A model with such a name
/// is imported under an alias.
pub const USED_BY_OPERATIONS: &[&str] = &[
    "Call",
    "Events",
    "HeaderMap",
    "ItemStream",
    "Method",
    "Operation",
    "Reply",
    "Request",
    "RequestBody",
    "RequestError",
    "Response",
    "Style",
];

/// Rust's keywords of every edition, including those that are reserved for later editions.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// File names that mean something to Cargo and rustc, or to Windows, where no file can have them.
const RESERVED_FILES: &[&str] = &[
    "aux", "build", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lib",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod", "nul", "prn",
];

/// A type's name, in upper camel case: `user-profile` is `UserProfile`, `2fa` is `N2fa`.
pub fn type_name(wire: &str) -> String {
    let name = shortened(camel(wire), MAX_IDENTIFIER, 'X');
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A variant's name, in upper camel case. Variants are reached through their type, so `None` and `Ok` may be names.
pub fn variant_name(wire: &str) -> String {
    type_name(wire)
}

/// The name of a field, method, argument or module, in snake case; a keyword gets an underscore (`type_`).
pub fn snake_name(wire: &str) -> String {
    let name = shortened(with_prefix(snake(wire), "n"), MAX_IDENTIFIER, '_');
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}

/// Longer spellings of a name, for a name that collides with others after conversion. They spell out its signs, or the case of its
/// letters.
pub fn spellings(wire: &str) -> Vec<String> {
    let case = words::case(wire).map(|case| format!("{wire} {case}"));
    [false, true].map(|all| words::with_signs(wire, all)).into_iter().chain(case).collect()
}

/// The name of a module's file, without suffix: at most 64 of `a-z0-9_`, never a name that Cargo, rustc or Windows reserve. A longer name
/// is cut and ends in a hash of the whole name.
pub fn file_name(snake: &str) -> String {
    let name = snake_name(snake);
    if RESERVED_FILES.contains(&name.as_str()) {
        return name + "_";
    }
    shortened(name, MAX_FILE_NAME, '_')
}

/// Upper camel case. Digits that would run together are kept apart: `1.0` is not `10`.
fn camel(wire: &str) -> String {
    let mut name = String::new();
    for word in snake_case(words::joined(wire)).split('_') {
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digits(name.chars().next_back()) && digits(word.chars().next()) {
            name.push('_');
        }
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    with_prefix(name, "N")
}

fn snake(wire: &str) -> String {
    snake_case(words::joined(wire).replace("OAuth", "Oauth"))
}

/// ASCII words in snake case. Many names in documents are in snake case already, and need no conversion.
fn snake_case(words: String) -> String {
    let is_snake = words.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')) && !words.contains("__");
    if is_snake { words } else { words.to_snake_case() }
}

fn with_prefix(name: String, prefix: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("{prefix}{name}") } else { name }
}
