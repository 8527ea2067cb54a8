//! Arguments and choices that cannot be meant: the run says so, and does not go on without them.

use std::fs;

use crate::program::{PETS, put, run};

/// The exit code, and the first line of what is said.
fn said(folder: &std::path::Path, command: &str, args: &[&str]) -> (Option<i32>, String) {
    let (code, _, stderr) = run(folder, command, args);
    (code, stderr.lines().find(|line| !line.is_empty()).unwrap_or_default().to_owned())
}

#[test]
fn what_is_for_one_document_is_refused_with_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/pets/openapi.yaml", PETS);
    for option in ["--only", "--except", "--config", "--overlay", "--root"] {
        let refused = format!("error: the argument '--specs <DIR>' cannot be used with '{option}");
        for (command, args) in [
            ("gen", vec!["--specs", "specs", "--out", "out", option, "x"]),
            ("check", vec!["--specs", "specs", option, "x"]),
        ] {
            let (code, line) = said(folder.path(), command, &args);
            assert!(code == Some(2) && line.starts_with(&refused), "{command} {option}: {line}");
        }
    }
    for (option, args) in [
        ("--overlay", ["--specs", "specs", "--overlay", "x"].as_slice()),
        ("--old-overlay", &["--specs", "specs", "--old-overlay", "x"]),
        ("--config", &["--specs", "specs", "--config", "x"]),
        ("--base", &["a.yaml", "b.yaml", "--base", "x"]),
    ] {
        let (code, line) = said(folder.path(), "diff", args);
        assert!(code == Some(2) && line.contains("cannot be used with") && line.contains(option), "{option}: {line}");
    }
}

#[test]
fn a_choice_that_selects_nothing_ends_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "pets.yaml", PETS);
    put(folder.path(), "choices.toml", "only = ['nothing']\n");
    let (code, line) = said(folder.path(), "diff", &["pets.yaml", "pets.yaml", "--config", "choices.toml"]);
    assert_eq!((code, line.contains("`nothing` selects no operation")), (Some(2), true), "{line}");
}

#[test]
fn a_dependency_that_cargo_would_refuse_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "pets.yaml", PETS);
    for dependency in ["serde_json = '1'", "bytes = '1'", "chrono = '0.4'", "x = 1", "x = 'foo'", "x = {pth = 'a'}"] {
        put(folder.path(), "choices.toml", &format!("[dependencies]\n{dependency}\n"));
        let args = ["pets.yaml", "--out", "out", "--config", "choices.toml"];
        let (code, line) = said(folder.path(), "gen", &args);
        assert_eq!((code, line.starts_with("error[choice-value]")), (Some(1), true), "{dependency}: {line}");
    }
    for version in ["foo", "1", "1.2", "v1.0.0", ""] {
        let args = ["pets.yaml", "--out", "out", "--package-version", version];
        assert_eq!(run(folder.path(), "gen", &args).0, Some(2), "{version}");
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_project_has_no_two_folders_of_one_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["specs", "target", "xtask"] {
        assert_eq!(run(folder.path(), "init", &["--name", name]).0, Some(2), "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_no_absent_file() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/pets/openapi.yaml", PETS);
    for name in ["overlay.yaml", "generate.toml"] {
        let link = folder.path().join("specs/pets").join(name);
        std::os::unix::fs::symlink("missing", &link).unwrap();
        let (code, line) = said(folder.path(), "check", &["--specs", "specs"]);
        assert_eq!(
            (code, line.starts_with(&format!("error: cannot read specs/pets/{name}"))),
            (Some(2), true),
            "{line}"
        );
        fs::remove_file(&link).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_name_of_a_folder_gives_no_commands() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/b\n::error::x \u{1b}[31m/openapi.yaml", PETS);
    let (code, _, stderr) = run(folder.path(), "check", &["--specs", "specs"]);
    assert_eq!((code, stderr.contains("\n::error::"), stderr.contains('\u{1b}')), (Some(1), false, false), "{stderr}");
}
