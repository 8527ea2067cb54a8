//! FNV-1a, a hash of texts, and texts that are cut and end in it. It is written here, so that no release of a library can change names
//! that are made with it.

/// The hash of a text, in 32 bits.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A text of at most so many bytes. A longer text is cut, and ends in a hash of the whole text after a separator of one byte.
pub(crate) fn shortened(text: String, most: usize, separator: char) -> String {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most.saturating_sub(9)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let kept = text.get(..end).unwrap_or_default().trim_end_matches('_');
    format!("{kept}{separator}{:08x}", hash(&text))
}
