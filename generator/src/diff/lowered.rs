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
    /// Lowers what can be read of a document.
    pub fn of(document: Document, out: &mut Diagnostics) -> Self {
        let named = generate::lowered(&document, out);
        Self { document, named }
    }
}
