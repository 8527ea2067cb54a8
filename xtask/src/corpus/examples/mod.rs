//! The examples of a document's JSON bodies, read into the emitted types and written again.
//!
//! An example counts if it is valid against its own schema. Each crate gets a program that reads and writes. Its output is compared here.
//! Members that are `null` do not count.

mod collect;
mod compare;
mod dialect;
mod judge;
mod program;
mod summary;

use std::process::Command;

use anyhow::Context;
use generator::Generated;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use self::collect::Example;
use self::judge::Judge;
use super::document::{self, Document};
use super::entry::Entry;
use super::workspace::Workspace;
use super::{cargo, parallel};

pub use summary::render;

/// The results for a document's examples.
#[derive(Debug, Default, Serialize)]
pub struct Examples {
    /// The examples in the document.
    pub found: usize,
    /// The examples whose schema the validator does not understand.
    pub unjudged: usize,
    /// The examples that are valid against their schema.
    pub valid: usize,
    /// The examples that are equal after reading and writing.
    pub equal: usize,
    /// The valid examples that are not equal.
    pub mismatches: Vec<Mismatch>,
    /// Why the examples could not be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    #[serde(skip)]
    cases: Vec<Example>,
}

/// An example that is not equal after reading and writing.
#[derive(Debug, Serialize)]
pub struct Mismatch {
    /// Where the example is.
    pub pointer: String,
    /// The type that it is read as.
    #[serde(rename = "type")]
    pub ty: String,
    /// The kind of mismatch.
    pub kind: &'static str,
    /// What is wrong.
    pub message: String,
}

/// Finds the examples that count, and writes the crate with the program that tries them.
pub fn prepare(document: &Document, workspace: &Workspace) -> anyhow::Result<Examples> {
    let Some(mut generated) = document.generate()? else {
        return Ok(Examples { error: Some("the generator panics".to_owned()), ..Examples::default() });
    };
    let examples = valid(&generated);
    if let (Some(files), false) = (generated.files.take(), examples.cases.is_empty()) {
        workspace.put(&document.name, &with_program(files, &document.name, &examples.cases))?;
    }
    Ok(examples)
}

fn valid(generated: &Generated) -> Examples {
    let root = document::root(generated);
    let found: Vec<Example> =
        generated.summaries.iter().flat_map(|summary| collect::examples(root, &summary.bodies)).collect();
    let mut examples = Examples { found: found.len(), ..Examples::default() };
    let judged = Judge::of(root, |judge| {
        for example in found {
            match judge.is_valid(&example.schema, &example.value) {
                Some(true) => examples.cases.push(example),
                Some(false) => {}
                None => examples.unjudged += 1,
            }
        }
    });
    if judged.is_none() {
        examples.unjudged = examples.found;
    }
    examples.valid = examples.cases.len();
    examples
}

fn with_program(mut files: IndexMap<String, String>, name: &str, cases: &[Example]) -> IndexMap<String, String> {
    let manifest = files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    let (program, cases) = (program::source(name, manifest, cases), program::cases(cases));
    let manifest = format!("{manifest}\n[dev-dependencies]\nserde = \"1\"\n");
    // Cargo puts the programs of all crates into one folder, so each needs a name of its own.
    files.extend([
        ("Cargo.toml".to_owned(), manifest),
        (format!("examples/{name}.rs"), program),
        ("examples/cases.json".to_owned(), cases),
    ]);
    files
}

/// Compiles the programs, runs them and compares.
pub fn run(workspace: &Workspace, jobs: usize, entries: &mut [Entry]) -> anyhow::Result<()> {
    let mut tried: Vec<(String, &mut Examples)> = entries
        .iter_mut()
        .filter_map(|entry| Some((entry.name.clone(), entry.examples.as_mut()?)))
        .filter(|(_, examples)| !examples.cases.is_empty())
        .collect();
    workspace.hold(tried.iter().map(|(name, _)| name.clone()))?;
    // The default transport is left out, because reading and writing do not need it.
    let command = ["build", "--examples", "--no-default-features"];
    let compiled = cargo::run(workspace, &command, jobs, 3 * tried.len())?;
    let names: Vec<String> = tried.iter().map(|(name, _)| name.clone()).collect();
    let outputs = parallel::map("trying", jobs, &names, |name| {
        let program = compiled.executable(name)?;
        let cases = workspace.place(name).join("examples/cases.json");
        Some(Command::new(program).arg(cases).output().with_context(|| format!("cannot run {}", program.display())))
    });
    for ((name, examples), output) in tried.iter_mut().zip(outputs) {
        match output.transpose()? {
            Some(output) => examples.compare(&String::from_utf8_lossy(&output.stdout)),
            None => examples.error = compiled.failure(name).or(Some("the compiler gave no program".to_owned())),
        }
    }
    Ok(())
}

impl Examples {
    /// Reads what the program printed: a line for each case.
    fn compare(&mut self, output: &str) {
        let mut lines = output.lines().map(|line| serde_json::from_str(line).unwrap_or(Value::Null));
        for Example { value, pointer, ty, .. } in std::mem::take(&mut self.cases) {
            match compare::outcome(&value, &lines.next().unwrap_or(Value::Null)) {
                None => self.equal += 1,
                Some((kind, message)) => {
                    self.mismatches.push(Mismatch { pointer: pointer.to_string(), ty, kind, message });
                }
            }
        }
    }
}
