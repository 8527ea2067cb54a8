//! The extensions that the generator reads, and those that look like one of them.
//!
//! A misspelt `x-secret` is an error, because the secret would be shown without anybody noticing. Other misspelt extensions are
//! warnings.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{Document, Node, kind_of};
use crate::diagnostics::{Diagnostic, Diagnostics, Mend, Severity, codes};
use crate::similar::{is_slip, nearest};

pub(super) const SECRET: &str = "x-secret";
/// The extension that says where the tokens of a security scheme come from.
pub const TOKEN_SOURCE: &str = "x-token-source";

/// The extensions that the generator reads.
const EXTENSIONS: &[&str] = &["x-rust-name", "x-rust-names", "x-secret", TOKEN_SOURCE];

/// The same extensions, each with its name as [`bare`] gives it.
static BARE: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| EXTENSIONS.iter().map(|known| (*known, bare(known))).collect());

/// Whether the generator reads an extension of this name.
pub(super) fn is_extension(key: &str) -> bool {
    EXTENSIONS.contains(&key)
}

/// Reports an extension that looks like one of the generator's own.
pub(super) fn unknown_extension(document: &Document, node: &Node, key: &str) -> Option<Diagnostic> {
    let meant = meant(key)?;
    let message = format!("unknown extension `{key}` is ignored");
    let mut diagnostic =
        document.diagnostic(Severity::Error, codes::UNKNOWN_EXTENSION, message, &node.join(key)).about_key();
    if meant != SECRET {
        diagnostic.severity = Severity::Warning;
    }
    let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
    Some(document.mended(diagnostic, &node.join(key), Mend::Rename(meant.to_owned())))
}

/// The extension that an unknown one probably means.
fn meant(key: &str) -> Option<&'static str> {
    if !key.starts_with("x-") || is_extension(key) {
        return None;
    }
    let called = bare(key);
    let same = BARE.iter().find(|(_, bare)| *bare == called);
    let slip = || BARE.iter().find(|(_, bare)| is_slip(&called, bare));
    let known = || EXTENSIONS.iter().copied();
    let ours = || key.starts_with("x-rust-").then(|| nearest(key, known()).unwrap_or("x-rust-name"));
    same.or_else(slip).map(|(known, _)| *known).or_else(ours)
}

/// An extension's name in lower case, without the signs between its words.
fn bare(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Reports an extension that looks like one of the generator's own, or that has no effect outside of a security scheme.
pub(crate) fn odd_extension(document: &Document, node: &Node, key: &str) -> Option<Diagnostic> {
    match key {
        TOKEN_SOURCE => Some(misplaced_token_source(document, node)),
        _ => unknown_extension(document, node, key),
    }
}

/// Reports an extension in an object where it has no effect.
pub(super) fn misplaced(document: &Document, node: &Node, object: &str, key: &str) -> Option<Diagnostic> {
    match key {
        SECRET => misplaced_secret(document, node, object),
        TOKEN_SOURCE if object != "security scheme" => Some(misplaced_token_source(document, node)),
        _ => None,
    }
}

fn misplaced_token_source(document: &Document, node: &Node) -> Diagnostic {
    let message = format!("`{TOKEN_SOURCE}` has no effect outside of a security scheme");
    let at = node.join(TOKEN_SOURCE);
    let diagnostic = document.diagnostic(Severity::Error, codes::MISPLACED_TOKEN_SOURCE, message, &at).about_key();
    diagnostic.help("write it in the security scheme that sends the tokens")
}

fn misplaced_secret(document: &Document, node: &Node, object: &str) -> Option<Diagnostic> {
    // A credential is a secret anyway.
    if ["parameter", "header", "security scheme"].contains(&object) {
        return None;
    }
    let message = format!("`{SECRET}` has no effect in a {object} object");
    let diagnostic =
        document.diagnostic(Severity::Error, codes::MISPLACED_SECRET, message, &node.join(SECRET)).about_key();
    Some(diagnostic.help("write it in the schema of the text that is a secret"))
}

/// The value of `x-secret`. `members` are those of the node. A value that is not a boolean is an error, and counts as `true`.
pub fn says_secret(document: &Document, node: &Node, members: &Map<String, Value>, out: &mut Diagnostics) -> bool {
    let Some(value) = members.get(SECRET) else { return false };
    let at = node.join(SECRET);
    match value {
        Value::Bool(flag) => *flag,
        Value::String(text) if text == "true" || text == "false" => {
            let message = format!("`{SECRET}` must be a boolean: read as {text}");
            let diagnostic = document.diagnostic(Severity::Warning, codes::REPAIRED, message, &at);
            out.push(document.mended(
                diagnostic.help("remove the quotes"),
                &at,
                Mend::Write(Value::Bool(text == "true")),
            ));
            text == "true"
        }
        other => {
            let message = format!("`{SECRET}` must be `true` or `false`, found {}", kind_of(other));
            let diagnostic = document.diagnostic(Severity::Error, codes::SECRET_FLAG, message, &at);
            out.push(document.mended(diagnostic.help("write `x-secret: true`"), &at, Mend::Write(Value::Bool(true))));
            true
        }
    }
}
