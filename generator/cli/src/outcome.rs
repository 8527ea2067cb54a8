//! How a command ends, and the exit code for it.

use std::error::Error;
use std::process::ExitCode;

use crate::error::whole;
use crate::stdout::say;

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It found something that has to be mended first.
    Found,
}

/// The exit code of a command. If the command could not run, prints the reason.
pub fn exit_code<E: Into<Box<dyn Error + Send + Sync>>>(result: Result<Outcome, E>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) => {
            let error = error.into();
            say(&format!("error: {}\n", whole(&*error)));
            ExitCode::from(2)
        }
    }
}
