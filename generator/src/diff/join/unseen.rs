//! What a change means for programs although no item tells of it: they compile, and may act otherwise.

use crate::diff::change::{ItemChange, Verdict, WireChange};

/// Beginnings and parts of the rules after which the emitted code sends or reads something else, or a server answers otherwise,
/// whatever built clients make of it.
const ACTS_OTHERWISE: &[&str] = &[
    "default-value",
    "pattern-",
    "multiple-of",
    "max-",
    "min-",
    "alternatives-reordered",
    "discriminator",
    "server",
    "-style-",
    "-explode-",
];

/// Parts of the rules that are harmless to a program that is compiled anew, however they harm built clients: the emitted code
/// knows the new document, keeps values that it does not know, and nothing acts on a promise.
const KNOWN_ANEW: &[&str] = &[
    "path-",
    "sunset",
    "stability",
    "enum-value-added",
    "one-of-added",
    "any-of-added",
    "media-type",
    "status",
    "tag",
    "version",
];

/// The verdict about programs that the items do not tell.
pub(super) fn verdict(wire: &WireChange, items: &[ItemChange]) -> Verdict {
    let is = |words: &[&str]| words.iter().any(|word| wire.rule.id.contains(word));
    let told = !items.is_empty();
    if is(ACTS_OTHERWISE) || (wire.wire > Verdict::Compatible && !told && !is(KNOWN_ANEW)) {
        Verdict::Behaviour
    } else {
        Verdict::Compatible
    }
}
