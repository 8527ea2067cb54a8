//! The words of JSON (RFC 8259, 2 to 7): takes bytes that are UTF-8, steps over white space, strings, numbers and literals, and
//! says where one of them is none.

use super::fault::Fault;

/// A place in a text.
pub(super) struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The place.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The place of the next word, behind white space.
    pub(super) fn start(&mut self) -> usize {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.at
    }

    /// The first byte of the next word.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.start();
        self.byte()
    }

    /// Steps over one byte.
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Steps over the next word if it is this byte.
    pub(super) fn skip(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Steps over a literal.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Steps over a string; whether it holds escapes.
    pub(super) fn string(&mut self) -> Result<bool, Fault> {
        self.at += 1;
        let mut escapes = false;
        loop {
            self.skip_plain();
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes = true;
                    self.escape()?;
                }
                Some(_) => return Err(Fault::syntax("holds a control character that is not escaped", self.at)),
                None => return Err(self.unexpected("the end of a string")),
            }
        }
        self.at += 1;
        Ok(escapes)
    }

    /// Steps over what stands for itself in a string, eight bytes at a time.
    fn skip_plain(&mut self) {
        while let Some(eight) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let found = special(u64::from_le_bytes(*eight));
            self.at += (found.trailing_zeros() / 8) as usize;
            if found != 0 {
                return;
            }
        }
        while let Some(byte) = self.byte()
            && byte >= b' '
            && byte != b'"'
            && byte != b'\\'
        {
            self.at += 1;
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += 2;
        match self.bytes.get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(()),
            Some(b'u') => match self.unit(start)? {
                0xd800..0xdc00 => self.low_surrogate(start),
                0xdc00..0xe000 => Err(lone(start)),
                _ => Ok(()),
            },
            _ => Err(Fault::syntax("holds an escape that JSON does not have", start)),
        }
    }

    fn low_surrogate(&mut self, start: usize) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(b"\\u") {
            return Err(lone(start));
        }
        self.at += 2;
        if (0xdc00..0xe000).contains(&self.unit(start)?) { Ok(()) } else { Err(lone(start)) }
    }

    /// Steps over the four digits of an escape.
    fn unit(&mut self, start: usize) -> Result<u32, Fault> {
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
    pub(super) fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.take(|byte| byte == b'-');
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        let mut may_be_large = self.at - start > 300;
        if self.take(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.take(|byte| matches!(byte, b'e' | b'E')) {
            self.take(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
            may_be_large = true;
        }
        match may_be_large && !self.is_finite(start) {
            true => Err(Fault::syntax("is a number that is out of range", start)),
            false => Ok(()),
        }
    }

    fn is_finite(&self, start: usize) -> bool {
        let text = self.bytes.get(start..self.at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.and_then(|text| text.parse().ok()).is_some_and(f64::is_finite)
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !self.take(|byte| byte.is_ascii_digit()) {
            return Err(self.unexpected("a digit"));
        }
        while self.take(|byte| byte.is_ascii_digit()) {}
        Ok(())
    }

    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.byte().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    /// The fault of a text that goes on otherwise than it must.
    pub(super) fn unexpected(&self, expected: &str) -> Fault {
        let found = if self.byte().is_some() { "something else" } else { "the end of the text" };
        Fault::syntax(format!("found {found}, expected {expected}"), self.at)
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
}

/// Whether a text is a number as JSON has it; `007` and `+1` are none.
pub(super) fn is_number(text: &str) -> bool {
    let mut scanner = Scanner::new(text.as_bytes());
    scanner.number().is_ok() && scanner.at() == text.len()
}

fn lone(at: usize) -> Fault {
    Fault::syntax("holds half of a surrogate pair", at)
}

/// The highest bit of each byte that is a quotation mark, a backslash or a control character. Bits above the lowest one that is set
/// may be wrong.
fn special(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let equals = |byte: u8| {
        let zeroed = eight ^ (ONES * u64::from(byte));
        zeroed.wrapping_sub(ONES) & !zeroed
    };
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    (equals(b'"') | equals(b'\\') | control) & HIGHS
}
