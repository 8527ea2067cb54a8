//! The folder of an emitted crate: how its files differ from the newly emitted files, and how they are brought up to date.
//!
//! A file in the folder lists the emitted files. Only files in an earlier list are deleted, and links are neither followed nor replaced. So
//! nothing outside the folder is touched, and the user loses nothing.

mod folder;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use generator::parallel;
use indexmap::IndexMap;

use crate::error::{Error, Result};
use crate::paths;
use folder::Contents;

/// The file that lists the emitted files, one path in each line. It does not list itself.
const LIST: &str = ".generated-files";

/// From this number of files on, threads save more time than they take.
const ENOUGH_FILES: usize = 64;

/// The folder of a crate as it was found.
pub struct Output {
    folder: PathBuf,
    contents: Contents,
    listed: BTreeSet<String>,
}

/// How a crate's files differ from those in its folder. All paths are relative to it and written with `/`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Emitted files whose bytes in the folder differ.
    pub changed: Vec<String>,
    /// Emitted files that are not in the folder.
    pub added: Vec<String>,
    /// Files that an earlier run has emitted, and this run does not.
    pub removed: Vec<String>,
    /// Files among the sources that were never emitted.
    pub foreign: Vec<String>,
}

impl Output {
    /// Looks at a folder that is only for the crate.
    pub fn own(folder: PathBuf) -> Result<Self> {
        let contents = Contents::of(&folder)?;
        let listed = if contents.files.contains(LIST) { read_list(&folder)? } else { BTreeSet::new() };
        Ok(Self { folder, contents, listed })
    }

    /// Looks at a folder that the user names: it must be absent, empty, or the output of an earlier run.
    pub fn named(folder: PathBuf) -> Result<Self> {
        if folder.exists() {
            if !folder.is_dir() {
                return Err(Error::Unusable(format!("{} is not a folder", paths::shown(&folder))));
            }
            let ours = fs::symlink_metadata(folder.join(LIST)).is_ok_and(|list| list.is_file());
            if !ours && !folder::is_empty(&folder)? {
                return Err(Error::Unusable(format!(
                    "{} holds files that are not the output of an earlier run; give a folder that is empty or does not exist",
                    paths::shown(&folder)
                )));
            }
        }
        Self::own(folder)
    }

    /// How the files of a crate differ from those in the folder.
    pub fn compare(&self, crate_files: &CrateFiles<'_>) -> Result<Changes> {
        let mut changes = Changes::default();
        for (path, text) in &crate_files.0 {
            if !self.contents.files.contains(&**path) {
                changes.added.push(path.to_string());
            } else if self.bytes(path)? != text.as_bytes() {
                changes.changed.push(path.to_string());
            }
        }
        let others = self.contents.files.iter().chain(&self.contents.links);
        for path in others.filter(|path| !crate_files.0.contains_key(path.as_str())) {
            let earlier = self.listed.contains(path) && self.contents.files.contains(path);
            // Files next to the sources belong to the user: a license, a change log, tests, examples.
            let is_inside = path.starts_with("src/") || path.starts_with("runtime/");
            if earlier {
                changes.removed.push(path.clone());
            } else if is_inside {
                changes.foreign.push(path.clone());
            }
        }
        Ok(changes)
    }

    /// Makes the changes. Files that stay the same are not touched.
    pub fn write(&self, crate_files: &CrateFiles<'_>, changes: &Changes) -> Result<()> {
        let wanted = || changes.changed.iter().chain(&changes.added);
        for path in wanted().chain(&changes.removed) {
            self.check(path)?;
        }
        // In this order, an interrupted run leaves only files that are wanted or listed.
        for path in &changes.removed {
            self.remove(path)?;
        }
        let places: Vec<PathBuf> = wanted().map(|path| self.place(path)).collect();
        for folder in places.iter().filter_map(|place| place.parent()).collect::<BTreeSet<_>>() {
            fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
        }
        let (list, others): (Vec<&String>, Vec<&String>) = wanted().partition(|path| *path == LIST);
        self.put_all(&list, crate_files)?;
        // Creating files takes most of the time. The system can do this on all cores at once.
        parallel::map_parts(&others, ENOUGH_FILES, |part| self.put_all(part, crate_files)).into_iter().collect()
    }

    /// The path of a file that an earlier run has written, if it is there.
    pub fn path(&self, file: &str) -> Option<PathBuf> {
        (self.listed.contains(file) && self.contents.files.contains(file)).then(|| self.place(file))
    }

    /// The path of the folder as messages show it.
    pub fn shown(&self) -> String {
        paths::shown(&self.folder)
    }

    /// Whether a file is in the folder, with links resolved.
    pub fn holds(&self, file: &Path) -> bool {
        match (self.folder.canonicalize(), file.canonicalize()) {
            (Ok(folder), Ok(file)) => file.starts_with(folder),
            _ => false,
        }
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let path = self.place(path);
        fs::read(&path).map_err(Error::file("read", &path))
    }

    /// Refuses a path that leads out of the folder.
    fn check(&self, path: &str) -> Result<()> {
        let plain = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains(['\\', ':', '\0']);
        if !path.split('/').all(plain) {
            return Err(Error::Unusable(format!("the emitted path {path:?} leads out of the folder")));
        }
        let above = |link: &&String| {
            path.strip_prefix(link.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some(link) = self.contents.links.iter().find(above) {
            return Err(Error::Unusable(format!(
                "{} is a link, through which nothing is written; delete it",
                paths::shown(&self.place(link))
            )));
        }
        Ok(())
    }

    fn put_all(&self, paths: &[&String], crate_files: &CrateFiles<'_>) -> Result<()> {
        paths.iter().try_for_each(|path| {
            let (place, text) = (self.place(path), crate_files.0.get(path.as_str()).map_or("", |text| &**text));
            fs::write(&place, text).map_err(Error::file("write", &place))
        })
    }

    /// Deletes a file, and the folders that become empty.
    fn remove(&self, path: &str) -> Result<()> {
        let path = self.place(path);
        fs::remove_file(&path).map_err(Error::file("delete", &path))?;
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.folder);
        // A folder that is not empty cannot be removed, which ends the loop.
        folders.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
        Ok(())
    }

    fn place(&self, path: &str) -> PathBuf {
        self.folder.join(path.split('/').collect::<PathBuf>())
    }
}

/// The files of a crate and the list of them, by their path.
pub struct CrateFiles<'g>(BTreeMap<Cow<'g, str>, Cow<'g, str>>);

impl<'g> CrateFiles<'g> {
    /// Adds the list to the files that were emitted.
    pub fn new(emitted: &'g IndexMap<String, String>) -> Self {
        let mut files: BTreeMap<_, _> = emitted.iter().map(|(path, text)| (Cow::from(path), Cow::from(text))).collect();
        let list: String = files.keys().map(|path| format!("{path}\n")).collect();
        files.insert(Cow::from(LIST), Cow::from(list));
        Self(files)
    }

    /// The number of files.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl Changes {
    /// Whether the folder has every file of the crate with the right bytes, and no file that an earlier run left.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

fn read_list(folder: &Path) -> Result<BTreeSet<String>> {
    let path = folder.join(LIST);
    let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
    Ok(text.lines().map(str::to_owned).collect())
}
