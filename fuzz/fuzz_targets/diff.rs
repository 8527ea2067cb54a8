//! Two versions of a document: each is the same as itself, and what is found between them does not depend on the run.

#![no_main]

use fuzz::{pair::Pair, run::compare};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|pair: Pair| {
    let (old, new) = (pair.old.json(), pair.new.json());
    assert_eq!(compare(&old, &old), Vec::<String>::new(), "a document differs from itself");
    assert_eq!(compare(&old, &new), compare(&old, &new), "two runs differ");
});
