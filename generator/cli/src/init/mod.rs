//! The files of a new project: a folder for documents, a crate for the clients, an alias of Cargo, a workflow.
//!
//! Takes a folder, writes the files that do not exist yet. The crate is written although it has no API yet, so that Cargo can read the
//! workspace before a document is added.

use std::fs;
use std::path::{Path, PathBuf};

use generator::{Layout, Options, generate};

use crate::error::Error;
use crate::generate::output::{CrateFiles, Output};
use crate::stdout::print;
use crate::{Outcome, names, paths};

/// Lay out a project: specs/ for the documents, a crate for the clients, `cargo xtask gen`, and a workflow of GitHub's.
///
/// Files that are there are left alone.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Folder of the project
    #[arg(default_value = ".")]
    folder: PathBuf,

    /// Name of the crate for the clients, and of its folder
    #[arg(long, value_parser = name, default_value = "clients")]
    name: String,
}

/// The files besides the crate, by their path. In them, `NAME` stands for the crate's name, and `VERSION` for this program's version.
const FILES: &[(&str, &str)] = &[
    (".cargo/config.toml", "[alias]\nxtask = \"run --quiet --package xtask --\"\n"),
    (".github/workflows/apis.yml", include_str!("apis.yml")),
    (".gitignore", "/target\n"),
    ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"NAME\", \"xtask\"]\n"),
    ("specs/README.md", include_str!("specs.md")),
    ("xtask/Cargo.toml", include_str!("xtask.toml")),
    ("xtask/src/main.rs", include_str!("xtask.txt")),
];

/// Reads the name of a crate. The other folders of the project have names that a crate may not have.
fn name(text: &str) -> Result<String, String> {
    match text {
        "specs" | "target" | "xtask" => Err("is taken: the project has another folder of that name".to_owned()),
        _ => names::package(text),
    }
}

/// Writes the files, and says what to do next.
pub fn run(args: &Args) -> crate::error::Result<Outcome> {
    let mut text = String::new();
    for (path, template) in FILES {
        let at = inside(&args.folder, path);
        let is_there = at.exists();
        if !is_there {
            write(&at, &template.replace("NAME", &args.name).replace("VERSION", env!("CARGO_PKG_VERSION")))?;
        }
        text += &format!("{} {}\n", if is_there { "left alone" } else { "added" }, paths::shown(&at));
        if is_there && let Some(help) = missing(path, &at, &args.name) {
            text += &format!("  help: {help}\n");
        }
    }
    let folder = inside(&args.folder, &args.name);
    if folder.exists() {
        text += &format!("left alone {}\n", paths::shown(&folder));
    } else {
        empty_crate(&folder, &args.name)?;
        text += &format!("added {}, a crate without an API\n", paths::shown(&folder));
    }
    print(&(text + NEXT))?;
    Ok(Outcome::Done)
}

const NEXT: &str = "\nPut a document into a folder of its own, as specs/pets/openapi.yaml, and run `cargo xtask gen`.\n\
     The workflow installs `oasmith` from crates.io. Change that line if you have it from elsewhere.\n";

/// Says what to add to a file that the project already has. `None` if it has all that it needs.
fn missing(path: &str, at: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(at).unwrap_or_default();
    let is_in = |word: &str| text.contains(&format!("\"{word}\""));
    match path {
        "Cargo.toml" if !is_in(name) || !is_in("xtask") => {
            Some(format!("its `members` must have \"{name}\" and \"xtask\""))
        }
        ".cargo/config.toml" if !text.contains("xtask") => {
            Some("its `[alias]` must have `xtask = \"run --quiet --package xtask --\"`".to_owned())
        }
        _ => None,
    }
}

/// A path in a folder, as the user would write it.
fn inside(folder: &Path, path: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(path) } else { folder.join(path) }
}

fn write(path: &Path, text: &str) -> crate::error::Result<()> {
    let cannot = Error::file("write", path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(&cannot)?;
    }
    fs::write(path, text).map_err(cannot)
}

/// Writes a crate without an API.
fn empty_crate(folder: &Path, name: &str) -> crate::error::Result<()> {
    let generated = generate(Vec::new(), &Options::new(name, Layout::Member));
    let emitted = generated.files.unwrap_or_default();
    let files = CrateFiles::new(&emitted);
    let output = Output::named(folder.to_owned())?;
    let changes = output.compare(&files)?;
    output.write(&files, &changes)
}
