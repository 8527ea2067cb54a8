//! The arguments of `oasmith gen`.

use std::path::PathBuf;

use clap::ArgGroup;

use crate::generate::{Chosen, Input, Job, Out};
use crate::names;
use crate::program::{OASMITH, Program};

/// Write a Rust crate from an OpenAPI document.
///
/// The crate builds by itself, also inside another workspace. Files that stay the same are not touched, and only files
/// that an earlier run has written are deleted. If a document has errors, nothing is written. Nothing is downloaded, and
/// a document's other files must lie in its folder, or in that of --root.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
#[command(group = ArgGroup::new("source").args(["spec", "specs"]).required(true))]
pub struct Args {
    /// OpenAPI document, in JSON or YAML
    spec: Option<PathBuf>,

    /// Folder for the crate: an absent or empty one, or the output of an earlier run
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// OpenAPI Overlay that corrects the document
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    overlay: Option<PathBuf>,

    /// Folder whose files the document may refer to, if not its own
    #[arg(long, value_name = "DIR", conflicts_with = "specs")]
    root: Option<PathBuf>,

    /// Name of the crate, if not made from the names of the file and its folder
    #[arg(long, value_parser = names::package)]
    name: Option<String>,

    #[command(flatten)]
    chosen: Chosen,

    /// Folder with a folder for each API, all for one crate: each holds openapi.json or openapi.yaml, overlay.yaml if there
    /// is anything to correct, and generate.toml if not all of it is wanted, and becomes a module of the crate
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,

    #[command(flatten)]
    mode: Mode,
}

/// What to do with the emitted crate.
#[derive(clap::Args)]
pub struct Mode {
    /// Write nothing; fail if the output is not what would be written
    #[arg(long)]
    check: bool,

    /// Emit the nearest safe thing where a document has errors, instead of nothing; the errors no longer fail the run
    #[arg(long)]
    keep_going: bool,

    /// Turn the folder of another crate into this one
    #[arg(long)]
    replace: bool,

    /// Write nothing; print an overlay that corrects what is found, and each of its actions with the message that it is for
    #[arg(long, conflicts_with = "check")]
    help_overlay: bool,

    // It comes last, because its heading would also stand over the arguments after it.
    #[command(flatten)]
    package: Package,
}

impl Mode {
    /// The job of a program.
    pub fn job(self, program: Program, input: Input, out: Out) -> Job {
        let Self { check, keep_going, help_overlay, replace, package } = self;
        Job { program, input, out, check, keep_going, help_overlay, set: package.keys(), replace }
    }
}

/// What the manifest says about the crate. A later run keeps these keys, and also keys that are written there by hand.
#[derive(clap::Args)]
#[command(next_help_heading = "In the crate's Cargo.toml")]
struct Package {
    /// Version of the crate
    #[arg(long, value_name = "VERSION", value_parser = version)]
    package_version: Option<String>,

    /// License, as an SPDX expression
    #[arg(long, value_name = "SPDX")]
    license: Option<String>,

    /// Description
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// Address of the repository
    #[arg(long, value_name = "URL")]
    repository: Option<String>,

    /// Whether the crate may be published
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true")]
    publish: Option<bool>,
}

/// A version as Cargo takes it.
fn version(text: &str) -> Result<String, String> {
    semver::Version::parse(text).map(|version| version.to_string()).map_err(|error| format!("{error}, as in `1.2.0`"))
}

impl Package {
    /// The keys that are given.
    fn keys(&self) -> Vec<(&'static str, String)> {
        let keys = [
            ("version", self.package_version.clone()),
            ("license", self.license.clone()),
            ("description", self.description.clone()),
            ("repository", self.repository.clone()),
            ("publish", self.publish.map(|publish| publish.to_string())),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

const EXAMPLES: &str = "\
Examples:
  oasmith gen petstore.yaml --out petstore             a crate
  oasmith gen petstore.yaml --out petstore --check     say what is not up to date
  oasmith gen a.json --overlay b.yaml --out c --name petstore
  oasmith gen a.json --out a --only 'get_user,GET /repos/**,tag:gists'
  oasmith gen --specs specs --out clients              a crate with a module for each folder of specs

Exit codes: 0, it is done; 1, a document cannot be generated, or --check found the output stale; 2, it could not run.";

impl From<Args> for Job {
    fn from(args: Args) -> Self {
        let input = match (args.spec, args.specs) {
            (Some(file), _) => {
                Input::Document { file, overlay: args.overlay, root: args.root, chosen: args.chosen, name: args.name }
            }
            (None, folder) => Input::Folder { folder: folder.unwrap_or_default(), name: args.name },
        };
        args.mode.job(OASMITH, input, Out::Named(args.out))
    }
}
