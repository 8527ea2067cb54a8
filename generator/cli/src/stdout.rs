//! Standard output and standard error.

use std::io::{self, ErrorKind, Write};

use crate::error::{Error, Result};

/// Prints. A closed pipe is not an error.
pub fn print(text: &str) -> Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Stdout(error)),
        _ => Ok(()),
    }
}

/// Writes to standard error. Ignores a failure, because there is no other place to report it.
pub fn say(text: &str) {
    _ = io::stderr().lock().write_all(text.as_bytes());
}
