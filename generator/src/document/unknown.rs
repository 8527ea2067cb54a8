//! Warnings about members that OpenAPI does not know at their place, and about encodings that are not honoured there.

use super::{Document, Node};
use crate::diagnostics::{Diagnostic, Mend, Severity, codes};
use crate::similar::nearest;

/// A warning that OpenAPI does not have the member `key` in the object at the node.
pub(super) fn unknown_member(document: &Document, node: &Node, what: &str, key: &str, known: &[&str]) -> Diagnostic {
    let message = format!("unknown member `{key}` of {what} is ignored");
    let diagnostic =
        document.diagnostic(Severity::Warning, codes::UNKNOWN_MEMBER, message, &node.join(key)).about_key();
    let is_free = |near: &str| document.value(&node.join(near)).is_none();
    match nearest(key, known.iter().copied()) {
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
