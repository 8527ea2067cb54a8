//! `cargo xtask rivals compile`: compares what the compiler spends on the output of this generator and of two others.
//!
//! All crates are members of one workspace below the target folder, so that their dependencies are compiled once and not measured.

use std::path::PathBuf;

use anyhow::ensure;

use crate::corpus::count;
use crate::corpus::document::{self, Document};
use crate::corpus::workspace::Workspace;
use oasmith::{Outcome, paths};

use super::generators::Generator;
use super::measure::{self, Cost};
use super::table;

/// Compare what the compiler spends on this generator's output with what it spends on that of ploidy and openapi-to-rust.
///
/// Runs both from the path (`cargo install ploidy@0.15.0 openapi-to-rust@0.23.0`). Takes the smallest documents of the folder that
/// have enough operations and whose crates all compile. The seconds are the CPU time of rustc for the emitted crate in
/// `cargo check`, without its dependencies. The memory is the most that rustc holds at a time.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Exit codes: 0, the times are within the limits; 1, they are not; 2, it could not run."
)]
pub struct Args {
    /// Folder of the documents: its files that end in .json, .yaml or .yml
    folder: PathBuf,

    /// How many documents to compare
    #[arg(long, value_name = "N", default_value_t = 10)]
    documents: usize,

    /// How many operations a document has at least
    #[arg(long, value_name = "N", default_value_t = 50)]
    operations: usize,

    /// How often each crate is compiled; the lowest figures count
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
}

/// A document, and the costs of its crates in the order of [`Generator::ALL`].
pub struct Compared {
    pub document: Document,
    pub operations: usize,
    pub costs: [Cost; Generator::ALL.len()],
    /// The cost of our runtime, which is a separate crate.
    pub runtime: Cost,
}

/// Emits, compiles and prints the table.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let versions = Generator::ALL.iter().map(|it| it.version()).collect::<anyhow::Result<Vec<_>>>()?;
    let workspace = Workspace::new("rivals");
    let mut compared: Vec<Compared> = Vec::new();
    for (operations, document) in candidates(args)? {
        if compared.len() == args.documents {
            break;
        }
        match compare(&workspace, &compared, document, operations)? {
            Ok(it) => compared.push(it),
            Err(why) => eprintln!("left out: {why}"),
        }
    }
    ensure!(!compared.is_empty(), "no document of {} has crates that all compile", paths::shown(&args.folder));
    hold(&workspace, compared.iter().map(|it| &it.document))?;
    for _ in 1..args.rounds {
        for it in &mut compared {
            for (generator, cost) in Generator::ALL.into_iter().zip(&mut it.costs) {
                let name = generator.package(&it.document);
                *cost = cost.lower(measure::check(&workspace, &name)?.of(&name)?);
            }
        }
    }
    print!("{}", table::render(&versions, &compared));
    let enough = compared.len() == args.documents;
    Ok(if enough && table::is_within_limits(&compared) { Outcome::Done } else { Outcome::Found })
}

/// The documents that have enough operations, the smallest first.
fn candidates(args: &Args) -> anyhow::Result<Vec<(usize, Document)>> {
    let mut found = Vec::new();
    for document in document::all(&args.folder)? {
        let Some(generated) = document.generate()? else { continue };
        let operations = count::operations(document::root(&generated));
        if operations >= args.operations && !generated.diagnostics.has_errors() {
            found.push((operations, document));
        }
    }
    found.sort_by_key(|(operations, _)| *operations);
    Ok(found)
}

/// Emits and compiles the crates of a document, or says which of them failed.
fn compare(
    workspace: &Workspace,
    others: &[Compared],
    document: Document,
    operations: usize,
) -> anyhow::Result<Result<Compared, String>> {
    let why = |generator: Generator, why: &str| format!("{}: {}: {why}", document.name, generator.name());
    for generator in Generator::ALL {
        if let Err(fault) = generator.emit(workspace, &document)? {
            return Ok(Err(why(generator, &fault)));
        }
    }
    hold(workspace, others.iter().map(|it| &it.document).chain([&document]))?;
    let (mut costs, mut runtime) = ([Cost::default(); Generator::ALL.len()], Cost::default());
    for (generator, cost) in Generator::ALL.into_iter().zip(&mut costs) {
        let name = generator.package(&document);
        let measured = measure::check(workspace, &name)?;
        match measured.of(&name) {
            Ok(measured) => *cost = measured,
            Err(fault) => return Ok(Err(why(generator, &fault.to_string()))),
        }
        if generator == Generator::Ours {
            runtime = measured.of(&format!("{name}-runtime")).unwrap_or_default();
        }
    }
    Ok(Ok(Compared { document, operations, costs, runtime }))
}

fn hold<'d>(workspace: &Workspace, documents: impl Iterator<Item = &'d Document>) -> anyhow::Result<()> {
    let names = documents.flat_map(|document| Generator::ALL.map(|generator| generator.package(document)));
    workspace.hold(names)
}
