//! The repository's tasks: the only place that touches files, Git and the terminal.
//!
//! Takes the command line, runs one command, gives its exit code. What a command does is in the module of its name.

mod corpus;
mod diff;
mod fault;
mod generate;
mod hostile;
mod import;
mod names;
mod paths;
mod rivals;

use std::env;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The repository's tasks.
///
/// Exit codes: 0, it is done; 1, it found something that has to be mended first; 2, it could not run (wrong arguments,
/// a file that cannot be read or written).
#[derive(Parser)]
#[command(bin_name = "cargo xtask", verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Corpus(corpus::Args),
    Diff(diff::Args),
    Gen(generate::Args),
    Hostile(hostile::Args),
    Import(import::Args),
    Rivals(rivals::Args),
}

/// How a command that could run ended.
enum Outcome {
    Done,
    Found,
}

/// Runs the command that the program's arguments name, and gives the exit code.
pub fn main() -> ExitCode {
    // Cargo runs this program in place of the compiler: the arguments are those of rustc.
    if let Some(record) = env::var_os(rivals::measure::RECORD) {
        return rivals::measure::rustc(&record).unwrap_or_else(failed);
    }
    let outcome = match Cli::parse().command {
        Command::Corpus(args) => corpus::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Gen(args) => generate::run(&args),
        Command::Hostile(args) => hostile::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Rivals(args) => rivals::run(&args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) => failed(error),
    }
}

fn failed(error: anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::from(2)
}
