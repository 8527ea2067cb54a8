//! The arguments of `oasmith check`.

use std::path::PathBuf;

use clap::ArgGroup;

use crate::generate::{Chosen, Examination, Input};
use crate::program::OASMITH;

/// Say what is at fault in a document, and write nothing.
#[derive(clap::Args)]
#[command(group = ArgGroup::new("source").args(["spec", "specs"]).required(true))]
pub struct Args {
    /// OpenAPI document, in JSON or YAML
    spec: Option<PathBuf>,

    /// OpenAPI Overlay that corrects the document
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    overlay: Option<PathBuf>,

    /// Folder whose files the document may refer to, if not its own
    #[arg(long, value_name = "DIR", conflicts_with = "specs")]
    root: Option<PathBuf>,

    #[command(flatten)]
    chosen: Chosen,

    /// Print an overlay that corrects what is found, and each of its actions with the message that it is for
    #[arg(long)]
    help_overlay: bool,

    /// Folder with a folder for each API
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl From<Args> for Examination {
    fn from(args: Args) -> Self {
        let input = match (args.spec, args.specs) {
            (Some(file), _) => {
                Input::Document { file, overlay: args.overlay, root: args.root, chosen: args.chosen, name: None }
            }
            (None, folder) => Input::Folder { folder: folder.unwrap_or_default(), name: None },
        };
        Self { program: OASMITH, input, help_overlay: args.help_overlay }
    }
}
