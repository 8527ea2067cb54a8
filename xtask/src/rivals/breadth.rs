//! `cargo xtask rivals breadth`: compares for how many documents each generator makes a crate that compiles.

use std::path::PathBuf;

use anyhow::ensure;

use super::generators::Generator;
use super::measure;
use crate::corpus::document::{self, Document};
use crate::corpus::workspace::Workspace;
use crate::folder;
use oasmith::{Outcome, paths};

/// Compare for how many documents each generator makes a crate that compiles.
///
/// Takes documents at even distances in the order of their names. Each generator runs with its defaults. A crate is compiled by
/// `cargo check`. progenitor reads OpenAPI 3.0 alone.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Exit codes: 0, it is done; 2, it could not run.")]
pub struct Args {
    /// Folder of the documents: its files that end in .json, .yaml or .yml
    folder: PathBuf,

    /// How many documents to take
    #[arg(long, value_name = "N", default_value_t = 40)]
    documents: usize,
}

const GENERATORS: [Generator; 4] =
    [Generator::Ours, Generator::Ploidy, Generator::OpenapiToRust, Generator::Progenitor];

/// What a generator made of the documents.
#[derive(Clone, Copy, Default)]
struct Made {
    crates: usize,
    compiled: usize,
    compiled_of_3_1: usize,
}

/// Emits, compiles and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let all = document::all(&args.folder)?;
    ensure!(!all.is_empty() && args.documents > 0, "no document of {} is to be taken", paths::shown(&args.folder));
    let step = all.len().div_ceil(args.documents);
    let documents: Vec<Document> = all.into_iter().step_by(step).collect();
    let workspace = Workspace::new("breadth");
    let mut made = [Made::default(); GENERATORS.len()];
    let mut of_3_1 = 0;
    for document in &documents {
        let is_3_1 = is_3_1(document)?;
        of_3_1 += usize::from(is_3_1);
        for (generator, made) in GENERATORS.into_iter().zip(&mut made) {
            match compile(&workspace, generator, document, &mut made.crates)? {
                Ok(()) => {
                    made.compiled += 1;
                    made.compiled_of_3_1 += usize::from(is_3_1);
                }
                Err(fault) => eprintln!("{}: {}: {fault}", document.name, generator.name()),
            }
        }
    }
    let all = documents.len();
    println!(
        "| generator | of {all} documents, a crate | that compiles | of {of_3_1} in 3.1 |\n| --- | --- | --- | --- |"
    );
    for (generator, Made { crates, compiled, compiled_of_3_1 }) in GENERATORS.into_iter().zip(made) {
        println!("| {} | {crates} | {compiled} | {compiled_of_3_1} |", generator.version()?);
    }
    Ok(Outcome::Done)
}

fn is_3_1(document: &Document) -> anyhow::Result<bool> {
    let generated = document.generate()?;
    let version = generated.as_ref().and_then(|it| document::root(it).get("openapi")?.as_str());
    Ok(version.is_some_and(|version| version.starts_with("3.1")))
}

/// Emits and compiles a crate, or says what failed. Counts the crates that are emitted.
fn compile(
    workspace: &Workspace,
    generator: Generator,
    document: &Document,
    crates: &mut usize,
) -> anyhow::Result<Result<(), String>> {
    let name = generator.package(document);
    if let Err(fault) = generator.emit(workspace, document)? {
        return Ok(Err(fault));
    }
    *crates += 1;
    workspace.hold([name.clone()].into_iter())?;
    let measured = measure::check(workspace, &name)?;
    folder::remove(&workspace.place(&name))?;
    Ok(measured.of(&name).map(|_| ()).map_err(|fault| fault.to_string()))
}
