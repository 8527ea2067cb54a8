//! A change as every format shows it: with its lines and its fingerprint.
//!
//! Takes a change of the comparison and the texts of its places. The report decides whether the change was accepted.

use std::sync::Arc;

use differ::{Change, Direction, ItemChange, Reach, Verdict};
use generator::diagnostics::Place;
use generator::source::Sources;
use serde::Serialize;

use super::fingerprint::fingerprint;

/// In longer lines, columns tell places apart.
const LONG_LINE: usize = 400;

/// A change.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The kind of change; `diff --rules` explains it.
    pub rule: &'static str,
    /// What changed.
    pub subject: String,
    /// What happened to it.
    pub what: String,
    /// What the document said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
    /// Where it said so.
    pub old: Option<At>,
    /// Where it says so.
    pub new: Option<At>,
    /// The other places of the same edit.
    pub others: Vec<Other>,
    /// The operations it reaches.
    #[serde(serialize_with = "reached")]
    pub reach: Arc<[Reach]>,
    /// What becomes of clients that are already built.
    #[serde(serialize_with = "verdict")]
    pub wire: Verdict,
    /// What becomes of programs when they are compiled against the new crate.
    #[serde(serialize_with = "verdict")]
    pub rust: Verdict,
    /// The emitted items that differ.
    pub items: Vec<Item>,
    /// What the caller should do.
    pub hint: Option<String>,
    /// Tells this change from others with the same rule and subject.
    pub fingerprint: String,
    /// Why it was accepted, if it was.
    pub accepted: Option<String>,
}

/// Another place of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Other {
    /// What changed.
    pub subject: String,
    /// Where it was.
    pub old: Option<At>,
    /// Where it is.
    pub new: Option<At>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct At {
    /// The file's path. The path of an old file names the revision as well.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The JSON Pointer.
    pub pointer: Option<String>,
}

/// An operation that a change reaches, in JSON.
#[derive(Serialize)]
struct Reached<'r> {
    /// `GET /orders`.
    operation: &'r str,
    /// `request` or `response`. `None` for the operation itself.
    direction: Option<&'static str>,
    /// The status of the response.
    status: Option<&'r str>,
}

/// An emitted item that differs.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its path in the API's module.
    pub path: String,
    /// Its old signature.
    pub before: Option<String>,
    /// Its signature.
    pub after: Option<String>,
    /// What it means for programs that use it.
    #[serde(serialize_with = "verdict")]
    pub verdict: Verdict,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Entry {
    /// A change, with its lines.
    pub fn new(change: &Change, sources: &Sources) -> Self {
        let Change { rule, subject, what, before, after, hint, .. } = change.clone();
        let at = |place: &Option<Place>| place.as_ref().map(|place| At::new(place, sources));
        let subjects: Vec<&str> = change.others.iter().map(|other| other.subject.as_str()).collect();
        let others = change.others.iter().map(|other| Other {
            subject: other.subject.clone(),
            old: at(&other.old),
            new: at(&other.new),
        });
        Self {
            others: others.collect(),
            fingerprint: fingerprint(rule.id, &subject, before.as_deref(), after.as_deref(), &subjects),
            rule: rule.id,
            old: at(&change.old),
            new: at(&change.new),
            reach: Arc::clone(&change.reach),
            wire: change.wire,
            rust: change.rust,
            items: change.items.iter().map(Item::new).collect(),
            accepted: None,
            subject,
            what,
            before,
            after,
            hint,
        }
    }

    /// The places of the edit, each as a change of its own, without items.
    pub fn places(&self) -> Vec<Self> {
        let first = Other { subject: self.subject.clone(), old: self.old.clone(), new: self.new.clone() };
        let places = std::iter::once(first).chain(self.others.iter().cloned());
        places.filter_map(|place| self.at_places(&[place]).map(|entry| Self { items: Vec::new(), ..entry })).collect()
    }

    /// The same edit at some of its places. `None` without a place.
    pub fn of_places(&self, places: Vec<Self>) -> Option<Self> {
        let places = places.into_iter().map(|Self { subject, old, new, .. }| Other { subject, old, new });
        self.at_places(&places.collect::<Vec<_>>())
    }

    fn at_places(&self, places: &[Other]) -> Option<Self> {
        let (first, others) = places.split_first()?;
        let subjects: Vec<&str> = others.iter().map(|other| other.subject.as_str()).collect();
        let values = (self.before.as_deref(), self.after.as_deref());
        Some(Self {
            fingerprint: fingerprint(self.rule, &first.subject, values.0, values.1, &subjects),
            subject: first.subject.clone(),
            old: first.old.clone(),
            new: first.new.clone(),
            others: others.to_vec(),
            ..self.clone()
        })
    }

    /// The worse of the two verdicts.
    pub fn worst(&self) -> Verdict {
        self.wire.max(self.rust)
    }
}

impl Item {
    fn new(change: &ItemChange) -> Self {
        let ItemChange { path, before, after, verdict, hint, .. } = change.clone();
        Self { path, before, after, verdict, hint }
    }
}

impl At {
    fn new(place: &Place, sources: &Sources) -> Self {
        let pointer = place.spot.pointer().map(ToString::to_string);
        let at = sources.locate(place);
        Self { file: sources.file(place.file).name.clone(), line: at.line, column: at.column, pointer }
    }

    /// The line as text, such as `7`. A column is added, as in `1:200`, where the line alone would not help: on line 1, and in long lines.
    pub fn shown(&self) -> String {
        match self.line == 1 || self.column > LONG_LINE {
            true => format!("{}:{}", self.line, self.column),
            false => self.line.to_string(),
        }
    }
}

/// The word for a verdict.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Compatible => "compatible",
        Verdict::Behaviour => "behaviour",
        Verdict::Breaking => "breaking",
    }
}

/// The word for a direction.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "request",
        Direction::Response => "response",
    }
}

fn reached<S: serde::Serializer>(reach: &[Reach], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(reach.iter().map(|reach| Reached {
        operation: &reach.operation,
        direction: reach.direction.map(direction),
        status: reach.status.as_deref(),
    }))
}

fn verdict<S: serde::Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(word(*verdict))
}
