//! The Cargo workspace that contains a new crate. It must list the crate as a member.

use std::fs;
use std::path::Path;

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
    let named = ["members", "exclude"].into_iter().filter_map(|key| table.get(key)?.as_array()).flatten();
    let is_named = named.filter_map(Value::as_str).any(|pattern| covers(pattern, &path));
    (!is_named).then(|| {
        format!(
            "note: the crate lies in the workspace of {}\n  help: add \"{path}\" to its `members`, or depend on the crate by its path\n",
            paths::shown(&manifest)
        )
    })
}

/// Whether a pattern of members names a folder, or a folder that contains it.
fn covers(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.trim_end_matches('/').split('/'), path.split('/'));
    pattern.all(|part| path.next().is_some_and(|name| part == "**" || fits(part, name)))
}

/// Whether a segment of a pattern, in which `*` is any text and `?` any character, names a folder.
fn fits(pattern: &str, name: &str) -> bool {
    let (first, rest) = split_first(pattern);
    match (first, split_first(name)) {
        (None, (letter, _)) => letter.is_none(),
        (Some('*'), (letter, more)) => fits(rest, name) || (letter.is_some() && fits(pattern, more)),
        (Some(wanted), (Some(letter), more)) => (wanted == '?' || wanted == letter) && fits(rest, more),
        (Some(_), (None, _)) => false,
    }
}

fn split_first(text: &str) -> (Option<char>, &str) {
    let mut letters = text.chars();
    (letters.next(), letters.as_str())
}
