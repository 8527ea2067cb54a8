//! `cargo xtask cold`: compares what the first build of a client costs, for this generator and two others.
//!
//! Takes a document, runs the other generators from the path, gives a table in Markdown. Each crate is in a workspace of its own and
//! built into an empty folder, so that all of its dependencies are compiled.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail, ensure};
use wait4::Wait4;

use crate::corpus::document::Document;
use crate::corpus::workspace::{self, Workspace};
use crate::folder;
use crate::rivals::generators::Generator;
use oasmith::Outcome;

/// Compare the first build of this generator's client with those of openapi-to-rust and progenitor.
///
/// Runs both from the path (`cargo install openapi-to-rust@0.23.0 cargo-progenitor@0.15.1`). progenitor reads OpenAPI 3.0 alone. The
/// crates are those of `cargo tree -e normal`. The seconds are the CPU time, user and system, of `cargo build` with all that it runs,
/// after everything was downloaded.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Exit codes: 0, it is done; 2, it could not run.")]
pub struct Args {
    /// The document
    document: PathBuf,
}

/// A client: its generator, and the features of Cargo for its build.
struct Client {
    generator: Generator,
    title: &'static str,
    features: &'static [&'static str],
}

const CLIENTS: [Client; 6] = [
    Client { generator: Generator::Ours, title: ", by default", features: &[] },
    Client {
        generator: Generator::Ours,
        title: ", `blocking` alone",
        features: &["--no-default-features", "--features", "blocking"],
    },
    Client { generator: Generator::Ours, title: ", no features", features: &["--no-default-features"] },
    Client { generator: Generator::OpenapiToRust, title: "", features: &[] },
    Client { generator: Generator::Progenitor, title: ", which cannot speak https", features: &[] },
    Client { generator: Generator::Progenitor, title: ", with rustls", features: &["--features", "reqwest/rustls"] },
];

/// Emits, builds and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let document = Document::of(&args.document);
    let mut text = String::from("| client | crates | CPU seconds |\n| --- | --- | --- |\n");
    for Client { generator, title, features } in CLIENTS {
        let workspace = Workspace::new(&format!("cold-{}", generator.name()));
        if let Err(fault) = generator.emit(&workspace, &document)? {
            bail!("{}: {fault}", generator.name());
        }
        let package = generator.package(&document);
        workspace.hold([package.clone()].into_iter())?;
        let crates = crates(&workspace, &package, features)?;
        let seconds = seconds(&workspace, &package, features)?;
        text += &format!("| {}{title} | {crates} | {seconds:.0} |\n", generator.version()?);
    }
    print!("{text}");
    Ok(Outcome::Done)
}

/// How many crates a client needs, including itself.
fn crates(workspace: &Workspace, package: &str, features: &[&str]) -> anyhow::Result<usize> {
    let mut tree = cargo(workspace, "tree", package, features);
    tree.args(["--edges", "normal", "--prefix", "none", "--no-dedupe", "--format", "{p}"]);
    let output = tree.output().context("cannot run cargo")?;
    ensure!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).lines().collect::<BTreeSet<_>>().len())
}

/// The CPU time of the first build.
fn seconds(workspace: &Workspace, package: &str, features: &[&str]) -> anyhow::Result<f64> {
    let target = workspace::target().join("cold");
    folder::remove(&target)?;
    let fetched = Command::new("cargo").args(["fetch", "--quiet"]).current_dir(workspace.folder()).status();
    ensure!(fetched.context("cannot run cargo")?.success(), "cargo fetch failed");
    let mut build = cargo(workspace, "build", package, features);
    build.arg("--quiet").arg("--target-dir").arg(&target);
    let used = build.spawn().context("cannot run cargo")?.wait4().context("cannot wait for cargo")?;
    ensure!(used.status.success(), "cargo build of {package} failed");
    folder::remove(&target)?;
    Ok((used.rusage.utime + used.rusage.stime).as_secs_f64())
}

fn cargo(workspace: &Workspace, command: &str, package: &str, features: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.arg(command).args(["--package", package]).args(features).current_dir(workspace.folder());
    cargo.env_remove("RUSTFLAGS").env_remove("RUSTC_WRAPPER");
    cargo
}
