//! `cargo xtask diff`: what a change of a document means for callers.

mod compile;

use std::path::PathBuf;

use crate::Outcome;

/// Compare documents.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of pairs to measure the comparison with
    #[arg(long)]
    cases: PathBuf,
}

/// Compares.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    compile::run(&args.cases)
}
