//! Where the repository is.

use std::env;
use std::path::{Path, PathBuf};

/// A folder at the top of the repository.
///
/// Cargo says where that is when it runs the program. What it said when the program was compiled may be another checkout's
/// place, if the two share a target folder; it serves where the program is run without Cargo.
pub fn folder(name: &str) -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).with_file_name(name)
}
