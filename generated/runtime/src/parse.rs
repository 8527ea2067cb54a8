//! From JSON text to a [`Tape`], in one pass. One allocation is enough, except for texts that consist of little more than separators.
//!
//! What is accepted is what `serde_json` accepts (RFC 8259): nesting below 128 levels, no lone surrogates, no number beyond the range
//! of a 64-bit float.

use super::fault::Fault;
use super::names::{FEW_MEMBERS, Names, replace_all, replace_earlier};
use super::scan::Scanner;
use super::tape::{Kind, Node, Tape};

/// The least nesting depth of arrays and objects that is refused, as in `serde_json`.
const TOO_DEEP: usize = 128;

/// Some servers begin a body with this mark. RFC 8259 (section 8.1) lets a reader ignore it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Parses a text. A fault names the byte at which the text stops being JSON.
pub(super) fn parse(bytes: &[u8]) -> Result<Tape<'_>, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::syntax("is not UTF-8", error.valid_up_to()))?;
    if u32::try_from(text.len()).is_err() {
        return Err(Fault::syntax("is longer than 4 GiB", 0));
    }
    let mut parser = Parser {
        text,
        scanner: Scanner::new(bytes, if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }),
        nodes: Vec::with_capacity(expected_nodes(bytes)),
        names: Names::new(),
        open: Open::default(),
        outer: [Open::default(); TOO_DEEP],
        depth: 0,
    };
    parser.run().map_err(|fault| *fault)?;
    Ok(Tape::new(text, parser.nodes))
}

/// How many nodes to reserve memory for: as many as the text can have, but at most about one for every four bytes. If there are more, the
/// tape grows.
fn expected_nodes(bytes: &[u8]) -> usize {
    let is_separator = |byte: &u8| u8::from(matches!(byte, b',' | b':' | b'[' | b'{'));
    // Each sum fits into a byte, so that the processor can add pieces of 32 bytes at once.
    let separators: usize =
        bytes.chunks(7 * 32).map(|chunk| usize::from(chunk.iter().map(is_separator).sum::<u8>())).sum();
    (separators + 1).min(bytes.len() / 4 + 16)
}

struct Parser<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    nodes: Vec<Node>,
    names: Names,
    /// The innermost array or object that is not finished.
    open: Open,
    /// The arrays and objects around it. The first one stands for the text itself.
    outer: [Open; TOO_DEEP],
    depth: usize,
}

/// An array or an object that is not finished.
#[derive(Clone, Copy, Default)]
struct Open {
    node: u32,
    /// How many elements or members it has so far.
    count: u32,
    is_object: bool,
    /// Whether a name has escapes. Then each later name may equal it, even if the two are written differently.
    has_escapes: bool,
    /// Whether two of its members may have the same name, so that they are compared when the object ends.
    may_repeat: bool,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Box<Fault>> {
        loop {
            self.value()?;
            loop {
                if self.depth == 0 {
                    return if self.scanner.peek().is_some() {
                        Err(self.scanner.unexpected("the end"))
                    } else {
                        Ok(())
                    };
                }
                if self.goes_on()? {
                    break;
                }
            }
        }
    }

    /// Reads up to the end of the next scalar, or of the next empty array or object. On the way, begins the arrays and objects around it,
    /// and reads the names of members.
    #[inline]
    fn value(&mut self) -> Result<(), Box<Fault>> {
        loop {
            if self.open.is_object {
                self.name()?;
            }
            let byte = self.scanner.peek();
            let start = self.scanner.at();
            match byte {
                Some(b'"') => return self.string(),
                Some(b'-' | b'0'..=b'9') => {
                    self.scanner.number()?;
                    self.add(Kind::Number, start, self.scanner.at());
                    return Ok(());
                }
                Some(b'{') if self.opens(true, b'}')? => {}
                Some(b'[') if self.opens(false, b']')? => {}
                Some(b'{' | b'[') => return Ok(()),
                Some(b't') => return self.word("true", Kind::True),
                Some(b'f') => return self.word("false", Kind::False),
                Some(b'n') => return self.word("null", Kind::Null),
                _ => return Err(self.scanner.unexpected("a value")),
            }
        }
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<(), Box<Fault>> {
        let start = self.scanner.at();
        self.scanner.word(word)?;
        self.add(kind, start, self.scanner.at());
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Result<(), Box<Fault>> {
        let start = self.scanner.at() + 1;
        let kind = if self.scanner.string()? { Kind::Escaped } else { Kind::Plain };
        self.add(kind, start, self.scanner.at() - 1);
        Ok(())
    }

    /// Takes the name of a member and what stands between it and its value.
    #[inline]
    fn name(&mut self) -> Result<(), Box<Fault>> {
        let start = self.scanner.at() + 1;
        match self.scanner.plain_name() {
            Some(end) => {
                self.add_name(Kind::Plain, start, end);
                Ok(())
            }
            None => self.any_name(),
        }
    }

    /// As [`Parser::name`], with white space and escapes.
    #[inline(never)]
    fn any_name(&mut self) -> Result<(), Box<Fault>> {
        if self.scanner.peek() != Some(b'"') {
            return Err(self.scanner.unexpected("the name of a member"));
        }
        let start = self.scanner.at() + 1;
        let kind = if self.scanner.string()? { Kind::Escaped } else { Kind::Plain };
        self.add_name(kind, start, self.scanner.at() - 1);
        if self.scanner.skip(b':') { Ok(()) } else { Err(self.scanner.unexpected("`:`")) }
    }

    #[inline]
    fn add_name(&mut self, kind: Kind, start: usize, end: usize) {
        let index = self.nodes.len() as u32;
        // `next` is right for a value without nodes inside. For an array or an object, it is corrected when the value ends.
        let name = Node { kind, start: start as u32, end: end as u32, next: index + 2 };
        self.open.has_escapes |= kind == Kind::Escaped;
        if self.names.may_repeat(self.text.as_bytes(), &name, index, self.open.node) || self.open.has_escapes {
            self.repeats(&name);
        }
        self.nodes.push(name);
    }

    /// Handles a name that an earlier member may have too.
    #[cold]
    fn repeats(&mut self, name: &Node) {
        match self.open.count > FEW_MEMBERS {
            true => self.open.may_repeat = true,
            false => replace_earlier(self.text, &mut self.nodes, self.open.node + 1, name),
        }
    }

    /// Takes what follows a value. Says whether another value of the same array or object comes next.
    #[inline]
    fn goes_on(&mut self) -> Result<bool, Box<Fault>> {
        self.open.count += 1;
        let end = if self.open.is_object { b'}' } else { b']' };
        match self.scanner.peek() {
            Some(b',') => {
                self.scanner.advance();
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.scanner.advance();
                self.close();
                Ok(false)
            }
            _ => Err(self.scanner.unexpected(if self.open.is_object { "`,` or `}`" } else { "`,` or `]`" })),
        }
    }

    /// Begins an array or an object. Says whether it holds anything.
    fn opens(&mut self, is_object: bool, end: u8) -> Result<bool, Box<Fault>> {
        let start = self.scanner.at();
        self.scanner.advance();
        match self.outer.get_mut(self.depth) {
            Some(outer) if self.depth + 1 < TOO_DEEP => *outer = self.open,
            _ => return Err(Fault::syntax("is nested too deeply", start).into()),
        }
        self.depth += 1;
        self.open = Open { node: self.nodes.len() as u32, count: 0, is_object, has_escapes: false, may_repeat: false };
        self.add(if is_object { Kind::Object } else { Kind::Array }, start, 0);
        let is_empty = self.scanner.skip(end);
        if is_empty {
            self.close();
        }
        Ok(!is_empty)
    }

    fn close(&mut self) {
        let (closed, next) = (self.open, self.nodes.len() as u32);
        if let Some(node) = self.nodes.get_mut(closed.node as usize) {
            (node.end, node.next) = (closed.count, next);
        }
        if closed.may_repeat {
            replace_all(self.text, &mut self.nodes, closed.node + 1);
        }
        self.depth = self.depth.saturating_sub(1);
        self.open = self.outer.get(self.depth).copied().unwrap_or_default();
        if self.open.is_object
            && let Some(name) = closed.node.checked_sub(1).and_then(|name| self.nodes.get_mut(name as usize))
        {
            name.next = next;
        }
    }

    /// Adds a node. The casts lose nothing, because the text is shorter than 4 GiB.
    #[inline]
    fn add(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind, start: start as u32, end: end as u32, next });
    }
}
