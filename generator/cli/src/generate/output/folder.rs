//! The content of a folder, as paths relative to it. Does not read files or follow links.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::error::{Error, Result};

/// Names that Cargo and Git put at the top of a crate.
const NOT_OURS: &[&str] = &["Cargo.lock", "target", ".git"];

/// The content of a folder and its folders. Paths are written with `/`.
#[derive(Default)]
pub struct Contents {
    /// The files.
    pub files: BTreeSet<String>,
    /// Everything that is neither a file nor a folder: links, pipes.
    pub links: BTreeSet<String>,
}

impl Contents {
    /// The content of a folder. The folder may be absent.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut contents = Self::default();
        contents.add(folder, "")?;
        Ok(contents)
    }

    fn add(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let cannot = Error::file("read", folder);
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(&cannot)?,
        };
        for entry in entries {
            let entry = entry.map_err(&cannot)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if prefix.is_empty() && NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            let (path, kind) = (format!("{prefix}{name}"), entry.file_type().map_err(&cannot)?);
            match (kind.is_dir(), kind.is_file()) {
                (true, _) => self.add(&entry.path(), &format!("{path}/"))?,
                (_, true) => _ = self.files.insert(path),
                _ => _ = self.links.insert(path),
            }
        }
        Ok(())
    }
}

/// Whether a folder is empty.
pub fn is_empty(folder: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    Ok(entries.next().is_none())
}
