//! The generators that are compared: takes a document, writes a crate.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, ensure};

use crate::corpus::document::Document;
use crate::corpus::workspace::Workspace;
use crate::folder;
use oasmith::paths;

/// A generator of Rust.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// This one.
    Ours,
    /// `ploidy`.
    Ploidy,
    /// `openapi-to-rust`.
    OpenapiToRust,
    /// `progenitor`, which reads OpenAPI 3.0 alone.
    Progenitor,
}

impl Generator {
    /// Those that read OpenAPI 3.1, this one first.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Ploidy, Self::OpenapiToRust];

    /// Its name, which is also that of its program (of Cargo's subcommand, for progenitor).
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Ploidy => "ploidy",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Progenitor => "progenitor",
        }
    }

    /// Its name, with its version if its program says it.
    pub fn version(self) -> anyhow::Result<String> {
        let name = self.name();
        // The program of progenitor does not say it.
        if matches!(self, Self::Ours | Self::Progenitor) {
            return Ok(name.to_owned());
        }
        let output = Command::new(name).arg("--version").output();
        let output = output.with_context(|| format!("cannot run {name}; `cargo install {name}` brings it"))?;
        ensure!(output.status.success(), "{name} --version: {}", said(&output));
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The name of the crate of a document.
    pub fn package(self, document: &Document) -> String {
        format!("{}-{}", self.name(), document.name)
    }

    /// Writes the crate of a document, or says why there is none.
    pub fn emit(self, workspace: &Workspace, document: &Document) -> anyhow::Result<Result<(), String>> {
        let name = self.package(document);
        let folder = workspace.place(&name);
        if self == Self::Ours {
            let generated = document.generate_as(&name)?;
            let files = generated.filter(|generated| !generated.diagnostics.has_errors()).and_then(|it| it.files);
            let Some(files) = files else { return Ok(Err("the document has errors".to_owned())) };
            workspace.put(&name, &files)?;
            return Ok(Ok(()));
        }
        folder::remove(&folder)?;
        if let Err(fault) = run(self.program(document, &folder)?)? {
            return Ok(Err(fault));
        }
        if self == Self::OpenapiToRust {
            // It emits a module, and a list of the dependencies that the module needs.
            write(&folder.join("src/lib.rs"), "pub mod generated;\n")?;
            let needed = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml"));
            let needed = needed.context("openapi-to-rust has written no REQUIRED_DEPS.toml")?;
            let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n");
            write(&folder.join("Cargo.toml"), &(package + &needed))?;
        }
        Ok(Ok(()))
    }

    /// The command that runs the generator on a document and writes the output into a folder.
    pub fn program(self, document: &Document, folder: &Path) -> anyhow::Result<Command> {
        let name = self.package(document);
        let mut command = Command::new(match self {
            Self::Ours => env::current_exe().context("cannot find this program")?,
            Self::Progenitor => "cargo".into(),
            Self::Ploidy | Self::OpenapiToRust => self.name().into(),
        });
        match self {
            Self::Ours => {
                command.args(["gen", "--name", &name, "--spec"]).arg(document.path());
                command.arg("--out").arg(folder)
            }
            Self::Ploidy => {
                command.args(["generate", "rust", "--name", &name]).arg(document.path()).arg("-o").arg(folder)
            }
            Self::OpenapiToRust => {
                command.args(["generate", "--quiet", "--module-name", &name.replace('-', "_")]).arg(document.path());
                command.arg("--output-dir").arg(folder.join("src/generated"))
            }
            Self::Progenitor => {
                command.args(["progenitor", "--version", "0.0.0", "--name", &name, "--input"]).arg(document.path());
                command.arg("--output").arg(folder)
            }
        };
        Ok(command)
    }
}

fn run(mut command: Command) -> anyhow::Result<Result<(), String>> {
    let output = command.output().with_context(|| format!("cannot run {}", command.get_program().display()))?;
    Ok(if output.status.success() { Ok(()) } else { Err(said(&output)) })
}

/// What a failed program says first.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().find(|line| line.chars().any(char::is_alphabetic));
    first.map_or("it failed and printed nothing", str::trim).to_owned()
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", paths::shown(path));
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(cannot)?;
    fs::write(path, text).with_context(cannot)
}
