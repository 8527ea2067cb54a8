//! References that nothing else follows, because their parts are not emitted. Their targets must exist all the same.

use super::{Document, Node, references};
use crate::diagnostics::Diagnostics;

/// Reports every reference of the document without a target, once.
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
