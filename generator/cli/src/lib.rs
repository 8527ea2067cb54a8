//! The command line of the generator: everything that uses files, Git and the terminal.
//!
//! A command takes a value that says what to do and which [`Program`] runs it, and gives an [`Outcome`]. The program `oasmith` is in
//! [`main`]. Another program with arguments of its own can call the same commands.

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
