//! Two documents of one API to the changes between them, each with what it means for callers.
//!
//! The meaning of the documents is compared, not their text, so overlays, references and normalization come first. Two comparisons run side
//! by side. `wire` compares what is sent and received, and says what becomes of clients that are already built. `items` compares the
//! emitted items and says what becomes of programs written against them. `join` makes one [`Change`] of what both say about one edit,
//! however many operations it reaches.

mod change;
mod item_rules;
mod items;
mod join;
mod lowered;
mod rules;
mod verdict;
mod wire;

use generator::diagnostics::Diagnostics;
use generator::parallel::both;
use generator::source::Sources;
use generator::{ApiSource, load};

pub use change::{Change, Difference, ItemChange, Other, Reach};
pub use item_rules::ITEM_RULES;
pub use lowered::LoweredDocument;
pub use rules::{Edit, Effect, RULES, Rule};
pub use verdict::{Direction, Verdict};

pub use generator::emit::ItemKind;

/// What a comparison found.
#[derive(Debug)]
pub struct Comparison {
    /// The changes, the worst first, then in the order of the new document. `None` if a document could not be read.
    pub changes: Option<Vec<Change>>,
    /// How many members that only document something differ.
    pub documentation: usize,
    /// `info.version` of both.
    pub versions: (String, String),
    /// The operations of the new document.
    pub operations: usize,
    /// What there is to say about the documents themselves, the old one first.
    pub diagnostics: Diagnostics,
    /// The texts that places are about.
    pub sources: Sources,
}

/// Compares two documents.
///
/// Errors in a document do not keep it from being compared, as long as it can be read at all: the nearest safe thing stands in
/// their place, as when generating with `keep_going`.
pub fn compare(old: ApiSource<'_>, new: ApiSource<'_>) -> Comparison {
    let (mut sources, mut diagnostics, mut of_new) =
        (Sources::default(), Diagnostics::default(), Diagnostics::default());
    let old = load(old, &mut sources, &mut diagnostics);
    let new = load(new, &mut sources, &mut of_new);
    let (Some(old), Some(new)) = (old, new) else {
        diagnostics.extend(of_new);
        let versions = (String::new(), String::new());
        return Comparison { changes: None, documentation: 0, versions, operations: 0, diagnostics, sources };
    };
    let (old, new) = both(|| LoweredDocument::of(old, &mut diagnostics), || LoweredDocument::of(new, &mut of_new));
    diagnostics.extend(of_new);
    let ((wire, documentation), items) = both(|| wire::compare(&old, &new), || items::compare(&old, &new));
    let changes = join::join(wire, items, &old, &new);
    let versions = (old.named.api.version.clone(), new.named.api.version.clone());
    Comparison {
        changes: Some(changes),
        documentation,
        versions,
        operations: new.named.api.operations.len(),
        diagnostics,
        sources,
    }
}
