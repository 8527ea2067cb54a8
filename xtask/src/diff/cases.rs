//! Takes a folder of pairs of documents, each with its expected verdict, and counts the pairs with which the comparison agrees.
//!
//! A pair is a folder with `base.yaml`, `revision.yaml` and `expected.json`: the level of its main change (`error`, `warn`, `info`, or null
//! where nothing changes on the wire), the operation that it is in, and other changes that it may have. If the name of a pair begins with
//! 6, null means that the other tool is known to miss the change. There, a change must be found.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use differ::{Change, Comparison, Verdict};
use generator::ApiSource;
use generator::source::{NoFiles, SourceText};
use serde_json::Value;

use oasmith::Outcome;

/// How many of a hundred pairs must agree.
const THRESHOLD: usize = 98;

/// The checks of the pairs with which the comparison disagrees, each with the reason. They do not count as agreeing.
const DISAGREED: &[(&str, &str)] = &[
    ("request-required-property-became-not-read-only", "built clients do not send what now must be sent"),
    ("response-required-property-became-write-only", "built clients rely on what no longer comes"),
    ("response-body-wrapped-in-one-of", "each alternative is what the schema was, with more that is required"),
    ("api-security-added", "built clients send no credentials and are refused"),
    ("api-global-security-added", "built clients send no credentials and are refused"),
    ("api-security-scope-added", "credentials that had all scopes may lack this one"),
    ("api-global-security-scope-added", "credentials that had all scopes may lack this one"),
    (
        "api-security-component-type-changed",
        "built clients send credentials of another kind, where operations require the scheme",
    ),
];

/// Compares all pairs, prints the pairs that do not agree, and how many agree.
pub fn run(folder: &Path) -> anyhow::Result<Outcome> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if entry.path().join("expected.json").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    if names.is_empty() {
        bail!("{} has no folder with an expected.json", folder.display());
    }
    let (mut agreeing, mut judged) = (0, 0);
    for name in &names {
        let case = Case::read(&folder.join(name)).with_context(|| name.clone())?;
        // Pairs whose name begins with 8 are about the Rust side. What other tools say about the wire is shown, but not counted.
        let counts = !name.starts_with('8');
        let fault = case.fault(name.starts_with('6'));
        judged += usize::from(counts);
        agreeing += usize::from(counts && fault.is_none());
        if let Some(fault) = fault {
            let reason = DISAGREED.iter().find(|(id, _)| case.text("id") == Some(id));
            let reason = reason.map(|(_, reason)| format!(" (on purpose: {reason})")).unwrap_or_default();
            println!("{name}: {fault}{reason}");
            case.print();
        }
    }
    println!("{agreeing} of {judged} agree");
    Ok(if agreeing * 100 >= judged * THRESHOLD { Outcome::Done } else { Outcome::Found })
}

/// A pair, and its result.
struct Case {
    expected: Value,
    found: Comparison,
}

impl Case {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let text = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"));
        let source = |name: &str| -> anyhow::Result<ApiSource<'static>> {
            let document = SourceText { name: name.to_owned(), bytes: text(name)?.into_bytes() };
            Ok(ApiSource { name: "api".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles })
        };
        let expected = serde_json::from_str(&text("expected.json")?)?;
        let found = differ::compare(source("base.yaml")?, source("revision.yaml")?);
        Ok(Self { expected, found })
    }

    fn changes(&self) -> &[Change] {
        self.found.changes.as_deref().unwrap_or_default()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.expected.get(key).and_then(Value::as_str)
    }

    /// Why the pair does not agree. `None` if it agrees. `is_blind` says that an expected level of null does not mean "no change": a change
    /// must be found.
    fn fault(&self, is_blind: bool) -> Option<String> {
        if self.found.changes.is_none() {
            return Some("a document could not be read".to_owned());
        }
        let Some(level) = self.text("level") else {
            if is_blind {
                return self.changes().is_empty().then(|| "something changes, but nothing is reported".to_owned());
            }
            let harmful = self.changes().iter().find(|change| change.wire != Verdict::Compatible)?;
            return Some(format!("nothing changes on the wire, but {} is reported", harmful.rule.id));
        };
        let operation = self.text("op").unwrap_or_default();
        let here: Vec<&Change> = self.changes().iter().filter(|change| is_at(change, operation)).collect();
        let Some(worst) = here.iter().map(|change| change.wire).max() else {
            return Some(format!("expected {level}, but nothing is reported of {operation}"));
        };
        let others = self.expected.get("also").and_then(Value::as_array).map_or(0, Vec::len);
        let stray = self.changes().iter().find(|change| change.wire == Verdict::Breaking && !is_at(change, operation));
        match (level, worst) {
            ("error", Verdict::Breaking)
            | ("warn", Verdict::Breaking | Verdict::Behaviour)
            | ("info", Verdict::Compatible) => {}
            // If the pair has other changes, one of them may be the worst.
            ("info", _) if others > 0 && here.iter().any(|change| change.wire == Verdict::Compatible) => {}
            _ => return Some(format!("expected {level}, found {worst:?}")),
        }
        let stray = stray.filter(|_| others == 0)?;
        Some(format!("{} is reported as breaking elsewhere", stray.rule.id))
    }

    fn print(&self) {
        println!(
            "  expected {} {}: {}",
            self.text("level").unwrap_or("nothing"),
            self.text("op").unwrap_or(""),
            self.text("what").unwrap_or("")
        );
        for change in self.changes() {
            let reach: Vec<&str> = change.reach.iter().map(|reach| reach.operation.as_str()).collect();
            println!(
                "  found {:?} {}: {} {} [{}]",
                change.wire,
                change.rule.id,
                change.subject,
                change.what,
                reach.join(", ")
            );
        }
    }
}

/// Whether a change is at the operation that an expectation names.
fn is_at(change: &Change, operation: &str) -> bool {
    match operation {
        "components" | "security" => ["schema", "security", "webhook"].iter().any(|part| change.rule.id.contains(part)),
        "info" => change.subject.starts_with("info"),
        _ => {
            let operation = unnamed(operation);
            let is_reached = change.reach.iter().any(|reach| unnamed(&reach.operation) == operation);
            is_reached || unnamed(&change.subject).starts_with(&operation)
        }
    }
}

/// An operation without the names of its path's parameters, because they may differ between the documents.
fn unnamed(operation: &str) -> String {
    operation.split(['{', '}']).step_by(2).collect::<Vec<_>>().join("{}")
}
