//! One of the two documents: read, resolved and lowered.

use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::generate::{ApiSource, read};
use crate::ir::Api;
use crate::source::Sources;

/// A document and what is emitted for it.
#[derive(Debug)]
pub struct Side {
    /// The document, its overlay applied.
    pub document: Document,
    /// What it describes.
    pub api: Api,
}

impl Side {
    /// Reads a document as far as it can be read.
    pub fn read(source: ApiSource<'_>, sources: &mut Sources, out: &mut Diagnostics) -> Option<Self> {
        read(source, sources, out).map(|(document, api)| Self { document, api })
    }
}
