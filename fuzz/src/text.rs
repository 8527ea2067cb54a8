//! Texts and names as an enemy would write them.

use arbitrary::{Result, Unstructured};

use crate::check::CANARY;

/// What ends a literal, a comment, a block or a line somewhere between a document and a program.
const FRAGMENTS: &[&str] = &[
    CANARY,
    "compile_error!(\"x\");",
    "\"",
    "\"#",
    "\"##",
    "'",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "*/",
    "/*",
    "//",
    "///",
    "#![",
    "#[doc = \"",
    "]",
    "[",
    "}",
    "{",
    ")",
    "(",
    ";",
    ",",
    "::",
    "<",
    ">",
    "=",
    "```",
    "```rust\n",
    "~~~\n",
    "\n\n    ",
    "\t",
    "|",
    "`",
    "$",
    "&amp;",
    "é",
    "日",
    " ",
    "_",
    "-",
    ".",
    "/",
    "~1",
    "%2F",
    "0",
];

/// Names that mean something to Rust, to serde or to the emitted crate, and some that collapse to one.
const NAMES: &[&str] = &[
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "async",
    "gen",
    "fooBar",
    "foo_bar",
    "FooBar",
    "foo-bar",
    "FOO_BAR",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "Ok",
    "Err",
    "None",
    "Some",
    "Client",
    "Call",
    "Operation",
    "Request",
    "Reply",
    "Response",
    "Error",
    "Unknown",
    "unknown",
    "Other",
    "Default",
    "default",
    "new",
    "send",
    "send_full",
    "clone",
    "with_x",
    "build",
    "body",
    "client",
    "models",
    "operations",
    "mod",
    "std",
    "serde",
    "",
    "_",
    "__",
    "2nd",
    "2",
    "-1",
    "+1",
    "a.b",
    "a/b",
    "a~b",
    "a b",
    "naïve",
    "日本",
    "%$!",
    "@id",
    "x-a",
    "$ref",
    "properties",
    "id",
    "kind",
    "u8",
    "str",
    "main",
    "r#a",
];

/// Text for people, which may hold anything.
pub(crate) fn prose(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(1, 4)? { Ok(u.arbitrary::<&str>()?.replace(CANARY, "x")) } else { hostile(u) }
}

/// A name as a document might have it.
pub(crate) fn name(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(3, 4)? { Ok((*u.choose(NAMES)?).to_owned()) } else { hostile(u) }
}

/// A name that can stand in the template of a path.
pub(crate) fn template_name(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(name(u)?.replace(['{', '}', '/'], "-"))
}

fn hostile(u: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::from("a");
    for _ in 0..u.int_in_range(1..=5)? {
        text.push_str(u.choose(FRAGMENTS)?);
    }
    text.push('z');
    Ok(text)
}
