//! `cargo xtask import`: from a vendor's Markdown pages to `specs/<api>/openapi.json`.
//!
//! Takes pages, gives the one document that is in them, or says which fences contradict each other. It knows no vendor, corrects nothing
//! (the overlay does) and fetches nothing.

mod json;
mod merge;
mod page;
mod push_down;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

use crate::repository;
use oasmith::fault::Fault;
use oasmith::{Outcome, names, paths};

/// Write `specs/<api>/openapi.json` from the OpenAPI documents in Markdown pages.
///
/// Every ```json fence that holds an object with an `openapi` key is a document. The documents of all pages are merged
/// into one, in page order: paths and components are united, a top-level `security` or `servers` that is not the same
/// everywhere moves down to the operations or paths of its own document. What two documents say differently is
/// refused, all of it in one run, and then nothing is written.
///
/// The file keeps the vendor's order of keys and is written only if it changes. Corrections belong in the overlay
/// beside it, which import leaves alone.
#[derive(clap::Args)]
#[command(verbatim_doc_comment, after_help = "Example: cargo xtask import petstore pets.md owners.md")]
pub struct Args {
    /// Name of the API, of its folder and of its module: a Rust name in snake case
    #[arg(value_parser = names::module)]
    api: String,

    /// Markdown pages, in the order in which their paths shall stand
    #[arg(required = true, value_name = "PAGE.md")]
    pages: Vec<PathBuf>,

    /// Folder that holds a folder for each API, if not the repository's own
    #[arg(long, value_name = "DIR", default_value_os_t = repository::folder("specs"), hide_default_value = true)]
    specs: PathBuf,
}

/// Reads the pages, merges their documents and writes the result.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let pages = args.pages.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    match document(&pages) {
        Ok(document) => {
            let folder = args.specs.join(&args.api);
            if is_another_api(&folder, &document) {
                let shown = paths::shown(&folder.join("openapi.json"));
                eprintln!("error: no path of the pages is in {shown}: it describes another API");
                eprintln!("  help: name another folder, or remove {shown} if it is to be replaced");
                return Ok(Outcome::Found);
            }
            write(&folder, &document)?;
            Ok(Outcome::Done)
        }
        Err(faults) => {
            for fault in &faults {
                eprintln!("{fault}");
            }
            eprintln!("{} to mend; nothing was written", faults.len());
            Ok(Outcome::Found)
        }
    }
}

/// Whether the folder holds a document that has no path in common with the new document.
fn is_another_api(folder: &Path, document: &str) -> bool {
    let paths = |text: &str| -> Option<Vec<String>> {
        let root: Value = serde_json::from_str(text).ok()?;
        Some(root.get("paths")?.as_object()?.keys().cloned().collect())
    };
    let present = fs::read_to_string(folder.join("openapi.json")).ok().and_then(|text| paths(&text));
    match (present, paths(document)) {
        (Some(present), Some(wanted)) => !present.is_empty() && !wanted.iter().any(|path| present.contains(path)),
        _ => false,
    }
}

/// A Markdown page, with its name in messages.
struct Page {
    name: String,
    text: String,
}

/// The text of the one document that the pages hold.
fn document(pages: &[Page]) -> Result<String, Vec<Fault>> {
    let mut documents = Vec::new();
    let mut faults = Vec::new();
    for page in pages {
        page::cut(page, &mut documents, &mut faults);
    }
    match merge::merge(documents) {
        Ok(merged) if faults.is_empty() => Ok(pretty(&merged)),
        Ok(_) => Err(faults),
        Err(conflicts) => {
            faults.extend(conflicts);
            Err(faults)
        }
    }
}

fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

fn read(path: &Path) -> anyhow::Result<Page> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Page { name: path.display().to_string(), text })
}

fn write(folder: &Path, document: &str) -> anyhow::Result<()> {
    let path = folder.join("openapi.json");
    let shown = paths::shown(&path);
    if fs::read(&path).is_ok_and(|present| present == document.as_bytes()) {
        println!("{shown} is up to date");
        return Ok(());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(&path, document).with_context(|| format!("cannot write {shown}"))?;
    println!("wrote {shown}");
    Ok(())
}
