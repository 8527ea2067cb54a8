//! The arguments of `oasmith`. They become the value that a command takes; what it does is not here.

mod diff;
mod generate;

pub use generate::Mode;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::explain;
use crate::outcome::exit_code;

/// Typed Rust clients from OpenAPI documents.
///
/// Exit codes: 0, it is done; 1, it found something that has to be mended first; 2, it could not run (wrong arguments,
/// a file that cannot be read or written).
#[derive(Parser)]
#[command(name = "oasmith", version, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Gen(generate::Args),
    Diff(diff::Args),
    Explain(explain::Args),
}

/// Runs the command that the program's arguments name, and gives the exit code.
pub fn main() -> ExitCode {
    exit_code(match Cli::parse().command {
        Command::Gen(args) => crate::generate::run(args.into()),
        Command::Diff(args) => crate::diff::run(args.into()),
        Command::Explain(args) => explain::run(&args),
    })
}
