//! `cargo xtask gen`: the arguments of `gen`, with the folders of this repository as defaults.

use std::path::PathBuf;

use oasmith::generate::{Chosen, Input, Job, Out};
use oasmith::{Mode, names};

use crate::{PROGRAM, repository};

/// Write the crate `generated` from the documents in specs/, or a crate of its own from any document.
///
/// Each folder of specs/ becomes a module and a feature of its name. It holds the document, openapi.json or
/// openapi.yaml, and overlay.yaml if there is anything to correct. With --spec, the one document becomes a whole crate
/// that builds by itself, also inside another workspace.
///
/// Files that stay the same are not touched, and only files that an earlier run has written are deleted. If a document
/// has errors, nothing is written. Nothing is downloaded, and a document's other files must lie in its folder, or in
/// that of --root.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    mode: Mode,

    #[command(flatten)]
    chosen: Chosen,

    /// Document to make a crate of, instead of those in specs/
    #[arg(long, value_name = "FILE", group = "source", requires = "out")]
    spec: Option<PathBuf>,

    /// OpenAPI Overlay that corrects the document
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,

    /// Folder whose files the document may refer to, if not its own
    #[arg(long, value_name = "DIR", requires = "spec")]
    root: Option<PathBuf>,

    /// Folder for the crate: an absent or empty one, or the output of an earlier run
    #[arg(long, value_name = "DIR", requires = "source")]
    out: Option<PathBuf>,

    /// Name of the crate, if not made from the names of the file and its folder
    #[arg(long, requires = "spec", value_parser = names::package)]
    name: Option<String>,

    /// Folder that holds a folder for each API, if not the repository's own
    #[arg(long, value_name = "DIR", group = "source", requires = "out")]
    specs: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask gen                                            bring generated/ up to date
  cargo xtask gen --check                                    say what is not up to date
  cargo xtask gen --spec petstore.yaml --out ../petstore     a crate from any document
  cargo xtask gen --spec a.json --overlay b.yaml --out ../c --name petstore

Exit codes: 0, it is done; 1, a document cannot be generated, or --check found the output stale; 2, it could not run.";

impl From<Args> for Job {
    fn from(args: Args) -> Self {
        let input = match (args.spec, args.specs) {
            (Some(file), _) => {
                Input::Document { file, overlay: args.overlay, root: args.root, chosen: args.chosen, name: args.name }
            }
            (None, folder) => {
                Input::Folder { folder: folder.unwrap_or_else(|| repository::folder("specs")), name: None }
            }
        };
        let out = args.out.map_or_else(|| Out::Own(repository::folder("generated")), Out::Named);
        args.mode.job(PROGRAM, input, out)
    }
}
