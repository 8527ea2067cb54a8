//! Paths as messages show them.

use std::env;
use std::path::Path;

/// A path as messages show it: relative to the current folder if it is inside that folder, otherwise as it is.
pub fn shown(path: &Path) -> String {
    let relative = env::current_dir().ok().and_then(|current| path.strip_prefix(current).ok().map(Path::to_owned));
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
        Some(relative) => visible(&relative),
        None => visible(path),
    }
}

/// A path without line breaks and terminal codes, because a name of a file may have come with somebody's change.
fn visible(path: &Path) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    path.display().to_string().chars().map(escape).collect()
}
