//! `cargo xtask gen`: from OpenAPI documents to the files of a crate.
//!
//! Takes the documents of `specs/`, or one document, gives a folder with the crate and says what changed there. What is
//! emitted is the generator's business; this reads, compares, writes and prints.

pub mod api;
mod loader;
pub mod output;
mod printed;

use std::path::{Path, PathBuf};

use anyhow::ensure;
use generator::{ApiSource, Layout, Options};

use crate::fault::Fault;
use crate::{Outcome, names, paths};
use api::Api;
use output::{CrateFiles, Output};

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
    /// Write nothing; fail if the output is not what would be written
    #[arg(long)]
    check: bool,

    /// Emit the nearest safe thing where a document has errors, instead of nothing; the errors no longer fail the run
    #[arg(long)]
    keep_going: bool,

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

/// Generates everything in memory, then compares and writes.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let output = args.output()?;
    let (apis, faults) = args.apis()?;
    let generated = generator::generate(apis.iter().map(Api::source).collect::<Vec<ApiSource<'_>>>(), &args.options());
    printed::findings(&faults, &generated);
    let Some(files) = generated.files.filter(|_| faults.is_empty()) else {
        return Ok(Outcome::Found);
    };
    let files = CrateFiles::new(files);
    let changes = output.compare(&files)?;
    if args.check {
        return Ok(printed::check(&changes, &output.shown(), args.spec.is_none() && args.specs.is_none()));
    }
    output.write(&files, &changes)?;
    printed::written(&changes, &generated.summaries, files.len());
    Ok(Outcome::Done)
}

impl Args {
    fn output(&self) -> anyhow::Result<Output> {
        let Some(folder) = &self.out else { return Output::own(paths::repository("generated")) };
        let output = Output::named(folder.clone())?;
        for input in [&self.spec, &self.overlay, &self.specs].into_iter().flatten() {
            ensure!(!output.holds(input), "{} lies in the folder for the output", paths::shown(input));
        }
        Ok(output)
    }

    fn apis(&self) -> anyhow::Result<(Vec<Api>, Vec<Fault>)> {
        match &self.spec {
            Some(document) => {
                let mut api = Api::read(self.package(document), document, self.overlay.as_deref())?;
                if let Some(root) = &self.root {
                    api = api.within(document, root)?;
                }
                Ok((vec![api], Vec::new()))
            }
            None => api::all(&self.specs.clone().unwrap_or_else(|| paths::repository("specs"))),
        }
    }

    fn options(&self) -> Options {
        let (name, layout) = match &self.spec {
            Some(document) => (self.package(document), Layout::Whole),
            None => ("generated".to_owned(), Layout::Member),
        };
        Options { name, layout, keep_going: self.keep_going }
    }

    fn package(&self, document: &Path) -> String {
        self.name.clone().unwrap_or_else(|| names::package_for(document))
    }
}
