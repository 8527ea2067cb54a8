//! Bytes to text: UTF-8, with or without a byte order mark.
//!
//! Gives the text to read, or the text to show beside the fault. Guesses no other encoding.

/// Bytes that are no UTF-8 text.
pub(super) struct Undecodable {
    /// What could be read, for showing the place.
    pub(super) shown: String,
    /// The first bad byte.
    pub(super) offset: usize,
    /// Whether the bytes look like UTF-16.
    pub(super) utf16: bool,
}

/// Reads UTF-8; a byte order mark is dropped.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, Undecodable> {
    // A document begins with an ASCII character, which UTF-16 pairs with a zero byte.
    let utf16 = matches!(bytes.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF]))
        || matches!(bytes.get(..2), Some([a, b]) if (*a == 0) != (*b == 0));
    if utf16 {
        return Err(Undecodable { shown: String::new(), offset: 0, utf16 });
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| Undecodable {
        offset: error.utf8_error().valid_up_to(),
        shown: String::from_utf8_lossy(error.as_bytes()).into_owned(),
        utf16,
    })
}
