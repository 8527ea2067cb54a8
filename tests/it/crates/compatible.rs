//! That a program written against what was emitted before a compatible change compiles against what is emitted after.

use std::collections::HashMap;

use super::{COMPILED, Files, program};
use crate::compatible::{after, before, changed, trees};

pub use crate::compatible::CRATE;

#[test]
fn programs_compile_after_compatible_changes() {
    COMPILED.check(CRATE, CRATE);
    COMPILED.check(CRATE, PROGRAM);
}

const PROGRAM: &str = "programs";

/// A module for every document and change, and a program for each.
pub fn files() -> Files {
    let trees = trees();
    let (before, mut files) = (before(&trees), after(&trees));
    let programs: HashMap<&str, String> =
        trees.iter().map(|(name, _)| (name.as_str(), program::program(&before, CRATE, name))).collect();
    // A program as a user has it: a crate of its own, for which private things are private.
    let mut main = "#![allow(warnings, clippy::all)]\n".to_owned();
    for (name, module, _) in changed(&trees) {
        main += &format!("#[path = \"../../programs/{module}.rs\"]\nmod {module};\n");
        let (old, new) = (format!("{CRATE}::{name}::"), format!("{CRATE}::{module}::"));
        files.insert(format!("programs/{module}.rs"), programs[name.as_str()].replace(&old, &new));
    }
    files.insert(format!("src/bin/{PROGRAM}.rs"), main + "fn main() {}\n");
    // The documents' names are made to be trying, and clippy has an opinion of them.
    files.entry("Cargo.toml".to_owned()).and_modify(|manifest| {
        *manifest = program::manifest(manifest) + "\n[lints]\nclippy.all = \"allow\"\n";
    });
    files
}
