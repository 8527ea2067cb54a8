//! Runs Cargo on a workspace of emitted crates: which crates it compiled, and what the compiler said about each.
//!
//! Warnings are read from Cargo's messages. A flag that makes them errors would hold for the dependencies as well, and compile them again.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::parallel;
use super::workspace::{self, Workspace};

/// The result of Cargo for each crate.
#[derive(Default)]
pub struct Compiled {
    crates: HashMap<String, Crate>,
}

#[derive(Default)]
struct Crate {
    /// Whether a target of the crate was compiled.
    done: bool,
    /// The first error of the compiler, or else its first warning.
    said: Option<Said>,
    executable: Option<PathBuf>,
}

/// A line of Cargo's output (`--message-format=json`).
#[derive(Deserialize)]
struct Line {
    reason: String,
    manifest_path: Option<PathBuf>,
    message: Option<Said>,
    executable: Option<PathBuf>,
}

/// The package of a line: an emitted crate, or the runtime in its folder.
struct Member {
    name: String,
    runtime: bool,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}

impl Compiled {
    /// Why a crate is not as it should be.
    pub fn failure(&self, name: &str) -> Option<String> {
        match self.crates.get(name) {
            Some(Crate { said: Some(said), .. }) => Some(said.rendered.clone().unwrap_or_default().trim().to_owned()),
            Some(Crate { done: true, .. }) => None,
            _ => Some("the compiler ended without a word".to_owned()),
        }
    }

    /// The program of a crate.
    #[cfg_attr(not(any(test, feature = "examples")), expect(dead_code, reason = "only examples are run"))]
    pub fn executable(&self, name: &str) -> Option<&Path> {
        self.crates.get(name)?.executable.as_deref()
    }

    fn add(&mut self, Member { name, runtime }: Member, line: Line) {
        let entry = self.crates.entry(name).or_default();
        match (line.reason.as_str(), line.message) {
            ("compiler-artifact", _) => {
                entry.done |= !runtime;
                entry.executable = line.executable.or(entry.executable.take());
            }
            ("compiler-message", Some(said)) if matches!(said.level.as_str(), "error" | "warning") => {
                let first =
                    entry.said.as_ref().is_none_or(|earlier| earlier.level == "warning" && said.level == "error");
                entry.said = if first { Some(said) } else { entry.said.take() };
            }
            _ => {}
        }
    }
}

impl Member {
    fn of(workspace: &Workspace, line: &Line) -> Option<Self> {
        let path = line.manifest_path.as_deref()?.strip_prefix(workspace.folder()).ok()?;
        let name = path.iter().next()?.to_string_lossy().into_owned();
        Some(Self { name, runtime: path.iter().count() > 2 })
    }
}

/// Runs a Cargo command on all crates of a workspace. `count` is the number of artifacts to expect, for the progress bar.
pub fn run(workspace: &Workspace, command: &[&str], jobs: usize, count: usize) -> anyhow::Result<Compiled> {
    let log = workspace.folder().join("cargo.log");
    let mut child = Command::new("cargo")
        .args(command)
        .args(["--workspace", "--keep-going", "--message-format=json", "--quiet"])
        .arg(format!("--jobs={jobs}"))
        .arg("--target-dir")
        .arg(workspace::cargo_target())
        .current_dir(workspace.folder())
        .stdout(Stdio::piped())
        // A file, because a pipe would not be emptied while the other output is read.
        .stderr(File::create(&log).with_context(|| format!("cannot write {}", log.display()))?)
        .spawn()
        .context("cannot run cargo")?;
    let mut compiled = Compiled::default();
    let bar = parallel::bar("compiling", count);
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        if let Ok(line) = serde_json::from_str::<Line>(&line?)
            && let Some(member) = Member::of(workspace, &line)
        {
            bar.inc(u64::from(line.reason == "compiler-artifact"));
            compiled.add(member, line);
        }
    }
    bar.finish_and_clear();
    let status = child.wait()?;
    if !status.success() && compiled.crates.is_empty() && count > 0 {
        bail!("cargo {}: {}", command.join(" "), fs::read_to_string(&log)?.trim());
    }
    Ok(compiled)
}
