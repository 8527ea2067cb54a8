//! Compares how a run ended with how it had to end.

use generator::pointer::Pointer;
use indexmap::IndexMap;

use super::Document;
use super::demand::{Demand, Expect, Place};
use super::inspect::{self, Known};
use super::run::End;
use oasmith::names;

/// The verdict about a document.
pub struct Verdict {
    pub name: String,
    /// The crate's name.
    pub package: String,
    pub expect: Expect,
    /// How it ended, in a word.
    pub ended: String,
    pub seconds: f64,
    /// The text files of the crate, if there should be a crate and there is one.
    pub files: Option<IndexMap<String, String>>,
    /// Everything that is not as it must be.
    pub faults: Vec<String>,
}

impl Verdict {
    pub fn of(document: &Document, end: End, known: &Known) -> Self {
        let demand = &document.demand;
        let stderr = String::from_utf8_lossy(&end.stderr).into_owned();
        let mut faults = ending(demand, &end, &stderr);
        faults.extend(end.strays.iter().map(|path| format!("left `{path}` outside the output folder")));
        faults.extend(inspect::terminal("stdout", &end.stdout));
        faults.extend(inspect::terminal("stderr", &end.stderr));
        let code = end.status.and_then(|status| status.code());
        let ended = match (end.status, code) {
            (None, _) => "time-out".to_owned(),
            (_, None) => "signal".to_owned(),
            (_, Some(0)) => "ok".to_owned(),
            (_, Some(1)) => "error".to_owned(),
            (_, Some(code)) => format!("code {code}"),
        };
        let package = names::package_for(&document.path);
        let files =
            end.files.filter(|_| code == Some(0)).map(|files| inspect::output(files, &package, known, &mut faults));
        Self { name: document.name.clone(), package, expect: demand.expect, ended, seconds: end.seconds, files, faults }
    }

    pub fn is_well(&self) -> bool {
        self.faults.is_empty()
    }
}

fn ending(demand: &Demand, end: &End, stderr: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |fault: String| faults.push(fault);
    if stderr.contains("panicked at") {
        fault("panics".to_owned());
    }
    let Some(status) = end.status else {
        fault("does not end".to_owned());
        return faults;
    };
    match (status.code(), demand.expect) {
        (None, _) => {
            fault(format!("ends with {status} (at most {} s and {} MB)", demand.time.as_secs(), demand.megabytes))
        }
        (Some(0), Expect::Error) => fault("is generated".to_owned()),
        (Some(0), _) => {}
        (Some(1), Expect::Ok) => fault(format!("is refused: {}", stderr.lines().next().unwrap_or_default())),
        (Some(1), _) => {
            if !is_named(&demand.place, stderr) {
                fault(format!("no message names the place {}", shown(&demand.place)));
            }
            if end.files.is_some() {
                fault("leaves an output folder behind".to_owned());
            }
        }
        (Some(code), _) => fault(format!("exit code {code}: {}", stderr.lines().next().unwrap_or_default())),
    }
    faults
}

/// Whether a message names the place, or is about it or about something inside it.
fn is_named(place: &Place, stderr: &str) -> bool {
    let mut origins = stderr.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    match place {
        Place::File => origins.next().is_some(),
        Place::Line(line) => origins.any(|origin| origin.contains(&format!(":{line}:"))),
        Place::Pointer(place) => {
            let pointers = origins.filter_map(|origin| Pointer::parse(origin.split_once("  #")?.1));
            pointers.into_iter().any(|pointer| pointer.starts_with(place)) || is_quoted(place, stderr)
        }
    }
}

/// Whether a message contains the pointer, and not only as the beginning of a longer name.
fn is_quoted(place: &Pointer, stderr: &str) -> bool {
    let text = place.to_string();
    stderr.match_indices(&text).any(|(at, _)| {
        let after = stderr.get(at + text.len()..).and_then(|rest| rest.chars().next());
        after.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-')
    })
}

fn shown(place: &Place) -> String {
    match place {
        Place::File => "of the file".to_owned(),
        Place::Line(line) => format!("line {line}"),
        Place::Pointer(pointer) => format!("`{pointer}`"),
    }
}
