//! The arguments of `oasmith`. They become the values that commands take. The commands themselves are elsewhere.

mod check;
mod diff;
mod generate;

pub use generate::Mode;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::error::{Error, Result};
use crate::outcome::exit_code;
use crate::stdout::print;
use crate::{Outcome, explain, init};

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
    Gen(Box<generate::Args>),
    Check(check::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    Init(init::Args),
    /// Print what a shell needs to complete the arguments.
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the man page.
    Man,
}

/// Runs the command that the program's arguments name, and gives the exit code.
pub fn main() -> ExitCode {
    exit_code(match Cli::parse().command {
        Command::Gen(args) => crate::generate::run((*args).into()),
        Command::Check(args) => crate::generate::check(&args.into()),
        Command::Diff(args) => crate::diff::run(args.into()),
        Command::Explain(args) => explain::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions { shell } => completions(shell),
        Command::Man => man(),
    })
}

fn completions(shell: Shell) -> Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "oasmith", &mut text);
    print(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}

/// The pages of the program and of its commands, one after the other.
fn man() -> Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text).map_err(Error::Stdout)?;
    for of in command.get_subcommands() {
        clap_mangen::Man::new(of.clone()).render(&mut text).map_err(Error::Stdout)?;
    }
    print(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}
