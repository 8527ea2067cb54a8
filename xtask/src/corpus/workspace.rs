//! A Cargo workspace below the target folder that holds the emitted crates.
//!
//! One workspace for all, so that their dependencies are resolved and compiled once and Cargo keeps all cores busy.

use std::env;
use std::fs;
use std::path::{self, Path, PathBuf};

use anyhow::Context;
use indexmap::IndexMap;

use crate::repository;
use oasmith::generate::output::{CrateFiles, Output};
use oasmith::paths;

/// A workspace of emitted crates.
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// The workspace with this name.
    pub fn new(name: &str) -> Self {
        Self { folder: target().join(name) }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a crate is.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a crate. Files that stay the same are not touched, so that Cargo does not compile them again.
    pub fn put(&self, name: &str, files: &IndexMap<String, String>) -> anyhow::Result<()> {
        let (output, files) = (Output::own(self.place(name))?, CrateFiles::new(files));
        Ok(output.write(&files, &output.compare(&files)?)?)
    }

    /// Makes these crates its members. They get the versions of dependencies that the repository has.
    pub fn hold(&self, names: impl Iterator<Item = String>) -> anyhow::Result<()> {
        let members: String = names.map(|name| format!("    \"{name}\",\n")).collect();
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        fs::create_dir_all(&self.folder).with_context(|| format!("cannot write {}", paths::shown(&self.folder)))?;
        self.write("Cargo.toml", text.as_bytes())?;
        if !self.folder.join("Cargo.lock").exists() {
            let lock = fs::read(repository::folder("Cargo.lock")).context("cannot read Cargo.lock")?;
            self.write("Cargo.lock", &lock)?;
        }
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", paths::shown(&path)))
    }
}

/// The folder for everything that is made of a corpus, except the compiler's output.
pub fn target() -> PathBuf {
    cargo_target().join("corpus")
}

/// The folder for the compiler's output. It is the repository's own, so that common dependencies are compiled once.
pub fn cargo_target() -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository::folder("target"), PathBuf::from);
    path::absolute(&folder).unwrap_or(folder)
}
