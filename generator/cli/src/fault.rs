//! A fault in the input of a command, in the form in which it is shown.

use std::fmt;

/// One thing to mend, with the places it concerns.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where: a path, `page:line`, or `page:line:column`.
    pub places: Vec<String>,
    /// What to look at or to write.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        for place in &self.places {
            writeln!(f, "  --> {place}")?;
        }
        write!(f, "  help: {}", self.help)
    }
}
