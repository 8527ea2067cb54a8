//! The tokens of JSON (RFC 8259, 2 to 7). Takes bytes that are UTF-8, steps over white space, strings, numbers and literals, and says where
//! a token is wrong.

use super::fault::Fault;

/// A number of this many digits, without an exponent, is in the range of a 64-bit float.
const SURELY_FINITE: usize = 300;

/// A place in a text.
///
/// Faults are boxed, so that a result has two words and stays in registers.
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(bytes: &'t [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The place.
    #[inline]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The first byte of the next token. Moves the place to it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let mut at = self.at;
        let byte = loop {
            match self.bytes.get(at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
                byte => break byte.copied(),
            }
        };
        self.at = at;
        byte
    }

    /// Steps over one byte.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Steps over the next word if it is this byte.
    #[inline]
    pub(super) fn skip(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Steps over a literal.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Box<Fault>> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Steps over a string. Says whether it holds escapes.
    #[inline]
    pub(super) fn string(&mut self) -> Result<bool, Box<Fault>> {
        self.at = plain_end(self.bytes, self.at + 1);
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(false);
        }
        self.string_with_escapes()
    }

    /// Reads a name and the colon after it, and gives the end of the name. Reads nothing if the name has escapes, or if there is white
    /// space around the name or the colon.
    #[inline]
    pub(super) fn plain_name(&mut self) -> Option<usize> {
        if self.byte() != Some(b'"') {
            return None;
        }
        let end = plain_end(self.bytes, self.at + 1);
        if self.bytes.get(end..).and_then(|rest| rest.first_chunk()) != Some(b"\":") {
            return None;
        }
        self.at = end + 2;
        Some(end)
    }

    fn string_with_escapes(&mut self) -> Result<bool, Box<Fault>> {
        loop {
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(_) => return Err(Fault::syntax("holds a control character that is not escaped", self.at).into()),
                None => return Err(self.unexpected("the end of a string")),
            }
            self.at = plain_end(self.bytes, self.at);
        }
        self.at += 1;
        Ok(true)
    }

    fn escape(&mut self) -> Result<(), Box<Fault>> {
        let start = self.at;
        self.at += 2;
        match self.bytes.get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(()),
            Some(b'u') => match self.unit(start)? {
                0xd800..0xdc00 => self.low_surrogate(start),
                0xdc00..0xe000 => Err(lone(start)),
                _ => Ok(()),
            },
            _ => Err(Fault::syntax("holds an escape that JSON does not have", start).into()),
        }
    }

    fn low_surrogate(&mut self, start: usize) -> Result<(), Box<Fault>> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(b"\\u") {
            return Err(lone(start));
        }
        self.at += 2;
        if (0xdc00..0xe000).contains(&self.unit(start)?) { Ok(()) } else { Err(lone(start)) }
    }

    /// Steps over the four digits of an escape.
    fn unit(&mut self, start: usize) -> Result<u32, Box<Fault>> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let digit = digit.ok_or_else(|| Fault::syntax("holds an escape without four digits", start))?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Steps over a number.
    #[inline]
    pub(super) fn number(&mut self) -> Result<(), Box<Fault>> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.fraction_and_exponent(start),
            _ => self.in_range(start, self.at - start > SURELY_FINITE),
        }
    }

    fn fraction_and_exponent(&mut self, start: usize) -> Result<(), Box<Fault>> {
        let mut may_be_large = self.at - start > SURELY_FINITE;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
            may_be_large = true;
        }
        self.in_range(start, may_be_large)
    }

    #[inline]
    fn in_range(&self, start: usize, may_be_large: bool) -> Result<(), Box<Fault>> {
        match may_be_large && !self.is_finite(start) {
            true => Err(Fault::syntax("is a number that is out of range", start).into()),
            false => Ok(()),
        }
    }

    fn is_finite(&self, start: usize) -> bool {
        let text = self.bytes.get(start..self.at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.and_then(|text| text.parse().ok()).is_some_and(f64::is_finite)
    }

    #[inline]
    fn digits(&mut self) -> Result<(), Box<Fault>> {
        let mut end = self.at;
        while self.bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        if end == self.at {
            return Err(self.unexpected("a digit"));
        }
        self.at = end;
        Ok(())
    }

    /// The fault that the next token is not the expected token.
    #[cold]
    pub(super) fn unexpected(&self, expected: &str) -> Box<Fault> {
        let found = if self.byte().is_some() { "something else" } else { "the end of the text" };
        Fault::syntax(format!("found {found}, expected {expected}"), self.at).into()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

/// The position of the next quotation mark, backslash or control character in a string. Looks at eight bytes at a time.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = special(u64::from_le_bytes(*eight));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..b' ')) {
        at += 1;
    }
    at
}

/// Whether a text is a number of JSON. `007` and `+1` are not.
pub(super) fn is_number(text: &str) -> bool {
    let mut scanner = Scanner::new(text.as_bytes(), 0);
    scanner.number().is_ok() && scanner.at() == text.len()
}

fn lone(at: usize) -> Box<Fault> {
    Fault::syntax("holds half of a surrogate pair", at).into()
}

/// The highest bit of each byte that is a quotation mark, a backslash or a control character. Bits above the lowest one that is set
/// may be wrong.
#[inline]
pub(super) fn special(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let equals = |byte: u8| {
        let zeroed = eight ^ (ONES * u64::from(byte));
        zeroed.wrapping_sub(ONES) & !zeroed
    };
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    (equals(b'"') | equals(b'\\') | control) & HIGHS
}
