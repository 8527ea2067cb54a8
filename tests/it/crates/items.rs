//! Whether the verdict about a change is true: a program that uses every item of the old API compiles against the new one
//! unless something is breaking.
//!
//! Every program is a crate of its own, so that the errors of one do not hide those of another.

use differ::Verdict;
use generator::Layout;

use super::{COMPILED, Files, NOT_COMPILED, program};
use crate::documents::crate_of;
use crate::items::{changes, names, source};

pub const CRATE: &str = "items";

#[test]
fn verdicts_are_true() {
    COMPILED.check(CRATE, CRATE);
    for name in names() {
        let breaks = changes(&name).iter().any(|change| change.rust == Verdict::Breaking);
        assert_eq!(COMPILED.failure(CRATE, &format!("{name}_old")), None, "{name}: the program");
        let failure = COMPILED.failure(CRATE, &format!("{name}_new"));
        assert_ne!(failure, Some(NOT_COMPILED), "{name}: the compiler says why");
        assert_eq!(failure.is_some(), breaks, "{name}: {}", failure.unwrap_or("it compiles"));
    }
}

/// Both sides of every pair, and the programs.
pub fn files() -> Files {
    let names = names();
    let apis = names.iter().flat_map(|name| ["old", "new"].map(|side| source(&format!("{name}_{side}"), name, side)));
    let mut files = super::files(crate_of(apis.collect(), CRATE, Layout::Member));
    files.entry("Cargo.toml".to_owned()).and_modify(|manifest| *manifest = program::manifest(manifest));
    for name in &names {
        let program = program::program(&files, CRATE, &format!("{name}_old"));
        let against_new = program.replace(&format!("{CRATE}::{name}_old::"), &format!("{CRATE}::{name}_new::"));
        for (side, text) in [("old", program), ("new", against_new)] {
            let text = format!("#![allow(warnings, clippy::all)]\n{text}\nfn main() {{}}\n");
            files.insert(format!("src/bin/{name}_{side}.rs"), text);
        }
    }
    files
}
