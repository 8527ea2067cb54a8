//! A revision of the repository: the files of a folder as they were committed.
//!
//! Takes a folder of the working tree and the name of a revision, asks `git` and gives the names and the bytes of the files. Checks
//! nothing out, writes nothing, and knows nothing of OpenAPI.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use generator::report::escape;
use generator::source::LoadError;

use crate::error::{Error, Result};
use crate::{Program, paths};

/// The branches to compare with if none is named. The first one that exists counts.
const MAIN: &[&str] = &["main", "origin/main"];

/// What `main` itself is compared with.
const UPSTREAM: &[&str] = &["main@{upstream}", "origin/main"];

/// The mode of a link in a tree of Git.
const LINK: &str = "120000";

/// A folder at a revision.
#[derive(Clone, Debug)]
pub struct Revision {
    folder: PathBuf,
    commit: String,
    /// The revision as it was asked for.
    asked: String,
    files: BTreeMap<String, Object>,
}

#[derive(Clone, Debug)]
struct Object {
    mode: String,
    id: String,
}

impl Revision {
    /// A folder at a revision. `REV...` is the merge base of `REV` and `HEAD`. Without a name, it is the merge base of `main` and `HEAD`. A
    /// folder that was not there has no files.
    pub fn find(folder: &Path, base: Option<&str>, program: &Program) -> Result<Self> {
        let prefix = prefix(folder, program)?;
        let (commit, asked) = match base {
            Some(base) => named(folder, base)?,
            None => branched(folder)?,
        };
        let tree = format!("{commit}:{}", prefix.trim_end_matches('/'));
        let files = if exists(folder, &tree)? { listed(folder, &tree)? } else { BTreeMap::new() };
        Ok(Self { folder: folder.to_owned(), commit, asked, files })
    }

    /// The paths of the files, relative to the folder and written with `/`.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The bytes of a file. Links are not followed.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let object = self.files.get(path).ok_or(LoadError::NotFound)?;
        if object.mode == LINK {
            return Err(LoadError::Other("it is a link, which is not followed in a revision".to_owned()));
        }
        let other = |error: Error| LoadError::Other(error.whole());
        succeeded(git(&self.folder, &["cat-file", "blob", &object.id]).map_err(other)?).map_err(other)
    }

    /// The commit, short enough to be read.
    pub fn short(&self) -> &str {
        self.commit.get(..8).unwrap_or(&self.commit)
    }

    /// The revision as it was asked for, and its commit.
    pub fn shown(&self) -> String {
        format!("{} ({})", self.asked, self.short())
    }
}

/// Where a folder is in its repository.
fn prefix(folder: &Path, program: &Program) -> Result<String> {
    let output = git(folder, &["rev-parse", "--show-prefix"])?;
    if !output.status.success() {
        return Err(Error::Unusable(format!(
            "{} is in no Git repository that can be read ({}); `{}` compares two files",
            paths::shown(folder),
            said(&output),
            program.two_files
        )));
    }
    Ok(line(&output))
}

fn named(folder: &Path, base: &str) -> Result<(String, String)> {
    let missing = || Error::Unusable(format!("there is no revision `{}`{}", escape(base), advice(folder)));
    match base.strip_suffix("...") {
        Some(branch) => {
            let commit = commit(folder, branch)?.ok_or_else(missing)?;
            Ok((merge_base(folder, branch, &commit)?, format!("merge base with {branch}")))
        }
        None => Ok((commit(folder, base)?.ok_or_else(missing)?, base.to_owned())),
    }
}

fn branched(folder: &Path) -> Result<(String, String)> {
    if line(&git(folder, &["symbolic-ref", "--quiet", "--short", "HEAD"])?) == "main" {
        return on_main(folder);
    }
    for branch in MAIN {
        if let Some(commit) = commit(folder, branch)? {
            return Ok((merge_base(folder, branch, &commit)?, format!("merge base with {branch}")));
        }
    }
    Err(Error::Unusable(format!(
        "there is neither a branch `main` nor `origin/main`{}; or name the revision to compare with",
        advice(folder)
    )))
}

/// The commit to compare with if `main` itself is checked out: its merge base with its upstream. If `main` is not ahead of its upstream,
/// its last commit. If nothing is edited either, there is nothing to compare, which is an error.
fn on_main(folder: &Path) -> Result<(String, String)> {
    let current = commit(folder, "HEAD")?.ok_or_else(|| Error::Unusable("there is no commit yet".to_owned()))?;
    for branch in UPSTREAM {
        let Some(commit) = commit(folder, branch)? else { continue };
        let base = merge_base(folder, branch, &commit)?;
        if base != current {
            return Ok((base, format!("merge base with {branch}")));
        }
    }
    match is_edited(folder)? {
        true => Ok((current, "last commit of main".to_owned())),
        false => Err(Error::Unusable(format!(
            "this is `main` itself, with no commit that its upstream lacks and nothing edited: there is nothing to compare it \
             with{}; name a revision, such as `HEAD~1`",
            advice(folder)
        ))),
    }
}

/// Whether the working tree of a folder differs from the current commit.
fn is_edited(folder: &Path) -> Result<bool> {
    Ok(!succeeded(git(folder, &["status", "--porcelain", "--", "."])?)?.is_empty())
}

/// The commit that a name stands for. After `--end-of-options`, Git does not take a name that begins with `-` for an option.
fn commit(folder: &Path, name: &str) -> Result<Option<String>> {
    let wanted = format!("{name}^{{commit}}");
    let output = git(folder, &["rev-parse", "--quiet", "--verify", "--end-of-options", &wanted])?;
    Ok(output.status.success().then(|| line(&output)))
}

fn merge_base(folder: &Path, branch: &str, commit: &str) -> Result<String> {
    let output = git(folder, &["merge-base", "HEAD", commit])?;
    if !output.status.success() {
        return Err(Error::Unusable(format!(
            "the current commit has no ancestor in common with `{}`{}",
            escape(branch),
            advice(folder)
        )));
    }
    Ok(line(&output))
}

fn exists(folder: &Path, object: &str) -> Result<bool> {
    Ok(git(folder, &["rev-parse", "--quiet", "--verify", object])?.status.success())
}

/// The files of a tree. An entry of Git's list is `MODE TYPE ID<tab>PATH`, and ends with a zero byte.
fn listed(folder: &Path, tree: &str) -> Result<BTreeMap<String, Object>> {
    let bytes = succeeded(git(folder, &["ls-tree", "-r", "-z", "--full-tree", tree])?)?;
    let entries = bytes.split(|byte| *byte == 0).filter_map(|entry| {
        let (facts, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, kind, id) = (facts.next()?, facts.next()?, facts.next()?);
        let object = Object { mode: mode.to_owned(), id: id.to_owned() };
        (kind == "blob").then(|| (path.to_owned(), object))
    });
    Ok(entries.collect())
}

/// What to do if a revision is missing. A shallow clone does not have all revisions.
fn advice(folder: &Path) -> &'static str {
    let shallow = git(folder, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|output| line(&output) == "true");
    match shallow {
        true => "; the clone is shallow: run `git fetch --unshallow`, in a workflow check out with `fetch-depth: 0`",
        false => "; `git fetch origin` brings what the remote has",
    }
}

fn git(folder: &Path, args: &[&str]) -> Result<Output> {
    let mut command = Command::new("git");
    command.arg("--no-optional-locks").arg("-C").arg(folder).args(args).stdin(Stdio::null());
    command.output().map_err(Error::NoGit)
}

fn succeeded(output: Output) -> Result<Vec<u8>> {
    if output.status.success() { Ok(output.stdout) } else { Err(Error::Git(said(&output))) }
}

/// Git's message about a failure, in one line.
fn said(output: &Output) -> String {
    escape(String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("it failed without a word"))
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}
