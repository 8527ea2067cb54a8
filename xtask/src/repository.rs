//! Where the repository is.

use std::env;
use std::path::{Path, PathBuf};

/// A folder at the top of the repository.
///
/// When Cargo runs the program, it names the place of the repository. Without Cargo, the place at compile time is used. That place may be
/// another checkout, if two checkouts share a target folder.
pub fn folder(name: &str) -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).with_file_name(name)
}
