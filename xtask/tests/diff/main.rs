//! `cargo xtask diff` as a program. What it finds and its exit codes are tested with `oasmith`; here is what the reviewer of this
//! repository reads, and what differs in the arguments.

#[path = "../../../generator/cli/tests/it/commits.rs"]
mod commits;
mod updates;

use std::path::Path;
use std::process::Command;

const DIFF: &[&str] = &["--specs", "specs"];

/// Runs `diff` in a folder; gives the exit code and the two outputs.
fn diff(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(folder).arg("diff").args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), stdout, stderr)
}

#[test]
fn the_revision_and_the_files_are_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    commits::git(folder, &["init", "--quiet", "--initial-branch=trunk"]);
    commits::commit(
        folder,
        "specs/cats/openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: Cats, version: '1'}\npaths: {}\n",
    );
    let file = "specs/cats/openapi.yaml";
    for args in [&[DIFF, &["HEAD"]].concat()[..], &["--files", file, file]] {
        let (code, stdout, stderr) = diff(folder, args);
        let first = stdout.lines().next();
        assert_eq!((code, first), (Some(0), Some("Safe to merge: nothing changes for callers")), "{stderr}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    commits::put(elsewhere.path(), "specs/README.md", "");
    let (code, _, stderr) = diff(elsewhere.path(), DIFF);
    assert_eq!(
        (code, stderr.contains("; `cargo xtask diff --files OLD NEW` compares two files\n")),
        (Some(2), true),
        "{stderr}"
    );
}
