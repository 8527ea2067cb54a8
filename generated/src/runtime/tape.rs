//! JSON text to a tape: every value and every member's name as a node, in the order of the text, borrowed from it.
//!
//! Takes a text, gives the tape, or the byte at which the text is no JSON. One pass and one allocation, whatever the text holds.
//! What is accepted is what `serde_json` accepts (RFC 8259): nesting below 128 levels, no lone surrogates, no number beyond the
//! range of a 64-bit float. Numbers keep their text. Of members with the same name the last counts.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fault::Fault;
use super::scan::Scanner;

/// The levels of arrays and objects in each other that are too many, as in `serde_json`.
const TOO_DEEP: usize = 128;

/// Objects with more members than these look for members of the same name by a table.
const FEW_MEMBERS: usize = 32;

/// The parsed form of a JSON text.
pub(super) struct Tape<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

/// A value, or the name of a member, whose value is the next node.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The first byte of what the node is; of a string, the one behind its quotation mark.
    pub(super) start: u32,
    /// The byte behind; of an array or an object, how many elements or members it has.
    pub(super) end: u32,
    /// The node behind all that this one holds; of a name, the one behind its value.
    pub(super) next: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    /// A string, or a name, without escapes.
    Plain,
    /// A string, or a name, with escapes.
    Escaped,
    Array,
    Object,
    /// The name of a member that a later one replaces.
    Replaced,
}

/// What the parser waits for.
enum Next {
    Value,
    FirstElement,
    FirstName,
    Name,
    Separator,
}

impl<'t> Tape<'t> {
    /// Parses a text.
    pub(super) fn parse(bytes: &'t [u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(bytes).map_err(|error| Fault::syntax("is not UTF-8", error.valid_up_to()))?;
        if u32::try_from(text.len()).is_err() {
            return Err(Fault::syntax("is longer than 4 GiB", 0));
        }
        let tape = Self { text, nodes: Vec::with_capacity(expected_nodes(bytes)) };
        Parser { tape, scanner: Scanner::new(bytes), open: [0; TOO_DEEP], depth: 0 }.run()
    }

    /// A node; the whole value is the first. There is none behind the last.
    pub(super) fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    /// What a string or a name says.
    pub(super) fn string(&self, node: &Node) -> Cow<'t, str> {
        let raw = self.raw(node);
        if node.kind == Kind::Escaped { Cow::Owned(unescaped(raw)) } else { Cow::Borrowed(raw) }
    }

    /// The text of a number, or of a string or a name as it is written.
    pub(super) fn raw(&self, node: &Node) -> &'t str {
        self.text.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// Whether a name is this one.
    pub(super) fn is_named(&self, node: &Node, name: &str) -> bool {
        match node.kind {
            Kind::Plain => self.raw(node) == name,
            Kind::Escaped => unescaped(self.raw(node)) == name,
            _ => false,
        }
    }
}

/// How many nodes a text has at most, or a quarter of its bytes: a text with more makes the tape grow.
fn expected_nodes(bytes: &[u8]) -> usize {
    let separators = bytes.iter().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count();
    (separators + 1).min(bytes.len() / 4 + 16)
}

struct Parser<'t> {
    tape: Tape<'t>,
    scanner: Scanner<'t>,
    /// The arrays and objects that are not over.
    open: [u32; TOO_DEEP],
    depth: usize,
}

impl<'t> Parser<'t> {
    fn run(mut self) -> Result<Tape<'t>, Fault> {
        let mut next = Next::Value;
        loop {
            next = match next {
                Next::Value => self.value()?,
                Next::FirstElement if self.scanner.skip(b']') => self.close(),
                Next::FirstElement => self.value()?,
                Next::FirstName if self.scanner.skip(b'}') => self.close(),
                Next::FirstName | Next::Name => self.name()?,
                Next::Separator if self.depth == 0 => break,
                Next::Separator => self.separator()?,
            };
        }
        if self.scanner.peek().is_some() { Err(self.scanner.unexpected("the end")) } else { Ok(self.tape) }
    }

    fn value(&mut self) -> Result<Next, Fault> {
        let start = self.scanner.start();
        match self.scanner.peek() {
            Some(b'"') => self.string()?,
            Some(b'{') => return self.open(Kind::Object, Next::FirstName),
            Some(b'[') => return self.open(Kind::Array, Next::FirstElement),
            Some(b'-' | b'0'..=b'9') => {
                self.scanner.number()?;
                self.push(Kind::Number, start);
            }
            Some(b't') => self.word("true", Kind::True, start)?,
            Some(b'f') => self.word("false", Kind::False, start)?,
            Some(b'n') => self.word("null", Kind::Null, start)?,
            _ => return Err(self.scanner.unexpected("a value")),
        }
        Ok(Next::Separator)
    }

    fn word(&mut self, word: &str, kind: Kind, start: usize) -> Result<(), Fault> {
        self.scanner.word(word)?;
        self.push(kind, start);
        Ok(())
    }

    fn string(&mut self) -> Result<(), Fault> {
        let start = self.scanner.start() + 1;
        let kind = if self.scanner.string()? { Kind::Escaped } else { Kind::Plain };
        let end = self.scanner.at() - 1;
        self.add(kind, start, end);
        Ok(())
    }

    fn name(&mut self) -> Result<Next, Fault> {
        if self.scanner.peek() != Some(b'"') {
            return Err(self.scanner.unexpected("the name of a member"));
        }
        self.string()?;
        match self.scanner.skip(b':') {
            true => Ok(Next::Value),
            false => Err(self.scanner.unexpected("`:`")),
        }
    }

    fn separator(&mut self) -> Result<Next, Fault> {
        let is_object = self.innermost().is_some_and(|node| node.kind == Kind::Object);
        let (end, more) = if is_object { (b'}', Next::Name) } else { (b']', Next::Value) };
        if self.scanner.skip(b',') {
            self.count();
            Ok(more)
        } else if self.scanner.skip(end) {
            self.count();
            Ok(self.close())
        } else {
            Err(self.scanner.unexpected(if is_object { "`,` or `}`" } else { "`,` or `]`" }))
        }
    }

    fn open(&mut self, kind: Kind, next: Next) -> Result<Next, Fault> {
        let (index, start) = (self.tape.nodes.len(), self.scanner.start());
        self.scanner.advance();
        match self.open.get_mut(self.depth) {
            Some(slot) if self.depth + 1 < TOO_DEEP => *slot = index as u32,
            _ => return Err(Fault::syntax("is nested too deeply", start)),
        }
        self.depth += 1;
        self.add(kind, start, 0);
        Ok(next)
    }

    /// Counts an element or a member of what is open.
    fn count(&mut self) {
        if let Some(node) = self.innermost() {
            node.end += 1;
        }
    }

    fn close(&mut self) -> Next {
        let next = self.tape.nodes.len() as u32;
        let index = self.depth.checked_sub(1).and_then(|depth| self.open.get(depth)).copied().unwrap_or_default();
        let node = self.innermost().map(|node| {
            node.next = next;
            *node
        });
        if let Some(node) = node.filter(|node| node.kind == Kind::Object) {
            self.link_members(index + 1, next, node.end as usize);
        }
        self.depth = self.depth.saturating_sub(1);
        Next::Separator
    }

    fn innermost(&mut self) -> Option<&mut Node> {
        let index = self.open.get(self.depth.checked_sub(1)?)?;
        self.tape.nodes.get_mut(*index as usize)
    }

    /// Lets each name know the node behind its value, and marks those that a later one replaces.
    fn link_members(&mut self, first: u32, end: u32, count: usize) {
        let (mut seen, mut similar) = (0_u64, false);
        let mut index = first;
        while index < end {
            let Some(next) = self.tape.nodes.get(index as usize + 1).map(|value| value.next) else { return };
            let Some(name) = self.tape.nodes.get_mut(index as usize) else { return };
            name.next = next;
            let mark = 1_u64 << mark(self.tape.text.as_bytes(), name);
            similar |= seen & mark != 0 || name.kind == Kind::Escaped;
            seen |= mark;
            index = next;
        }
        if similar && count > FEW_MEMBERS {
            self.replace_by_table(first, end);
        } else if similar {
            self.replace_by_pairs(first, end);
        }
    }

    fn replace_by_pairs(&mut self, first: u32, end: u32) {
        let mut index = first;
        while index < end {
            let Some(name) = self.tape.node(index).copied() else { return };
            let mut later = name.next;
            while later < end {
                let Some(other) = self.tape.node(later) else { return };
                if self.is_same_name(&name, other) {
                    self.replace(index);
                    break;
                }
                later = other.next;
            }
            index = name.next;
        }
    }

    fn is_same_name(&self, name: &Node, other: &Node) -> bool {
        match (name.kind, other.kind) {
            (Kind::Plain, Kind::Plain) => {
                other.end - other.start == name.end - name.start && self.tape.raw(other) == self.tape.raw(name)
            }
            _ => self.tape.string(name) == self.tape.string(other),
        }
    }

    fn replace_by_table(&mut self, first: u32, end: u32) {
        let mut last: HashMap<Cow<'t, str>, u32> = HashMap::new();
        let mut index = first;
        while index < end {
            let Some(name) = self.tape.node(index).copied() else { return };
            if let Some(earlier) = last.insert(self.tape.string(&name), index) {
                self.replace(earlier);
            }
            index = name.next;
        }
    }

    fn replace(&mut self, index: u32) {
        if let Some(name) = self.tape.nodes.get_mut(index as usize) {
            name.kind = Kind::Replaced;
        }
    }

    /// Adds what lies between `start` and the scanner.
    fn push(&mut self, kind: Kind, start: usize) {
        self.add(kind, start, self.scanner.at());
    }

    /// No offset is cut: the text is shorter than 4 GiB.
    fn add(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.tape.nodes.len() as u32 + 1;
        self.tape.nodes.push(Node { kind, start: start as u32, end: end as u32, next });
    }
}

/// A number below 64 that names which differ seldom share.
fn mark(text: &[u8], name: &Node) -> u32 {
    let byte = |at: u32| text.get(at as usize).copied().map_or(0, u32::from);
    let length = name.end - name.start;
    let (first, middle, last) = (byte(name.start), byte(name.start + length / 2), byte(name.end.saturating_sub(1)));
    (length.wrapping_mul(7) ^ first.wrapping_mul(5) ^ middle.wrapping_mul(3) ^ last) % 64
}

/// The text of a string with escapes, which the scanner has checked.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut characters = escape.chars();
        match characters.next() {
            Some('u') => {
                let (character, behind) = unicode(characters.as_str());
                text.push(character);
                rest = behind;
                continue;
            }
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some(other) => text.push(other),
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text
}

/// The character of an escape behind its `\u`, and what follows.
fn unicode(escape: &str) -> (char, &str) {
    let unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
    let high = unit(escape).unwrap_or_default();
    let rest = escape.get(4..).unwrap_or_default();
    let low = rest.strip_prefix("\\u").and_then(unit).filter(|_| (0xd800..0xdc00).contains(&high));
    match low {
        Some(low) => {
            let joined = 0x1_0000 + ((high - 0xd800) << 10) + (low & 0x3ff);
            (char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER), rest.get(6..).unwrap_or_default())
        }
        None => (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), rest),
    }
}
