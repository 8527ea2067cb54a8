//! Paths of the repository, and paths as messages show them.

use std::env;
use std::path::{Path, PathBuf};

/// A folder at the top of the repository.
///
/// Cargo says where that is when it runs the program. What it said when the program was compiled may be another checkout's
/// place, if the two share a target folder; it serves where the program is run without Cargo.
pub fn repository(folder: &str) -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).with_file_name(folder)
}

/// A path as messages show it: relative to the current folder where it lies there, otherwise as it is.
pub fn shown(path: &Path) -> String {
    let relative = env::current_dir().ok().and_then(|current| path.strip_prefix(current).ok().map(Path::to_owned));
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
        Some(relative) => relative.display().to_string(),
        None => path.display().to_string(),
    }
}
