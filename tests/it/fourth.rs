//! An API that no code knows of: a document and an overlay are all there is.

use generator::report;

use crate::documents::{Document, root};
use crate::snapshot::Snapshots;

/// The document with its overlay.
pub fn document() -> Document {
    Document::at("field_recordings", "fourth/openapi.yaml", Some("fourth/overlay.yaml"))
}

#[test]
fn generates_the_same_bytes_again() {
    let (first, second) = (document().generate(), document().generate());
    assert!(first.files.is_some());
    assert_eq!(first.files, second.files);
}

/// The keywords that no type is made of are reported, and nothing else.
#[test]
fn says_what_is_not_honoured() {
    let generated = document().generate();
    let mut snapshots = Snapshots::default();
    let messages = generated.diagnostics.iter().map(|message| report::line(message, &generated.sources) + "\n");
    snapshots.check(&root().join("fourth/report.txt"), &messages.collect::<String>());
    snapshots.finish();
}
