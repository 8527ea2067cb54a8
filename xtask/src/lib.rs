//! The repository's tasks: the commands of `oasmith` with the repository's own folders, and what only this repository needs.
//!
//! Takes the command line, runs one command, gives its exit code. What a command does is in the module of its name.

mod cold;
mod corpus;
mod diff;
mod edits;
mod folder;
mod generate;
mod hostile;
mod import;
mod repository;
mod rivals;

use std::env;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use oasmith::outcome::exit_code;
use oasmith::{Program, explain};

/// The program whose name the messages of `oasmith` use here.
const PROGRAM: Program = Program { name: "cargo xtask", imports: true, two_files: "cargo xtask diff --files OLD NEW" };

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
    Cold(cold::Args),
    Corpus(corpus::Args),
    Diff(diff::Args),
    Edits(edits::Args),
    Explain(explain::Args),
    Gen(generate::Args),
    Hostile(hostile::Args),
    Import(import::Args),
    Rivals(rivals::Args),
}

/// Runs the command that the program's arguments name, and gives the exit code.
pub fn main() -> ExitCode {
    // Here Cargo runs this program in place of the compiler, so the arguments are those of rustc.
    if let Some(record) = env::var_os(rivals::measure::RECORD) {
        return rivals::measure::rustc(&record).unwrap_or_else(|error| exit_code(Err(error)));
    }
    exit_code(match Cli::parse().command {
        Command::Cold(args) => cold::run(&args),
        Command::Corpus(args) => corpus::run(&args),
        Command::Diff(args) => diff::run(args),
        Command::Edits(args) => edits::run(&args),
        Command::Explain(args) => explain::run(&args).map_err(Into::into),
        Command::Gen(args) => oasmith::generate::run(args.into()).map_err(Into::into),
        Command::Hostile(args) => hostile::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Rivals(args) => rivals::run(&args),
    })
}
