//! A document through the whole generator, messages included.
//!
//! Takes the bytes of a document and of an overlay, gives the emitted files; or of two documents, and gives the changes between
//! them. Panics where the generator does, or says nothing about a document that it refuses.

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
    let api = source(document, overlay);
    let options = Options { keep_going, ..Options::new("example", Layout::Whole) };
    let Generated { files, diagnostics, sources, .. } = generate(vec![api], &options);
    report::render(&diagnostics, &sources, false);
    let clean = !diagnostics.has_errors();
    assert!(files.is_some() || !clean, "no files, and no word about it");
    assert!(files.is_none() || clean || keep_going, "files in spite of errors");
    Outcome { files: files.unwrap_or_default().into_iter().collect(), clean }
}

/// The changes between two documents, the number of those that only document something last if there are any.
pub fn compare(old: &[u8], new: &[u8]) -> Vec<String> {
    let found = differ::compare(source(old, None), source(new, None));
    report::render(&found.diagnostics, &found.sources, false);
    let changes = found.changes.iter().flatten().map(|change| format!("{change:?}"));
    changes.chain((found.documentation > 0).then(|| found.documentation.to_string())).collect()
}

fn source(document: &[u8], overlay: Option<&[u8]>) -> ApiSource<'static> {
    let text = |name: &str, bytes: &[u8]| SourceText { name: name.to_owned(), bytes: bytes.to_owned() };
    ApiSource {
        name: "api".to_owned(),
        document: text("openapi.yaml", document),
        overlay: overlay.map(|bytes| text("overlay.yaml", bytes)),
        choices: Vec::new(),
        loader: &NoFiles,
    }
}
