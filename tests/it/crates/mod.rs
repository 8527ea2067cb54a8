//! The second tier: crates that are emitted, compiled as their users would, without a warning of the compiler or of clippy.
//!
//! All are members of one workspace below the target folder, which Cargo is run on once: their dependencies are compiled once,
//! and all cores have work. Each test looks at what was said of its crate.

mod choices;
mod compatible;
mod examples;
mod first_hour;
mod items;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use generator::{Generated, Layout, report};
use indexmap::IndexMap;
use serde_json::Value;

use crate::documents::{Document, crate_of, documents};
use crate::fourth;

/// A crate's files, by their paths.
type Files = IndexMap<String, String>;

/// A crate's name, and how its files are made.
type Emitted = (&'static str, fn() -> Files);

const CRATES: [Emitted; 10] = [
    ("dates-chrono", || choices::crate_of("dates-chrono", "chrono")),
    ("dates-jiff", || choices::crate_of("dates-jiff", "jiff")),
    ("dates-time", || choices::crate_of("dates-time", "time")),
    ("dates-text", || choices::crate_of("dates-text", "text")),
    (choices::OWN, choices::own_types),
    (choices::MONEY, choices::own_money),
    ("goldens", goldens),
    ("field-recordings", || files(fourth::document().generate())),
    (compatible::CRATE, compatible::files),
    (items::CRATE, items::files),
];

/// What is said of a crate or a program that Cargo has not compiled, because something that it needs failed.
const NOT_COMPILED: &str = "it was not compiled";

/// What Cargo said of all crates.
static COMPILED: LazyLock<Compiled> = LazyLock::new(Compiled::new);

#[derive(Default)]
struct Compiled {
    /// The crates and programs that were compiled, each with the name of its package.
    done: BTreeSet<(String, String)>,
    /// What was wrong with those that were not.
    failures: BTreeMap<(String, String), String>,
}

#[test]
fn golden_texts_and_petstores_compile() {
    COMPILED.check("goldens", "goldens");
    COMPILED.check("goldens", "goldens_runtime");
}

#[test]
fn dates_and_the_like_are_used_as_they_come() {
    COMPILED.check("goldens", "formats");
}

#[test]
fn an_api_that_no_code_knows_of_compiles() {
    COMPILED.check("field-recordings", "example");
}

/// A user who formats a whole workspace changes no emitted file.
#[test]
fn a_formatter_leaves_emitted_files_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formatted");
    let emitted = files(fourth::document().generate());
    write(&folder.join("emitted"), &emitted);
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"emitted\"]\n";
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    let formatting = "max_width = 80\n";
    fs::write(folder.join("rustfmt.toml"), formatting).expect("the file can be written");
    let output = cargo().args(["fmt", "--all"]).current_dir(&folder).output().expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let now = |path: &String| fs::read_to_string(folder.join("emitted").join(path)).expect("it is there");
    let changed: Vec<&String> =
        emitted.iter().filter(|(path, text)| now(path) != **text).map(|(path, _)| path).collect();
    assert_eq!(changed, Vec::<&String>::new());
}

fn goldens() -> Files {
    let petstores = [("petstore_3_0", "petstore/petstore.yaml"), ("petstore_3_1", "petstore/petstore.json")];
    let petstores = petstores.map(|(name, path)| Document::at(name, path, None));
    let apis = documents("golden").iter().chain(&petstores).map(Document::source).collect();
    let mut files = files(crate_of(apis, "goldens", Layout::Member));
    files.insert("src/bin/formats.rs".to_owned(), include_str!("../../ui/pass/formats.rs").to_owned());
    files
}

/// The files of what was generated without an error.
fn files(generated: Generated) -> Files {
    let messages = || report::render(&generated.diagnostics, &generated.sources, false);
    generated.files.clone().unwrap_or_else(|| panic!("{}", messages()))
}

impl Compiled {
    /// Writes all crates into the target folder and has clippy look at them.
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
        CRATES.iter().for_each(|(name, files)| write(&folder.join(name), &files()));
        fs::write(folder.join("Cargo.toml"), manifest()).expect("the manifest can be written");
        // With the versions that the workspace is tested with, nothing has to be downloaded.
        fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
        let output = cargo()
            .args(["clippy", "--workspace", "--lib", "--bins", "--all-features", "--keep-going"])
            .args(["--quiet", "--offline", "--message-format=json"])
            .current_dir(&folder)
            // The repository's own target folder, so that what the two have in common is compiled once.
            .env("CARGO_TARGET_DIR", folder.ancestors().nth(2).expect("it lies in the target folder"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo can be run");
        let compiled = Self::read(&folder, &String::from_utf8_lossy(&output.stdout));
        assert!(!compiled.done.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        compiled
    }

    /// Reads Cargo's messages, one on each line, about the crates of a folder. A message about a runtime counts for its crate.
    fn read(folder: &Path, text: &str) -> Self {
        let mut compiled = Self::default();
        for line in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let path = line["manifest_path"].as_str().and_then(|path| Path::new(path).strip_prefix(folder).ok());
            let Some(package) =
                path.and_then(|path| path.iter().next()).map(|name| name.to_string_lossy().into_owned())
            else {
                continue;
            };
            let target = (package, line["target"]["name"].as_str().unwrap_or_default().to_owned());
            match (line["reason"].as_str(), line["message"]["level"].as_str()) {
                (Some("compiler-artifact"), _) => _ = compiled.done.insert(target),
                (Some("compiler-message"), Some("error" | "warning")) => {
                    let said = line["message"]["rendered"].as_str().unwrap_or_default();
                    *compiled.failures.entry(target).or_default() += said;
                }
                _ => {}
            }
        }
        compiled
    }

    /// What is wrong with a crate or a program of a package.
    fn failure(&self, package: &str, target: &str) -> Option<&str> {
        let target = (package.to_owned(), target.to_owned());
        let failure = self.failures.get(&target).map(String::as_str);
        failure.or_else(|| (!self.done.contains(&target)).then_some(NOT_COMPILED))
    }

    /// Expects that nothing is wrong.
    fn check(&self, package: &str, target: &str) {
        assert!(
            self.failure(package, target).is_none(),
            "{package}: {}",
            self.failure(package, target).unwrap_or_default()
        );
    }
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn write(folder: &Path, files: &Files) {
    // A file that is no longer emitted must not be there.
    let _ = fs::remove_dir_all(folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is a file's path")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
}

/// The workspace's manifest. Its profile is that of the repository, so that dependencies are the same.
fn manifest() -> String {
    let members: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    let repository = fs::read_to_string(repository().join("Cargo.toml")).expect("the manifest is there");
    let (_, profile) = repository.split_once("\n[profile.dev]\n").expect("there is a profile");
    format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\nincremental = false\n{profile}")
}

fn repository() -> PathBuf {
    crate::documents::root().join("..")
}
