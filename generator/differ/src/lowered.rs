//! One of the two documents: read, resolved and lowered.

use generator::diagnostics::Diagnostics;
use generator::document::Document;
use generator::{Named, lowered};

/// A document and what is emitted for it.
#[derive(Debug)]
pub struct LoweredDocument {
    /// The document, its overlay applied.
    pub document: Document,
    /// The API that it describes, with its names.
    pub(crate) named: Named,
}

impl LoweredDocument {
    /// Lowers a document, as far as it can be read. The messages go to `out`.
    pub fn of(document: Document, out: &mut Diagnostics) -> Self {
        let named = lowered(&document, out);
        Self { document, named }
    }
}
