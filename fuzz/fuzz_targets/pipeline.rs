//! Any bytes as a document: the generator neither panics nor hangs, and what it emits is Rust.

#![no_main]

use fuzz::{check, run::run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    let strict = run(document, None, false);
    check::files(&strict.files);
    if !strict.clean {
        check::files(&run(document, None, true).files);
    }
});
