//! The emitted crates compiled: clippy's warnings, and the doc tests that rustdoc finds.
//!
//! All crates are members of one workspace below the target folder, as in `corpus`.

use std::collections::HashSet;
use std::process::Command;

use anyhow::Context;

use super::verdict::Verdict;
use crate::corpus::cargo;
use crate::corpus::workspace::{self, Workspace};

/// Adds what is wrong with the crates to the verdicts.
pub fn check(jobs: usize, verdicts: &mut [Verdict]) -> anyhow::Result<()> {
    let workspace = Workspace::new("hostile");
    let packages: Vec<String> = verdicts.iter().filter(|it| it.files.is_some()).map(|it| it.package.clone()).collect();
    for verdict in verdicts.iter() {
        if let Some(files) = &verdict.files {
            workspace.put(&verdict.package, files)?;
        }
    }
    workspace.hold(packages.iter().cloned())?;
    let compiled = cargo::run(&workspace, &["clippy", "--all-features"], jobs, 2 * packages.len())?;
    let (sound, broken): (Vec<&String>, Vec<&String>) =
        packages.iter().partition(|package| compiled.failure(package).is_none());
    let tests = if sound.is_empty() { String::new() } else { doc_tests(&workspace, &broken, jobs)? };
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.files.is_some()) {
        verdict.faults.extend(compiled.failure(&verdict.package));
        let theirs = foreign(&tests, &verdict.package);
        verdict.faults.extend(theirs.into_iter().map(|test| format!("rustdoc would run `{test}`")));
    }
    Ok(())
}

/// The doc tests that rustdoc lists for all crates that compile.
fn doc_tests(workspace: &Workspace, broken: &[&String], jobs: usize) -> anyhow::Result<String> {
    let output = Command::new("cargo")
        .args(["test", "--doc", "--workspace", "--no-fail-fast", "--color=never"])
        .args(broken.iter().map(|package| format!("--exclude={package}")))
        .arg(format!("--jobs={jobs}"))
        .arg("--target-dir")
        .arg(workspace::cargo_target())
        .args(["--", "--list"])
        .current_dir(workspace.folder())
        .output()
        .context("cannot run cargo")?;
    anyhow::ensure!(output.status.success(), "cargo test --doc: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The doc tests of a crate, except the generator's own: an example at the top of the crate, and one for each operation.
fn foreign<'t>(listed: &'t str, package: &str) -> Vec<&'t str> {
    let of_crate = |line: &'t str| line.strip_suffix(": test")?.strip_prefix(package)?.strip_prefix('/');
    let mut seen = HashSet::new();
    let mut is_own = |test: &&str| {
        let place = test.split(" (line ").next().unwrap_or(test);
        (place == "src/lib.rs -" || place.starts_with("src/api/operations/")) && seen.insert(place.to_owned())
    };
    listed.lines().filter_map(of_crate).filter(|test| !is_own(test)).collect()
}

#[cfg(test)]
mod tests {
    use super::foreign;

    const LISTED: &str = "\
n1_a/src/lib.rs - (line 5): test

1 tests, 0 benchmarks
n2_b/src/lib.rs - (line 5): test
n2_b/src/lib.rs - (line 30): test
n2_b/src/api/models/a.rs - api::models::a::A (line 3): test
n2_b/src/api/operations/b.rs - api::operations::b::Client::b (line 3): test
n2_b/src/api/operations/b.rs - api::operations::b::Client::b (line 9): test

5 tests, 0 benchmarks
";

    #[test]
    fn each_example_of_the_generator_is_let_pass_once() {
        assert_eq!(foreign(LISTED, "n1_a"), [""; 0]);
        let theirs = [
            "src/lib.rs - (line 30)",
            "src/api/models/a.rs - api::models::a::A (line 3)",
            "src/api/operations/b.rs - api::operations::b::Client::b (line 9)",
        ];
        assert_eq!(foreign(LISTED, "n2_b"), theirs);
    }
}
