//! `cargo xtask diff --cases DIR --compile`: whether the verdict about programs is true.
//!
//! Takes a folder of pairs (`NAME/base.yaml`, `NAME/revision.yaml`). Old and new are emitted side by side into one crate. A program that
//! uses every item of the old API is compiled against both: against the old one it must compile, and against the new one it must fail
//! exactly if the comparison says "breaking".

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use differ::Verdict;
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options, generate, report};
use serde::Deserialize;

use crate::corpus::workspace::{self, Workspace};
use oasmith::{Outcome, paths};

#[path = "../../../tests/it/crates/program.rs"]
mod program;

/// The crate that holds all APIs.
const CRATE: &str = "pairs";

/// Two documents.
struct Pair {
    name: String,
    old: PathBuf,
    new: PathBuf,
}

/// A message of the compiler (`--message-format=json`).
#[derive(Deserialize)]
struct Line {
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
}

/// Compares the verdict of every pair below a folder with what the compiler says.
pub fn run(folder: &Path) -> anyhow::Result<Outcome> {
    let pairs = pairs(folder)?;
    let crates = generate(pairs.iter().flat_map(Pair::sources).collect(), &options());
    let messages = || report::render(&crates.diagnostics, &crates.sources, false);
    let mut files = crates.files.with_context(messages)?;
    files.entry("Cargo.toml".to_owned()).and_modify(|manifest| *manifest = program::manifest(manifest));
    for pair in &pairs {
        let text = program::program(&files, CRATE, &pair.module("old"));
        let module = |side| format!("{CRATE}::{}::", pair.module(side));
        let against_new = text.replace(&module("old"), &module("new"));
        files.insert(format!("src/bin/{}.rs", pair.module("old")), program_of(&text));
        files.insert(format!("src/bin/{}.rs", pair.module("new")), program_of(&against_new));
    }
    let workspace = Workspace::new("pairs");
    workspace.put(CRATE, &files)?;
    workspace.hold(std::iter::once(CRATE.to_owned()))?;
    let failures = failures(&workspace)?;
    ensure!(!failures.contains_key(CRATE), "the emitted crate does not compile:\n{}", failures[CRATE]);
    let wrong = pairs.iter().map(|pair| judged(pair, &failures)).filter(|is_right| !is_right).count();
    println!("{} of {} verdicts are true", pairs.len() - wrong, pairs.len());
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Found })
}

/// Prints the result for a pair. Says whether the verdict is right.
fn judged(pair: &Pair, failures: &HashMap<String, String>) -> bool {
    if let Some(failure) = failures.get(&pair.module("old")) {
        println!("{}: the program is wrong\n{failure}", pair.name);
        return false;
    }
    let failure = failures.get(&pair.module("new"));
    let (verdict, items) = verdict(pair);
    let is_right = failure.is_some() == (verdict == Verdict::Breaking);
    println!("{} {} {verdict:?}", if is_right { "ok  " } else { "FAIL" }, pair.name);
    if !is_right {
        println!("{}", items.join("\n"));
        println!("{}", failure.map_or("    it compiles", String::as_str));
    }
    is_right
}

/// The worst verdict about programs, and the items that differ.
fn verdict(pair: &Pair) -> (Verdict, Vec<String>) {
    let [old, new] = [&pair.old, &pair.new].map(|path| source("api", path));
    let compared = differ::compare(old, new);
    let changes = compared.changes.unwrap_or_default();
    let items = changes.iter().flat_map(|change| change.items.iter().map(move |item| (change.rule.id, item)));
    let items = items.map(|(rule, item)| {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        format!("    [{rule}] {} {:?}: {} -> {}", item.path, item.verdict, side(&item.before), side(&item.after))
    });
    (changes.iter().map(|change| change.rust).max().unwrap_or_default(), items.collect())
}

/// The errors of each program, by its name. Those of the crate itself are by the name of the crate.
fn failures(workspace: &Workspace) -> anyhow::Result<HashMap<String, String>> {
    let mut child = Command::new("cargo")
        .args(["check", "--package", CRATE, "--lib", "--bins", "--keep-going", "--message-format=json", "--quiet"])
        .arg("--target-dir")
        .arg(workspace::cargo_target())
        .current_dir(workspace.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run cargo")?;
    let mut failures: HashMap<String, String> = HashMap::new();
    for line in BufReader::new(child.stdout.take().context("cargo has no output")?).lines() {
        let Ok(Line { target: Some(target), message: Some(message) }) = serde_json::from_str(&line?) else { continue };
        if message.level == "error" {
            *failures.entry(target.name).or_default() += &message.rendered.unwrap_or_default();
        }
    }
    let status = child.wait()?;
    ensure!(status.success() || !failures.is_empty(), "cargo ended without a word");
    Ok(failures)
}

fn program_of(text: &str) -> String {
    format!("#![allow(warnings)]\n{text}\nfn main() {{}}\n")
}

impl Pair {
    fn module(&self, side: &str) -> String {
        format!("{side}_{}", self.name.split('-').next().unwrap_or_default())
    }

    fn sources(&self) -> [ApiSource<'static>; 2] {
        [("old", &self.old), ("new", &self.new)].map(|(side, path)| source(&self.module(side), path))
    }
}

fn pairs(folder: &Path) -> anyhow::Result<Vec<Pair>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", paths::shown(folder)))?;
    let mut pairs = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let (old, new) = (path.join("base.yaml"), path.join("revision.yaml"));
        if old.is_file() && new.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            pairs.push(Pair { name, old, new });
        }
    }
    pairs.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(pairs)
}

fn source(name: &str, path: &Path) -> ApiSource<'static> {
    let bytes = fs::read(path).unwrap_or_default();
    ApiSource {
        name: name.to_owned(),
        document: SourceText { name: paths::shown(path), bytes },
        overlay: None,
        choices: Vec::new(),
        loader: &NoFiles,
    }
}

fn options() -> Options {
    Options { keep_going: true, ..Options::new(CRATE, Layout::Member) }
}
