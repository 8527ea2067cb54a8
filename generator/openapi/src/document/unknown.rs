//! Warnings about members that OpenAPI does not know at their place, and about encodings that are not honoured there.

use super::{Document, Node};
use crate::diagnostics::{Diagnostic, Mend, Severity, codes};
use crate::similar::nearest;

/// Members of parameters and headers in Swagger 2.0. In OpenAPI 3, they are members of the schema.
const IN_SCHEMA: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
];

/// The flows that had other names in Swagger 2.0.
const RENAMED: &[(&str, &str)] = &[("application", "clientCredentials"), ("accessCode", "authorizationCode")];

/// A warning that OpenAPI does not have the member `key` in the object at the node.
pub(super) fn unknown_member(document: &Document, node: &Node, what: &str, key: &str, known: &[&str]) -> Diagnostic {
    let message = format!("unknown member `{key}` of {what} is ignored");
    let diagnostic =
        document.diagnostic(Severity::Warning, codes::UNKNOWN_MEMBER, message, &node.join(key)).about_key();
    let is_free = |near: &str| document.value(&node.join(near)).is_none();
    if known.contains(&"schema") && IN_SCHEMA.contains(&key) {
        return diagnostic.help("write it in `schema`, where OpenAPI 3 has it");
    }
    let renamed = RENAMED.iter().find(|(old, new)| *old == key && known.contains(new)).map(|(_, new)| *new);
    match renamed.or_else(|| nearest(key, known.iter().copied())) {
        Some(near) if is_free(near) => document.mended(
            diagnostic.help(format!("did you mean `{near}`?")),
            &node.join(key),
            Mend::Rename(near.to_owned()),
        ),
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("remove it, or begin its name with `x-`"),
    }
}

/// A warning that encodings are only honoured for the members of a form. From 3.2 on (4.15), they may also be those of parts without names,
/// or of parts inside a part.
pub(super) fn unhonoured_encoding(document: &Document, node: &Node) -> Diagnostic {
    let key = node.pointer.last().unwrap_or_default();
    let message = format!("`{key}` is not honoured here: only the members of a form have an encoding");
    document.diagnostic(Severity::Warning, codes::ENCODING, message, node).about_key()
}
