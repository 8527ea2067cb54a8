//! A new project, and what a shell needs.

use std::fs;
use std::process::Command;

use crate::program::{PETS, put, run};

const LAID_OUT: &str = "\
added .cargo/config.toml
added .github/workflows/apis.yml
added .gitignore
added Cargo.toml
added specs/README.md
added xtask/Cargo.toml
added xtask/src/main.rs
added pets-client, a crate without an API

Put a document into a folder of its own, as specs/pets/openapi.yaml, and run `cargo xtask gen`.
The workflow installs `oasmith` from crates.io. Change that line if you have it from elsewhere.
";

#[test]
fn a_project_is_laid_out_once() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--name", "pets-client"];
    assert_eq!(run(folder.path(), "init", &args), (Some(0), LAID_OUT.to_owned(), String::new()));
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert_eq!(manifest, "[workspace]\nresolver = \"3\"\nmembers = [\"pets-client\", \"xtask\"]\n");
    // Cargo can read it before there is a document.
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--no-deps", "--format-version=1", "--offline"]).current_dir(folder.path());
    assert!(metadata.output().unwrap().status.success());

    put(folder.path(), "Cargo.toml", "mine");
    let (code, stdout, _) = run(folder.path(), "init", &args);
    assert_eq!((code, stdout.lines().filter(|line| line.starts_with("left alone ")).count()), (Some(0), 8), "{stdout}");
    assert_eq!(fs::read_to_string(folder.path().join("Cargo.toml")).unwrap(), "mine");

    put(folder.path(), "specs/pets/openapi.yaml", PETS);
    let gen_args = ["--specs", "specs", "--out", "pets-client", "--name", "pets-client"];
    assert_eq!(run(folder.path(), "gen", &gen_args).0, Some(0));
    assert_eq!(run(folder.path(), "gen", &[&gen_args[..], &["--check"]].concat()).0, Some(0));
}

#[test]
fn a_shell_and_man_know_the_arguments() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, stdout, _) = run(folder.path(), "completions", &[shell]);
        assert!(code == Some(0) && stdout.contains("overlay"), "{shell}");
    }
    let (code, stdout, _) = run(folder.path(), "man", &[]);
    assert!(code == Some(0) && stdout.contains(".TH oasmith 1"), "{stdout}");
}

/// The colours of a terminal, where they are asked for: nothing is a terminal in a test.
#[test]
fn colours_are_the_terminals() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "pets.yaml", &PETS.replace("schemas/Pet", "schemas/Dog"));
    let said = |variable: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oasmith"));
        command.current_dir(folder.path()).args(["check", "pets.yaml"]).env_remove("NO_COLOR");
        String::from_utf8(command.env(variable, "1").output().unwrap().stderr).unwrap()
    };
    assert!(said("CLICOLOR_FORCE").contains("\u{1b}["));
    assert!(!said("NO_COLOR").contains('\u{1b}'));
    let widest = said("NO_COLOR").lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(140), "{widest:?}");
}

/// What the generator embeds of the runtime is in its published package.
#[test]
fn the_published_package_has_the_runtime() {
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut list = Command::new(env!("CARGO"));
    list.args(["package", "--list", "--allow-dirty", "--offline", "--package", "oasmith-generator"]);
    let output = list.current_dir(&repository).output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let mut names = Vec::new();
    sources(&repository.join("generator/runtime/src"), "embedded/src", &mut names);
    let missing: Vec<String> = names.into_iter().filter(|name| !listed.lines().any(|line| line == name)).collect();
    assert_eq!(missing, Vec::<String>::new(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(listed.lines().any(|line| line == "embedded/manifest.toml"));
}

/// The files of a folder and of those in it, below another name of the folder.
fn sources(folder: &std::path::Path, name: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{name}/{}", entry.file_name().into_string().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => sources(&entry.path(), &name, found),
            false => found.push(name),
        }
    }
}
