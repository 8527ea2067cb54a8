//! What a user chooses because the document cannot say it: which operations are emitted, and types in Rust.
//!
//! Takes parsed TOML, gives [`Choices`]. Does not see the document, so names in a choice are checked later.

mod glob;
mod reader;
mod selector;
mod types;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostics::{Diagnostics, FileId, Place};
use crate::formats::Format;
use crate::pointer::Pointer;
use crate::source::Sources;
use reader::Reader;

pub use selector::{Candidate, Selector};
pub use types::{Dependency, Derives};

/// The keys that there are.
const KEYS: &[&str] = &["dependencies", "derives", "except", "formats", "only", "types"];

/// What is chosen.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The operations to emit. If the list is empty, all are emitted.
    pub only: Vec<Selector>,
    /// The operations not to emit.
    pub except: Vec<Selector>,
    /// The types of formats, by their names in the document, and where each was chosen.
    pub formats: BTreeMap<String, (FormatChoice, Place)>,
    /// The user's types, by the names of the schemas that they replace.
    pub types: Vec<(String, String, Place)>,
    /// The further traits that are derived for types.
    pub derives: Vec<Derives>,
    /// The crates that the user's types need, by name.
    pub dependencies: BTreeMap<String, Dependency>,
}

/// The type that is chosen for a format.
#[derive(Clone, Debug)]
pub enum FormatChoice {
    /// Plain text.
    Text,
    /// A type of another crate than the usual one.
    Other(&'static Format),
    /// A type of the user's.
    Own(String),
}

/// Reads choices. If two files have the same key, the later file counts.
pub fn read(files: &[FileId], sources: &Sources, out: &mut Diagnostics) -> Choices {
    let mut choices = Choices::default();
    for file in files {
        let mut reader = Reader { file: *file, out };
        let Value::Object(members) = &*sources.file(*file).root else { continue };
        for (key, value) in members {
            let at = Pointer::root().join(key);
            match key.as_str() {
                "only" => choices.only = reader.selectors(&at, value),
                "except" => choices.except = reader.selectors(&at, value),
                "formats" => choices.formats = types::formats(&mut reader, &at, value),
                "types" => choices.types = types::types(&mut reader, &at, value),
                "derives" => choices.derives = types::derives(&mut reader, &at, value),
                "dependencies" => choices.dependencies = types::dependencies(&mut reader, &at, value),
                _ => reader.unknown(&at, &format!("there is no choice `{key}`"), key, KEYS),
            }
        }
    }
    choices
}
