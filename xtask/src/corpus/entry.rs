//! The result for a document: an entry of the JSON, and a part of the table's sums.

use generator::diagnostics::{Diagnostic, Severity, Spot};
use generator::source::Sources;
use serde::Serialize;

#[cfg(any(test, feature = "examples"))]
use super::examples::Examples;

/// The result for a document.
#[derive(Debug, Default, Serialize)]
pub struct Entry {
    /// The document.
    pub file: String,
    /// The crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// Whether there is a crate.
    pub generated: bool,
    /// Whether the crate needs `--keep-going`, because the document has errors.
    pub needed_keep_going: bool,
    /// Whether the crate compiles without a warning, if this was asked for.
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
    /// The types emitted, including those of inline schemas.
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
    /// The result of the comparison with itself, if this was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// The result for the examples, if this was asked for.
    #[cfg(any(test, feature = "examples"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub examples: Option<Examples>,
    /// The messages of the generator.
    pub diagnostics: Vec<Message>,
}

/// The result of comparing a document with itself.
#[derive(Debug, Default, Serialize)]
pub struct Compared {
    /// The number of differences. It should be zero.
    pub differences: usize,
    /// The time that it took.
    pub seconds: f64,
}

/// A message of the generator about a place.
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
    /// Whether everything that was asked for succeeded.
    pub fn is_well(&self) -> bool {
        let same = self.compared.as_ref().is_none_or(|compared| compared.differences == 0);
        self.generated && same && self.compiled != Some(false) && self.examples_error().is_none()
    }

    /// The errors, in the words of the generator, the compiler or the trial of the examples.
    pub fn errors(&self) -> impl Iterator<Item = &String> {
        self.error.iter().chain(self.examples_error())
    }

    #[cfg(any(test, feature = "examples"))]
    fn examples_error(&self) -> Option<&String> {
        self.examples.as_ref()?.error.as_ref()
    }

    #[cfg(not(any(test, feature = "examples")))]
    fn examples_error(&self) -> Option<&String> {
        None
    }
}

impl Message {
    /// A diagnostic with its place.
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let spot = &diagnostic.place.spot;
        let pointer = spot.pointer().map(ToString::to_string);
        let line = (*spot != Spot::File).then(|| sources.locate(&diagnostic.place).line);
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        Self { severity, code: diagnostic.code.name(), message: diagnostic.message.clone(), pointer, line }
    }
}
