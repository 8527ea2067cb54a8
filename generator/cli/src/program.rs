//! The program in whose name a command speaks: its messages say what to type.

/// How the program's commands are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// What comes before the name of a command.
    pub name: &'static str,
    /// Whether it has the command `import`, which makes the document of an API from pages.
    pub imports: bool,
    /// How it is told to compare two files.
    pub two_files: &'static str,
}

impl Program {
    /// How the program is told to generate, as emitted files say it.
    pub fn generates(&self) -> String {
        format!("{} gen", self.name)
    }
}

/// The program of this crate.
pub const OASMITH: Program = Program { name: "oasmith", imports: false, two_files: "oasmith diff OLD NEW" };
