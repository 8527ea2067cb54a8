//! `cargo xtask diff`: what a change of a document means for callers.

mod cases;
mod compile;

use std::path::PathBuf;

use crate::Outcome;

/// Compare documents.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of pairs to measure the comparison with
    #[arg(long)]
    cases: PathBuf,
    /// Measure the verdicts about programs by compiling them
    #[arg(long)]
    compile: bool,
}

/// Compares.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.compile { compile::run(&args.cases) } else { cases::run(&args.cases) }
}
