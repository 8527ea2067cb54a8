//! References that nothing else follows, because their parts are not emitted. Their targets must exist nevertheless.

use super::{Document, Node, references};
use crate::diagnostics::Diagnostics;

/// Reports every reference of the document that has no target. Each is reported once, even if another stage has met it.
pub fn check_references(document: &Document, out: &mut Diagnostics) {
    let root = document.root();
    let Some(value) = document.value(&root) else { return };
    references::each(value, &mut |trail, _| {
        let node = Node { file: root.file, pointer: trail.pointer() };
        if let Err(fault) = document.follow(&node) {
            document.report_reference(&node, &fault, out);
        }
    });
}
