//! The Cargo workspace that contains a new crate. It must list the crate as a member.

use std::fs;
use std::path::Path;

use glob::{MatchOptions, Pattern};
use toml::{Table, Value};

use crate::paths;

/// What to write into the workspace above a folder, if that workspace does not name the folder.
pub fn advice(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let (manifest, table) = folder.ancestors().skip(1).find_map(|above| {
        let manifest = above.join("Cargo.toml");
        let table: Table = fs::read_to_string(&manifest).ok()?.parse().ok()?;
        Some((manifest, table.get("workspace")?.as_table()?.clone()))
    })?;
    let path = folder.strip_prefix(manifest.parent()?).ok()?.to_string_lossy().replace('\\', "/");
    let patterns = |key: &str| table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_named = patterns("members").any(|pattern| names(pattern, &path))
        || patterns("exclude").any(|above| is_in(&path, above));
    (!is_named).then(|| {
        format!(
            "note: the crate lies in the workspace of {}\n  help: add \"{path}\" to its `members`, or depend on the crate by its path\n",
            paths::shown(&manifest)
        )
    })
}

/// Whether a pattern of members names a folder. Cargo reads patterns in this way too.
fn names(pattern: &str, path: &str) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    Pattern::new(pattern.trim_end_matches('/')).is_ok_and(|pattern| pattern.matches_with(path, options))
}

/// Whether a path lies in a folder, or is that folder.
fn is_in(path: &str, folder: &str) -> bool {
    Path::new(path).starts_with(folder)
}
