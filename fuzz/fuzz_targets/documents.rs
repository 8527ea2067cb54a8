//! Documents that are OpenAPI, with hostile texts in them: what is emitted is Rust, names nothing twice and runs nothing of
//! theirs.

#![no_main]

use fuzz::{check, document::Document, run::run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: Document| {
    check::files(&run(&document.json(), None, true).files);
});
