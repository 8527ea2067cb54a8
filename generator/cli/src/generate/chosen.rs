//! What the command line chooses about a document: a file with choices, and operations.

use std::path::PathBuf;

use generator::source::SourceText;
use toml::{Table, Value};

use super::api;
use crate::error::Result;

/// What to emit of the document.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Chosen {
    /// File with choices about the document, as generate.toml in a folder of --specs
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,

    /// Emit only these operations: an id, a path, a method, both, or a tag. `*` stands for any characters, `**` for `/` as well
    #[arg(long, value_name = "WHICH", value_delimiter = ',', conflicts_with = "specs")]
    only: Vec<String>,

    /// Emit all operations but these
    #[arg(long, value_name = "WHICH", value_delimiter = ',', conflicts_with = "specs")]
    except: Vec<String>,
}

/// Messages show arguments as lines of the file that they stand for.
const ARGUMENTS: &str = "the arguments, as generate.toml";

impl Chosen {
    /// The file and the arguments. The arguments take precedence.
    pub fn texts(&self) -> Result<Vec<SourceText>> {
        let file = self.config.as_deref().map(api::text).transpose()?;
        let given = [("except", &self.except), ("only", &self.only)].into_iter().filter(|(_, which)| !which.is_empty());
        let value = |which: &Vec<String>| Value::Array(which.iter().cloned().map(Value::String).collect());
        let table: Table = given.map(|(key, which)| (key.to_owned(), value(which))).collect();
        let text = SourceText { name: ARGUMENTS.to_owned(), bytes: table.to_string().into_bytes() };
        Ok(file.into_iter().chain((!table.is_empty()).then_some(text)).collect())
    }
}
