//! An action as the overlay states it. Its form has been checked.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Severity, Spot};
use crate::pointer::Pointer;

/// The feature set that the overlay's version names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0: the update of an array is one new element. Only objects and arrays can be updated.
    V1_0,
    /// 1.1: an array is concatenated with an array. Primitives can be replaced. There is `copy`.
    V1_1,
}

/// One action.
pub(super) struct Action<'o> {
    pub(super) version: Version,
    /// The overlay, and the action's place in it.
    pub(super) file: FileId,
    pub(super) pointer: Pointer,
    pub(super) target: JsonPath,
    pub(super) change: Change<'o>,
}

/// What an action does to its targets.
pub(super) enum Change<'o> {
    Update(&'o Value),
    Remove,
    Copy(JsonPath),
}

impl Action<'_> {
    /// An error about one of the action's members.
    pub(super) fn error(&self, code: Code, member: &str, message: impl Into<String>) -> Diagnostic {
        let place = Place { file: self.file, spot: Spot::Value(self.pointer.join(member)) };
        Diagnostic::new(Severity::Error, code, message, place)
    }
}
