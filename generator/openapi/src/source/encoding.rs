//! Bytes to text: UTF-8, with or without a byte order mark.
//!
//! Gives the text to read, or the text to show with the fault. Does not guess other encodings.

/// Bytes that are not UTF-8.
pub(super) struct Undecodable {
    /// What could be read, for showing the place.
    pub(super) shown: String,
    /// The first bad byte.
    pub(super) offset: usize,
    /// What the bytes look like.
    pub(super) kind: Kind,
}

/// What bytes that are not UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-16, as some editors save it.
    Utf16,
    /// Something else than text: an archive, an image, a program.
    Binary,
    /// Text in another encoding, or with a damaged character.
    Text,
}

/// Reads UTF-8; a byte order mark is dropped.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, Undecodable> {
    // A document begins with an ASCII character, which UTF-16 pairs with a zero byte.
    if is_utf16(&bytes) {
        return Err(Undecodable { shown: String::new(), offset: 0, kind: Kind::Utf16 });
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| Undecodable {
        offset: error.utf8_error().valid_up_to(),
        kind: if is_binary(error.as_bytes()) { Kind::Binary } else { Kind::Text },
        shown: String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

/// Whether bytes are UTF-16: they have its mark, or zeros next to ASCII, and their beginning decodes to characters.
fn is_utf16(bytes: &[u8]) -> bool {
    let pair = |pair: &[u8], big| match (pair, big) {
        ([high, low], true) | ([low, high], false) => u16::from_be_bytes([*high, *low]),
        _ => 0,
    };
    let big = match bytes {
        [0xFE, 0xFF, ..] | [0, 1..=255, ..] => true,
        [0xFF, 0xFE, ..] | [1..=255, 0, ..] => false,
        _ => return false,
    };
    let units = bytes.chunks_exact(2).take(256).map(|chunk| pair(chunk, big));
    // The last unit may be half of a pair.
    let characters: Vec<_> = char::decode_utf16(units).take(250).collect();
    characters.iter().all(|character| character.as_ref().is_ok_and(|it| !it.is_control() || it.is_whitespace()))
}

fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(1024).any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
}
