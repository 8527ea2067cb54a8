//! From text to raw tree: JSON, YAML or TOML to a [`serde_json::Value`] in document order, and back from any node to its line.
//!
//! Takes the bytes of files, gives their trees and the places of everything in them. Reports everything that a tree of JSON cannot hold:
//! duplicate keys, tags, cycles, numbers out of range, nesting beyond [`MAX_NESTING`](crate::limits::MAX_NESTING). Reads no files, and
//! knows nothing of OpenAPI.
//!
//! All formats are read as events with their places. So one builder makes every tree and its marks, without recursion. A mark for every
//! node costs little, and there is no second parse that could disagree.

mod continuation;
mod encoding;
mod foreign;
mod indentation;
mod json;
mod json_string;
mod loader;
mod numbers;
mod positions;
mod reading;
mod scalar;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;
mod yaml_faults;

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

pub use self::loader::{LoadError, Loader, NoFiles, resolve};

use self::positions::Positions;
use self::reading::Reading;
use self::tree::{Mark, MemberOrder};
use crate::diagnostics::{Diagnostics, FileId, Place, Spot};

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The name, as messages show it: for the files of a document, their path.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON: the first character is `{` or `[`.
    Json,
    /// TOML: the name ends so.
    Toml,
    /// YAML: anything else.
    Yaml,
}

/// A file with its tree.
#[derive(Debug)]
pub struct SourceFile {
    /// The name, as messages show it.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// The tree, an object; null if the text could not be read. A document without an overlay uses this tree, and copies nothing.
    pub root: Arc<Value>,
    /// How the text is written.
    pub format: Format,
    mark: Mark,
    order: MemberOrder,
    positions: Positions,
}

/// A place in terms of an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The bytes of the text that the place covers.
    pub span: Range<usize>,
}

/// The files of a run. A clone shares them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// Reads a file. If that fails, the reasons are among the diagnostics, and the text is kept to show them in.
    pub fn parse(&mut self, text: SourceText, out: &mut Diagnostics) -> Option<FileId> {
        let id = FileId(u32::try_from(self.files.len()).ok()?);
        let SourceText { name, bytes } = text;
        let (text, readable) = reading::text(bytes, id, out);
        let positions = Positions::new(&text);
        let reading = Reading { text: &text, positions: &positions, file: id };
        let (node, format) = if readable { reading.root(&name, out) } else { (None, Format::Yaml) };
        let read = node.is_some();
        let (root, mark) = node.map_or_else(Default::default, |node| (Arc::new(node.value), node.mark));
        let order = MemberOrder::default();
        self.files.push(Arc::new(SourceFile { name, text, root, format, mark, order, positions }));
        read.then_some(id)
    }

    /// The file of an id that this value has given out.
    ///
    /// # Panics
    ///
    /// If the id comes from another `Sources`.
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.get(id).expect("file ids come from these sources")
    }

    /// The file with a name, if it has been read.
    pub fn find(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.name == name)?;
        u32::try_from(index).ok().map(FileId)
    }

    /// The file of an id, if it exists.
    pub(crate) fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?).map(Arc::as_ref)
    }

    /// The line and column of a place. For a pointer that leads nowhere, those of the nearest node above it.
    pub fn locate(&self, place: &Place) -> Location {
        self.file(place.file).locate(&place.spot)
    }

    /// A number or a boolean as its author wrote it: `1.10`, which is 1.1, or `0x1F`, which is 31.
    pub fn written(&self, place: &Place) -> Option<&str> {
        let Spot::Value(pointer) = &place.spot else { return None };
        let file = self.get(place.file)?;
        let (value, mark) = file.mark(&pointer.segments());
        let text = file.text.get(mark.value.range())?;
        // The text of an alias or of a tag is not the text of the value.
        let is_plain =
            text.starts_with(|first: char| first.is_ascii_alphanumeric() || matches!(first, '+' | '-' | '.'));
        (is_plain && (value.is_number() || value.is_boolean())).then_some(text)
    }

    /// The text of a line (counted from 1), and where in the file it begins.
    pub(crate) fn line(&self, file: FileId, line: usize) -> (usize, &str) {
        self.file(file).line(line)
    }
}

impl SourceFile {
    fn locate(&self, spot: &Spot) -> Location {
        let span = match spot {
            Spot::File => 0..0,
            Spot::Key(pointer) => self.mark(&pointer.segments()).1.span.range(),
            Spot::Value(pointer) => self.span(&pointer.segments()),
            Spot::Offset(offset) | Spot::Within(_, offset) => self.character(*offset),
        };
        let (line, column) = self.positions.line_column(&self.text, span.start);
        Location { line, column, span }
    }

    /// The place of a value: a scalar on one line itself, any other value by its key.
    fn span(&self, segments: &[&str]) -> Range<usize> {
        let (value, mark) = self.mark(segments);
        let is_scalar = matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
        // Text of several lines is better shown by its key.
        let written = self.text.get(mark.value.range()).filter(|text| !text.is_empty() && !text.contains('\n'));
        if is_scalar && written.is_some() { mark.value.range() } else { mark.span.range() }
    }

    /// The value at a pointer with its mark, or the nearest value above it.
    fn mark(&self, segments: &[&str]) -> (&Value, &Mark) {
        let mut value = &*self.root;
        let mut mark = &self.mark;
        for (depth, segment) in segments.iter().enumerate() {
            let index = match value {
                Value::Object(members) => self.order.index(members, (mark, depth), segment),
                Value::Array(_) => segment.parse().ok(),
                _ => None,
            };
            let child = match value {
                Value::Object(members) => members.get(*segment),
                Value::Array(elements) => index.and_then(|index| elements.get(index)),
                _ => None,
            };
            match (child, index.and_then(|index| mark.children.get(index))) {
                (Some(child), Some(child_mark)) => (value, mark) = (child, child_mark),
                _ => break,
            }
        }
        (value, mark)
    }

    fn character(&self, offset: usize) -> Range<usize> {
        let offset = offset.min(self.text.len());
        let length = self.text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        offset..offset + length
    }

    fn line(&self, line: usize) -> (usize, &str) {
        let range = self.positions.line(line);
        (range.start, self.text.get(range).unwrap_or_default().trim_end_matches('\r'))
    }
}
