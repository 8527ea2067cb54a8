//! The escapes in JSON's strings (RFC 8259, 7), both ways.

use super::scan::special;

/// The text of a string with escapes, which the scanner has checked.
pub(super) fn unescaped(raw: &str) -> String {
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

/// The character of an escape, and the text after the escape. Takes the text after the `\u`.
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

/// Writes a string with its quotation marks, and with the escapes that `serde_json` writes.
#[inline]
pub(super) fn quote(text: &mut Vec<u8>, string: &str) {
    text.reserve(string.len() + 2);
    text.push(b'"');
    match is_plain(string.as_bytes()) {
        true => text.extend_from_slice(string.as_bytes()),
        false => escaped(text, string.as_bytes()),
    }
    text.push(b'"');
}

#[cold]
fn escaped(text: &mut Vec<u8>, mut rest: &[u8]) {
    while let Some((at, byte)) = rest.iter().position(is_special).and_then(|at| Some((at, *rest.get(at)?))) {
        text.extend_from_slice(rest.get(..at).unwrap_or_default());
        escape(text, byte);
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    text.extend_from_slice(rest);
}

/// Whether no byte must be escaped. Bytes that are in two words are looked at twice, which is faster than one at a time.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let is_plain = |word: [u8; 8]| special(u64::from_le_bytes(word)) == 0;
    if let Some(last) = bytes.last_chunk::<8>() {
        return bytes.as_chunks::<8>().0.iter().all(|chunk| is_plain(*chunk)) && is_plain(*last);
    }
    if let (Some([a, b, c, d]), Some([e, f, g, h])) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return is_plain([*a, *b, *c, *d, *e, *f, *g, *h]);
    }
    !bytes.iter().any(is_special)
}

fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..b' ')
}

fn escape(text: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\x08' => b'b',
        b'\x0c' => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).map_or(b'0', |digit| digit as u8);
            text.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 0xf)]);
            return;
        }
    };
    text.extend_from_slice(&[b'\\', short]);
}
