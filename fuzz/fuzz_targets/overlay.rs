//! Any bytes as a document and its overlay, parted by a line of three hyphens.

#![no_main]

use fuzz::{check, run::run};
use libfuzzer_sys::fuzz_target;

const SEPARATOR: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let found = bytes.windows(SEPARATOR.len()).position(|window| window == SEPARATOR);
    let (document, overlay) = match found.and_then(|at| bytes.split_at_checked(at)) {
        Some((document, rest)) => (document, rest.get(SEPARATOR.len()..).unwrap_or_default()),
        None => (bytes, bytes),
    };
    check::files(&run(document, Some(overlay), true).files);
});
