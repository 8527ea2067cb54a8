//! The escapes of JSON strings.
//!
//! Takes the text between the quotes, gives its meaning, or the byte of the fault.

/// What is wrong with a string, and at which byte of it.
pub(super) enum StringFault {
    /// A backslash that does not begin a valid escape.
    Escape(usize),
    /// A `\u` escape that is half of a surrogate pair.
    Surrogate(usize),
}

/// Replaces the escapes.
pub(super) fn unescape(body: &str) -> Result<String, StringFault> {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        out.push_str(rest.get(..plain).unwrap_or_default());
        at += plain;
        if let Some(escape) = rest.get(plain..).filter(|escape| !escape.is_empty()) {
            let (character, length) = character(escape, at)?;
            out.push(character);
            at += length;
        }
    }
    Ok(out)
}

/// The character of an escape, and the length of that escape.
fn character(escape: &str, at: usize) -> Result<(char, usize), StringFault> {
    let simple = match escape.as_bytes().get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(escape, at),
        _ => return Err(StringFault::Escape(at)),
    };
    Ok((simple, 2))
}

fn unicode(escape: &str, at: usize) -> Result<(char, usize), StringFault> {
    let high = unit(escape).ok_or(StringFault::Escape(at))?;
    if let Some(character) = char::from_u32(high) {
        return Ok((character, 6));
    }
    let low = escape.get(6..).and_then(unit).filter(|low| (0xDC00..0xE000).contains(low));
    let pair = low.filter(|_| high < 0xDC00).map(|low| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
    pair.and_then(char::from_u32).map(|character| (character, 12)).ok_or(StringFault::Surrogate(at))
}

fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
