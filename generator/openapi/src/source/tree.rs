//! Builds a tree and its marks from the parts that a reader of JSON, YAML or TOML passes in document order.
//!
//! Takes opened and closed containers, keys and scalars; gives a value with a mark for every node. Reports faults that all formats share:
//! duplicate keys and too deep nesting. Does not read text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::positions::Positions;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Place, Severity, Spot, codes};
use crate::limits::MAX_NESTING;
use crate::pointer::Pointer;

/// The most segments of a pointer that a message shows. More would hide the message.
const SHOWN_SEGMENTS: usize = 24;

/// Where the nodes of a tree were written. Marks have the same shape as the tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    /// The key of a member. For an element or the root, the scalar or the first character.
    pub(super) span: Span,
    /// The scalar or the first character of the value, also for a member.
    pub(super) value: Span,
    /// The marks of the members or elements, in their order.
    pub(super) children: Vec<Mark>,
}

impl Mark {
    pub(super) fn new(span: Range<usize>) -> Self {
        let span = Span::from(span);
        Self { value: span, span, children: Vec::new() }
    }
}

/// A range of bytes in a text. It takes little memory, because every node has two of them. Beyond 4 GiB, it points to the last byte that it
/// can hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(super) fn start(self) -> usize {
        self.range().start
    }

    pub(super) fn range(self) -> Range<usize> {
        let offset = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        offset(self.start)..offset(self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: offset(range.start), end: offset(range.end) }
    }
}

/// The positions of the members of large objects, computed once for each object that is asked for. Otherwise, messages about many members
/// would take quadratic time.
#[derive(Debug, Default)]
pub(super) struct MemberOrder(Mutex<HashMap<(usize, usize), HashMap<String, usize>>>);

/// Objects with fewer members are searched.
const LARGE: usize = 64;

impl MemberOrder {
    /// The position of a member with this key, in the object of a mark at a depth.
    pub(super) fn index(&self, members: &Map<String, Value>, at: (&Mark, usize), key: &str) -> Option<usize> {
        if members.len() < LARGE {
            return members.keys().position(|member| member == key);
        }
        let (mark, depth) = at;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Two objects begin at one place only if one contains the other, or if an alias repeats one. The depth tells the former apart. The
        // latter have the same members.
        let order = known
            .entry((mark.span.start(), depth))
            .or_insert_with(|| members.keys().enumerate().map(|(index, key)| (key.clone(), index)).collect());
        order.get(key).copied()
    }
}

/// A value with its marks.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) mark: Mark,
}

/// The document cannot be read further. The reason is among the diagnostics.
pub(super) struct Stop;

enum Frame {
    Array { elements: Vec<Value>, mark: Mark },
    Object { members: Map<String, Value>, mark: Mark, key: Option<Key> },
}

/// A key whose value follows.
enum Key {
    /// It is the last one of its object.
    New(Range<usize>),
    /// The object has it already.
    Repeated(String),
}

/// Builds a tree from the containers, keys and scalars that the reader of a file passes to it.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) positions: &'a Positions,
    file: FileId,
    out: &'a mut Diagnostics,
    frames: Vec<Frame>,
    root: Option<Node>,
    failed: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, positions: &'a Positions, file: FileId, out: &'a mut Diagnostics) -> Self {
        Self { text, positions, file, out, frames: Vec::new(), root: None, failed: false }
    }

    /// The finished tree; `None` if anything was wrong.
    pub(super) fn finish(self) -> Option<Node> {
        self.root.filter(|_| !self.failed)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Whether the innermost open container is an object; `None` if none is open.
    pub(super) fn in_object(&self) -> Option<bool> {
        self.frames.last().map(|frame| matches!(frame, Frame::Object { .. }))
    }

    /// Whether the innermost open container is an object that waits for a key.
    pub(super) fn expects_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Object { key: None, .. }))
    }

    pub(super) fn open_array(&mut self, span: Range<usize>) -> Result<(), Stop> {
        self.open(span, |mark| Frame::Array { elements: Vec::new(), mark })
    }

    pub(super) fn open_object(&mut self, span: Range<usize>) -> Result<(), Stop> {
        self.open(span, |mark| Frame::Object { members: Map::new(), mark, key: None })
    }

    fn open(&mut self, span: Range<usize>, frame: impl FnOnce(Mark) -> Frame) -> Result<(), Stop> {
        if self.frames.len() >= MAX_NESTING {
            return Err(self.too_deep(span.start));
        }
        self.frames.push(frame(Mark::new(span)));
        Ok(())
    }

    pub(super) fn too_deep(&mut self, offset: usize) -> Stop {
        let message = format!("values are nested deeper than {MAX_NESTING} levels");
        self.stop(
            codes::NESTING_TOO_DEEP,
            message,
            offset,
            Some("flatten the document; named schemas may refer to each other"),
        )
    }

    /// Adds a key. Its place holds null until its value follows, so that each key is hashed once.
    pub(super) fn key(&mut self, name: String, span: Range<usize>) {
        let Some(Frame::Object { members, mark, key }) = self.frames.last_mut() else { return };
        match members.entry(name) {
            Entry::Vacant(place) => {
                place.insert(Value::Null);
                *key = Some(Key::New(span));
            }
            Entry::Occupied(known) => {
                let name = known.key().clone();
                let first = members.keys().position(|member| *member == name);
                let first = first.and_then(|index| mark.children.get(index)).map_or(0, |mark| mark.span.start());
                *key = Some(Key::Repeated(name.clone()));
                self.repeated(&name, span.start, first);
            }
        }
    }

    fn repeated(&mut self, name: &str, offset: usize, first: usize) {
        let (line, column) = self.positions.line_column(self.text, first);
        let message = format!("the key `{name}` is here twice, first at {line}:{column}");
        self.fault(
            codes::DUPLICATE_KEY,
            message,
            offset,
            Some("remove one of the two, or begin a new entry of a list between them"),
        );
    }

    /// Closes the innermost container and returns it. It is not part of the tree until `put` adds it.
    pub(super) fn close(&mut self) -> Option<Node> {
        let mut node = match self.frames.pop()? {
            Frame::Array { elements, mark } => Node { value: Value::Array(elements), mark },
            Frame::Object { members, mark, .. } => Node { value: Value::Object(members), mark },
        };
        node.mark.children.shrink_to_fit();
        Some(node)
    }

    /// Puts a finished value at the next place. Of duplicate members, the first one stays.
    pub(super) fn put(&mut self, node: Node) {
        let Node { value, mut mark } = node;
        match self.frames.last_mut() {
            None => self.root = Some(Node { value, mark }),
            Some(Frame::Array { elements, mark: parent }) => {
                elements.push(value);
                parent.children.push(mark);
            }
            Some(Frame::Object { members, mark: parent, key }) => {
                if let (Some(Key::New(span)), Some(place)) = (key.take(), members.values_mut().next_back()) {
                    mark.span = span.into();
                    *place = value;
                    parent.children.push(mark);
                }
            }
        }
    }

    /// The innermost bracket that is open, and where it is.
    pub(super) fn open_bracket(&self) -> Option<(char, usize)> {
        let opened = self.frames.iter().rev().map(|frame| match frame {
            Frame::Array { mark, .. } | Frame::Object { mark, .. } => mark.span.start(),
        });
        let mut brackets = opened.filter_map(|at| Some((self.text.get(at..)?.chars().next()?, at)));
        brackets.find(|(bracket, _)| matches!(bracket, '[' | '{'))
    }

    /// Where the next value goes.
    pub(super) fn pointer(&self) -> Pointer {
        Pointer::root().extend(self.frames.iter().filter_map(|frame| match frame {
            Frame::Array { elements, .. } => Some(elements.len().to_string()),
            Frame::Object { members, key, .. } => match key.as_ref()? {
                Key::New(_) => members.keys().next_back().cloned(),
                Key::Repeated(name) => Some(name.clone()),
            },
        }))
    }

    /// The outer segments of this pointer, as many as a message shows.
    pub(super) fn shown_pointer(&self) -> Pointer {
        Pointer::root().extend(self.pointer().segments().into_iter().take(SHOWN_SEGMENTS))
    }

    /// Reports a fault after which there is still a tree to look at.
    pub(super) fn fault(&mut self, code: Code, message: impl Into<String>, offset: usize, help: Option<&str>) {
        self.report(Severity::Error, code, message.into(), offset, help);
    }

    /// Reports a fault after which reading goes on, but gives no tree.
    pub(super) fn error(&mut self, code: Code, message: impl Into<String>, offset: usize, help: Option<&str>) {
        self.failed = true;
        self.report(Severity::Error, code, message.into(), offset, help);
    }

    /// Reports a fault after which nothing can be read.
    pub(super) fn stop(&mut self, code: Code, message: impl Into<String>, offset: usize, help: Option<&str>) -> Stop {
        self.error(code, message, offset, help);
        Stop
    }

    /// Reports something to look at.
    pub(super) fn warning(&mut self, code: Code, message: String, offset: usize) {
        self.report(Severity::Warning, code, message, offset, None);
    }

    fn report(&mut self, severity: Severity, code: Code, message: String, offset: usize, help: Option<&str>) {
        let place = Place { file: self.file, spot: Spot::Within(self.shown_pointer(), offset) };
        let mut diagnostic = Diagnostic::new(severity, code, message, place);
        diagnostic.help = help.map(str::to_owned);
        self.out.push(diagnostic);
    }
}
