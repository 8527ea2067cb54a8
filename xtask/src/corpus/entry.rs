//! What came of a document: an entry of the JSON, and a row of the table's sums.

use generator::diagnostics::{Diagnostic, Severity, Spot};
use generator::source::Sources;
use serde::Serialize;

use super::examples::Examples;

/// What came of a document.
#[derive(Debug, Default, Serialize)]
pub struct Entry {
    /// The document.
    pub file: String,
    /// The crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// Whether there is a crate.
    pub generated: bool,
    /// Whether there is one only because errors in the document are passed over, or would be.
    pub needed_keep_going: bool,
    /// Whether the crate compiles without a warning, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compiled: Option<bool>,
    /// The operations emitted.
    pub operations: usize,
    /// The operations in the document.
    pub operations_in_document: usize,
    /// The named schemas that have a type.
    pub schemas: usize,
    /// The named schemas in the document.
    pub schemas_in_document: usize,
    /// The types emitted, those of inline schemas included.
    pub models: usize,
    /// The places emitted as untyped JSON although the document says more.
    pub untyped: usize,
    /// The lines emitted, without the runtime.
    pub lines: usize,
    /// The time that generating took.
    pub seconds: f64,
    /// What failed: the first error of the generator or the compiler.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What came of comparing the document with itself, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// What came of the examples, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub examples: Option<Examples>,
    /// What the generator said.
    pub diagnostics: Vec<Message>,
}

/// What came of comparing a document with itself.
#[derive(Debug, Default, Serialize)]
pub struct Compared {
    /// The differences, of which there should be none.
    pub differences: usize,
    /// The time that it took.
    pub seconds: f64,
}

/// What the generator said of a place.
#[derive(Debug, Serialize)]
pub struct Message {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The kind of message.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The place in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The line in the document, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl Entry {
    /// Whether all that was asked for succeeded.
    pub fn is_well(&self) -> bool {
        let same = self.compared.as_ref().is_none_or(|compared| compared.differences == 0);
        self.generated && same && self.compiled != Some(false) && self.examples.as_ref().is_none_or(Examples::is_well)
    }
}

impl Message {
    /// A diagnostic with its place.
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let location = || sources.locate(&diagnostic.place);
        let (pointer, line) = match &diagnostic.place.spot {
            Spot::File => (None, None),
            Spot::Value(pointer) => (Some(pointer.to_string()), Some(location().line)),
            Spot::Offset(_) => (None, Some(location().line)),
        };
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        Self { severity, code: diagnostic.code, message: diagnostic.message.clone(), pointer, line }
    }
}
