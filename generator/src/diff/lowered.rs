//! One of the two documents: read, resolved and lowered.

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::generate::{self, Named};

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
        let named = generate::lowered(&document, out);
        Self { document, named }
    }
}
