//! Any bytes to the reader of a model with every kind of member.
//!
//! Nothing panics; what is JSON is what `serde_json` says; a text that is read is written, and that text is read and written as the same;
//! how many values are looked at is in proportion to the length of the text.

#![no_main]

#[path = "reader/counted.rs"]
mod counted;
#[path = "reader/models.rs"]
mod models;

use libfuzzer_sys::fuzz_target;
use runtime::{Read, Write, from_slice, to_vec};
use serde_json::Value;

/// How often a value of one byte may be looked at: once for each branch of the unions that it is in, strictly and tolerantly.
const LOOKS: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let theirs = serde_json::from_slice::<Value>(text).ok();
    match from_slice::<Value>(bytes) {
        Ok(ours) => assert_eq!(Some(ours), theirs, "what is JSON"),
        Err(fault) => assert!(theirs.is_none() && fault.offset() <= bytes.len(), "what is not JSON: {fault}"),
    }
    if let Some(plain) = read::<models::Plain>(bytes) {
        assert_eq!(read(&to_vec(&plain).expect("it was JSON")), Some(plain), "what is read is written");
    }
    // A value that no branch has strictly may be of an earlier one when it is written as the document says.
    if let Some(every) = read::<models::Every>(bytes) {
        let written = to_vec(&every).expect("it was JSON");
        let again = read::<models::Every>(&written).expect("it was written");
        assert_eq!(to_vec(&again), Some(written), "what is written is stable");
    }
    drop(serde_json::from_slice::<models::Every>(text));
});

fn read<T: Read + Write>(bytes: &[u8]) -> Option<T> {
    let (read, looks) = counted::count(|| from_slice(bytes).ok());
    assert!(looks <= LOOKS * (bytes.len() + 1), "{looks} looks at {} bytes", bytes.len());
    read
}
