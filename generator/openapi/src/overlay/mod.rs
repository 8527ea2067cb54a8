//! Overlays: corrections in a file next to the document (OpenAPI Overlay 1.0 and 1.1).
//!
//! Takes the trees of a document and of an overlay. Gives the tree after the overlay's actions, and for every place in it where its author
//! wrote it. Reports every fault of the overlay in one run. An action that matches nothing is a fault too, so that the user learns which
//! corrections an updated document no longer needs. Knows JSONPath, but not OpenAPI.

mod action;
mod apply;
mod check;
mod meant;
mod merge;
mod origins;
mod target;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub(crate) use self::apply::extent;
pub use self::origins::Origins;

use self::apply::Run;
use crate::diagnostics::{Diagnostics, FileId};
use crate::source::Sources;

/// A document with an overlay applied.
#[derive(Clone, Debug)]
pub struct Overlaid {
    /// The tree.
    pub root: Value,
    /// Where its parts were written.
    pub origins: Origins,
}

/// Applies an overlay to a document. Actions that are at fault are reported and left out.
pub fn apply(document: FileId, overlay: FileId, sources: &Sources, out: &mut Diagnostics) -> Overlaid {
    let root = Value::clone(&sources.file(document).root);
    let (written, _) = apply::extent(&root);
    let mut run = Run { root, origins: Origins::overlaid(document, overlay), out, written, added: 0 };
    if let Some(actions) = check::actions(&sources.file(document).root, overlay, &sources.file(overlay).root, run.out) {
        for action in &actions {
            run.perform(action);
        }
    }
    Overlaid { root: run.root, origins: run.origins }
}
