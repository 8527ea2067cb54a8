//! References that nothing else follows: those of parts that are not emitted, which must name something all the same.

use super::{Document, Node, references};
use crate::diagnostics::Diagnostics;

/// Reports every reference of the document that names nothing, once, wherever it stands.
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
