//! A document through the whole generator, messages included.
//!
//! Takes the bytes of a document and of an overlay, gives the emitted files. Panics where the generator does, or says nothing
//! about a document that it refuses.

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Generated, Layout, Options, generate, report};

/// The emitted files with their paths, and whether there was no error.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files, if any.
    pub files: Vec<(String, String)>,
    /// Whether the document has no error.
    pub clean: bool,
}

/// Generates a crate and renders what there is to say.
pub fn run(document: &[u8], overlay: Option<&[u8]>, keep_going: bool) -> Outcome {
    let text = |name: &str, bytes: &[u8]| SourceText { name: name.to_owned(), bytes: bytes.to_owned() };
    let api = ApiSource {
        name: "api".to_owned(),
        document: text("openapi.yaml", document),
        overlay: overlay.map(|bytes| text("overlay.yaml", bytes)),
        loader: &NoFiles,
    };
    let options = Options { name: "example".to_owned(), layout: Layout::Whole, keep_going, both_ways: keep_going };
    let Generated { files, diagnostics, sources, .. } = generate(vec![api], &options);
    report::render(&diagnostics, &sources, false);
    let clean = !diagnostics.has_errors();
    assert!(files.is_some() || !clean, "no files, and no word about it");
    assert!(files.is_none() || clean || keep_going, "files in spite of errors");
    Outcome { files: files.unwrap_or_default().into_iter().collect(), clean }
}
