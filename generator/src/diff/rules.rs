//! The kinds of changes, as data: `cargo xtask diff --rules` lists them.

use crate::diff::change::Verdict;

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A stable identifier in kebab case, never renamed: it stands in files of accepted changes.
    pub id: &'static str,
    /// What it is, one sentence.
    pub sentence: &'static str,
    /// A change of this kind, before and after.
    pub example: (&'static str, &'static str),
    /// What it means on the wire for what is sent; for what has no direction too.
    pub request: Verdict,
    /// What it means on the wire for what is received.
    pub response: Verdict,
}

/// All kinds.
pub static RULES: &[Rule] = &[];
