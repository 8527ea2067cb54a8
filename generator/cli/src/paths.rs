//! Paths as messages show them.

use std::env;
use std::path::Path;

/// A path as messages show it: relative to the current folder if it is inside that folder, otherwise as it is.
pub fn shown(path: &Path) -> String {
    let relative = env::current_dir().ok().and_then(|current| path.strip_prefix(current).ok().map(Path::to_owned));
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
        Some(relative) => relative.display().to_string(),
        None => path.display().to_string(),
    }
}
