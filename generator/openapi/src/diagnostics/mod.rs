//! The messages about a document. The stages collect them, and `report` renders them at the end.
//!
//! A stage never stops at its first fault. It reports the fault here, puts the nearest safe thing in its place and
//! goes on, so that one run names everything there is to mend.

pub mod codes;
pub mod correction;
pub mod explain;

use std::collections::HashSet;

use crate::limits::MAX_MESSAGES;
use crate::pointer::Pointer;
use crate::similar::nearest;
pub use codes::Code;
pub use correction::{Action, Change, Correction, Mend};

/// One of the files that a run reads; an index into [`Sources`](crate::source::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A place in one of the files, in terms of the text as its author wrote it (overlays are accounted for by
/// [`Origins`](crate::overlay::Origins)).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// What in the file: a member, an element, or bytes of a text that has no structure.
    pub spot: Spot,
}

/// What a [`Place`] names inside its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// The value at a pointer. A string, a number or a boolean is marked itself; any other value is marked at its key, if it has one.
    Value(Pointer),
    /// The key of the member at a pointer.
    Key(Pointer),
    /// A byte offset, for text that could not be read.
    Offset(usize),
    /// A byte offset inside the value at a pointer, for text that could not be parsed.
    Within(Pointer, usize),
}

impl Spot {
    /// The pointer. `None` for a file as a whole, and for text that could not be read.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Value(pointer) | Self::Key(pointer) | Self::Within(pointer, _) => Some(pointer),
            Self::File | Self::Offset(_) => None,
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be generated as it is.
    Error,
    /// Something the document says is not honoured, or was repaired by assuming what it means.
    Warning,
    /// Something to know. Nothing is lost.
    Note,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Which kind of message it is.
    pub code: Code,
    /// What is wrong, in OpenAPI's terms: lower case, no full stop, names the thing.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to write instead, or what was emitted instead.
    pub help: Option<String>,
    /// What an overlay can do about it, and at which node of the document.
    pub mend: Option<(Pointer, Mend)>,
}

impl Diagnostic {
    /// A message without help.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>, place: Place) -> Self {
        Self { severity, code, message: message.into(), place, help: None, mend: None }
    }

    /// The same message about the key of a member, not about its value.
    #[must_use]
    pub fn about_key(mut self) -> Self {
        if let Spot::Value(pointer) = self.place.spot {
            self.place.spot = Spot::Key(pointer);
        }
        self
    }

    /// The same message with a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The messages of a run, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    known: HashSet<Diagnostic>,
    errors: usize,
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl Diagnostics {
    /// Adds a message, unless the same one is there already. Copies of one node have different mends, and one place in the text.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(Diagnostic { mend: None, ..diagnostic.clone() }) {
            self.errors += usize::from(diagnostic.severity == Severity::Error);
            self.list.push(diagnostic);
        }
    }

    /// Adds several messages.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// All messages.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The number of messages of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether anything found keeps the document from being generated.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The known name that may be meant by an unknown name, for the error that follows. `None` as well if there are so many errors that
    /// this error will not be shown.
    pub fn suggestion<'c>(&self, name: &str, known: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        if self.errors < MAX_MESSAGES { nearest(name, known) } else { None }
    }
}
