//! The program that runs a command. Messages use its name in the commands that they show.

/// How the program's commands are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// What comes before the name of a command.
    pub name: &'static str,
    /// Whether it has the command `import`, which makes the document of an API from pages.
    pub imports: bool,
    /// The command that compares two files.
    pub two_files: &'static str,
}

impl Program {
    /// The command that generates, as emitted files name it.
    pub fn generates(&self) -> String {
        format!("{} gen", self.name)
    }
}

/// The program of this crate.
pub const OASMITH: Program = Program { name: "oasmith", imports: false, two_files: "oasmith diff OLD NEW" };
