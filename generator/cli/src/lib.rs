//! The command line of the generator: what touches files, Git and the terminal.
//!
//! A command takes a value that says what to do and for which [`Program`], does it, and gives an [`Outcome`]. The program
//! `oasmith` is in [`main`]; another one with arguments of its own calls the same commands.

mod arguments;
pub mod diff;
pub mod error;
pub mod explain;
pub mod fault;
pub mod generate;
pub mod init;
pub mod names;
pub mod outcome;
pub mod paths;
pub mod program;
mod stdout;

pub use arguments::{Mode, main};
pub use error::Error;
pub use outcome::Outcome;
pub use program::Program;
