//! The emitted crates compiled: clippy's warnings, and the doc tests that rustdoc finds.
//!
//! All crates are members of one workspace below the target folder, as in `corpus`.

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
            workspace.put(&verdict.package, files.clone())?;
        }
    }
    workspace.hold(packages.iter().cloned())?;
    let compiled = cargo::run(&workspace, &["clippy"], jobs, packages.len())?;
    let tests = doc_tests(&workspace, jobs)?;
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.files.is_some()) {
        verdict.faults.extend(compiled.failure(&verdict.package));
        let own = tests.iter().filter(|(package, test)| *package == verdict.package && !is_own(test));
        verdict.faults.extend(own.map(|(_, test)| format!("rustdoc would run `{test}`")));
    }
    Ok(())
}

/// The doc tests that rustdoc lists, each with its crate.
fn doc_tests(workspace: &Workspace, jobs: usize) -> anyhow::Result<Vec<(String, String)>> {
    let output = Command::new("cargo")
        .args(["test", "--doc", "--workspace", "--no-fail-fast", "--color=never"])
        .arg(format!("--jobs={jobs}"))
        .arg("--target-dir")
        .arg(workspace::target().join("target"))
        .args(["--", "--list"])
        .current_dir(workspace.folder())
        .output()
        .context("cannot run cargo")?;
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    anyhow::ensure!(output.status.success(), "cargo test --doc: {}", stderr.trim());
    // The crates are named on stderr, in the order in which their lists, each with a sum at its end, are on stdout.
    let packages = stderr.lines().filter_map(|line| line.trim_start().strip_prefix("Doc-tests ")).map(str::to_owned);
    let mut lists = vec![Vec::new()];
    for line in stdout.lines() {
        match (line.strip_suffix(": test"), lists.last_mut()) {
            (Some(test), Some(list)) => list.push(test.to_owned()),
            _ if line.contains(" benchmarks") => lists.push(Vec::new()),
            _ => {}
        }
    }
    Ok(packages
        .zip(lists)
        .flat_map(|(package, list)| list.into_iter().map(move |test| (package.clone(), test)))
        .collect())
}

/// The example at the top of an API's module, which is the generator's own.
fn is_own(test: &str) -> bool {
    test.starts_with("src/api/mod.rs - api (line ")
}
