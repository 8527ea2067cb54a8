//! What the manifest of a crate says about it: keys that the user has written there, and keys that the command line sets.
//!
//! A crate that is generated again keeps these keys. A folder with another crate is not overwritten.

use std::fs;
use std::path::Path;

use generator::Manifest;
use toml::{Table, Value};

use super::Job;
use super::output::Output;
use crate::error::{Error, Result};

/// The table `[package]` for a crate.
pub fn manifest(job: &Job, output: &Output) -> Result<Manifest> {
    let mut manifest = Manifest::default();
    let earlier = output.path("Cargo.toml").map(|path| package(&path)).transpose()?.unwrap_or_default();
    let earlier = match is_other(job, &earlier) {
        true if job.replace => Table::new(),
        true => return Err(other_crate(job, output, &earlier)),
        false => earlier,
    };
    let kept = earlier.into_iter().filter(|(key, _)| !Manifest::is_fixed(key));
    manifest.keys.extend(kept.map(|(key, value)| (key, value.to_string())));
    for (key, value) in &job.set {
        let value = if *key == "publish" { value.clone() } else { Value::String(value.clone()).to_string() };
        manifest.keys.insert((*key).to_owned(), value);
    }
    Ok(manifest)
}

fn package(path: &Path) -> Result<Table> {
    let text = fs::read_to_string(path).map_err(Error::file("read", path))?;
    let mut table: Table = text.parse().map_err(|error| Error::toml(path, "is not TOML", error))?;
    match table.remove("package") {
        Some(Value::Table(package)) => Ok(package),
        _ => Ok(Table::new()),
    }
}

/// Whether the folder holds a crate of another name.
fn is_other(job: &Job, earlier: &Table) -> bool {
    name(earlier).is_some_and(|name| name != job.input.package())
}

fn other_crate(job: &Job, output: &Output, earlier: &Table) -> Error {
    let (name, wanted) = (name(earlier).unwrap_or_default(), job.input.package());
    Error::Unusable(format!(
        "{} holds the crate `{name}`, and this one is `{wanted}`: give `--name {name}` to keep the name, or `--replace` to turn the \
         folder into `{wanted}`",
        output.shown()
    ))
}

fn name(package: &Table) -> Option<&str> {
    package.get("name").and_then(Value::as_str)
}
