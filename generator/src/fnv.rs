//! FNV-1a, a hash of texts. It is written here, so that no release of a library can change names that are made with it.

/// The hash of a text, in 32 bits.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
