//! `cargo xtask rivals`: compares this generator with others.
//!
//! Takes a folder of documents, runs the other generators from the path, gives a table in Markdown.

mod breadth;
mod compile;
pub mod generators;
pub mod measure;
mod speed;
mod table;

use oasmith::Outcome;

/// Compare this generator with ploidy, openapi-to-rust and progenitor.
///
/// Runs them from the path (`cargo install ploidy@0.15.0 openapi-to-rust@0.23.0 cargo-progenitor@0.15.1`).
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    Breadth(breadth::Args),
    Compile(compile::Args),
    Speed(speed::Args),
}

/// Compares and prints a table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Breadth(args) => breadth::run(args),
        What::Compile(args) => compile::run(args),
        What::Speed(args) => speed::run(args),
    }
}
