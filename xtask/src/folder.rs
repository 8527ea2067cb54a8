//! Folders: the files below one, and how one is deleted.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use oasmith::paths;

/// Calls a function with the path of each file in a folder and in the folders inside it.
pub fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", paths::shown(folder)))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { each_file(&entry.path(), visit)? } else { visit(&entry.path())? }
    }
    Ok(())
}

/// Deletes a folder, if it is there.
pub fn remove(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot delete {}", paths::shown(folder)))
        }
        _ => Ok(()),
    }
}
