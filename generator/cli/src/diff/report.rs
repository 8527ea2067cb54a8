//! What a comparison found, as every format shows it.
//!
//! Takes the comparison of each API and the accepted changes, gives one value with everything that is reported. It has each change with its
//! lines, its fingerprint and whether it was accepted, the counts, and the answer. `--format json` prints this value, as described by
//! `report.schema.json`. The other formats are made from it.

use std::mem;

use clap::ValueEnum;
use differ::{Comparison, Verdict};
use generator::source::Sources;
use serde::Serialize;

use super::accepted::Accepted;
pub use super::entry::{At, Entry, Item, direction, word};
use super::rules;

/// The version of the form of the JSON.
const FORM: u32 = 2;

/// What makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// A change that breaks clients which are already built
    #[default]
    Wire,
    /// That, or a change that breaks programs when they are compiled against the new crate
    Rust,
    /// Nothing
    None,
}

/// How far the version of the emitted crate has to move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Not at all.
    #[default]
    None,
    /// No item differs. What differs is documentation, or what the server accepts.
    Patch,
    /// Programs go on compiling.
    Minor,
    /// A program may stop compiling.
    Major,
}

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The program that made it, whose commands its renderings name.
    #[serde(skip)]
    pub program: &'static str,
    /// The version of this form.
    pub form: u32,
    /// What was compared with: a revision or a file.
    pub old: String,
    /// What was compared: the working tree or a file.
    pub new: String,
    /// What makes the run fail.
    pub fail_on: FailOn,
    /// Whether it does.
    pub failed: bool,
    /// How far the version of the emitted crate has to move.
    pub next_version: Step,
    /// What becomes of clients that are already built.
    pub wire: Tally,
    /// What becomes of programs when they are compiled against the new crate.
    pub rust: Tally,
    /// The APIs in which something differs, or which were asked for.
    pub apis: Vec<Api>,
    /// The entries of the file of accepted changes that fit no breaking change.
    pub stale: Vec<Stale>,
    /// The file of accepted changes, if there is or should be one.
    #[serde(skip)]
    pub accept_file: Option<String>,
}

/// An entry of the file of accepted changes that accepts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// The entry.
    #[serde(flatten)]
    pub entry: Accepted,
    /// The breaking change that it may be meant for.
    pub now: Option<Now>,
}

/// The keys that identify a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Now {
    /// The API.
    pub api: String,
    /// See [`Entry::rule`].
    pub id: &'static str,
    /// See [`Entry::subject`].
    pub subject: String,
    /// See [`Entry::fingerprint`].
    pub fingerprint: String,
}

/// How many changes there are, by their verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Breaking, and not accepted.
    pub breaking: usize,
    /// Breaking, and accepted.
    pub accepted: usize,
    /// It goes on, and may do something else.
    pub behaviour: usize,
    /// Nothing that worked stops working.
    pub compatible: usize,
}

/// What differs in an API.
#[derive(Debug, Serialize)]
pub struct Api {
    /// The name of the module.
    pub name: String,
    /// The document's path.
    pub file: String,
    /// The old `info.version`.
    pub old_version: Option<String>,
    /// `info.version`.
    pub new_version: Option<String>,
    /// The operations there are.
    pub operations: usize,
    /// How many members that only document something differ.
    pub documentation: usize,
    /// Everything else that differs, the worst first.
    pub changes: Vec<Entry>,
}

impl Report {
    /// Makes the report. An accepted change keeps its verdicts, and is counted separately.
    pub fn new(
        program: &'static str,
        [old, new]: [String; 2],
        fail_on: FailOn,
        mut apis: Vec<Api>,
        accepted: Vec<Accepted>,
    ) -> Self {
        let mut used = vec![false; accepted.len()];
        for api in &mut apis {
            let changes = mem::take(&mut api.changes).into_iter();
            api.changes = changes.flat_map(|entry| judged(&api.name, entry, &accepted, &mut used)).collect();
        }
        let unused = accepted.into_iter().zip(used).filter(|(_, used)| !used).map(|(entry, _)| entry);
        let stale = unused.map(|entry| Stale { now: now(&entry, &apis), entry }).collect();
        let (wire, rust) = (Tally::of(&apis, |entry| entry.wire), Tally::of(&apis, |entry| entry.rust));
        let failed = match fail_on {
            FailOn::Wire => wire.breaking > 0,
            FailOn::Rust => wire.breaking + rust.breaking > 0,
            FailOn::None => false,
        };
        let next_version = apis.iter().map(Api::step).max().unwrap_or_default();
        Self {
            program,
            form: FORM,
            old,
            new,
            fail_on,
            failed,
            next_version,
            wire,
            rust,
            apis,
            stale,
            accept_file: None,
        }
    }

    /// Whether a change makes the run fail.
    pub fn fails_by(&self, entry: &Entry) -> bool {
        let verdict = match self.fail_on {
            FailOn::Wire => entry.wire,
            FailOn::Rust => entry.worst(),
            FailOn::None => Verdict::Compatible,
        };
        verdict == Verdict::Breaking && entry.accepted.is_none()
    }

    /// All changes, each with its API.
    pub fn changes(&self) -> impl Iterator<Item = (&Api, &Entry)> {
        self.apis.iter().flat_map(|api| api.changes.iter().map(move |entry| (api, entry)))
    }
}

/// A change with the reason for which it was accepted, if it was. Of an edit of many places, each place can be accepted by itself, and is
/// then a change of its own.
fn judged(api: &str, entry: Entry, accepted: &[Accepted], used: &mut [bool]) -> Vec<Entry> {
    if entry.worst() != Verdict::Breaking {
        return vec![entry];
    }
    let mut with_reason = |entry: Entry| {
        let mut reason = None;
        for (used, about) in used.iter_mut().zip(accepted).filter(|(_, about)| about.is_about(api, &entry)) {
            *used = true;
            reason.get_or_insert_with(|| about.reason.clone());
        }
        Entry { accepted: reason, ..entry }
    };
    let whole = with_reason(entry);
    if whole.accepted.is_some() || whole.others.is_empty() {
        return vec![whole];
    }
    let (mut judged, open): (Vec<Entry>, Vec<Entry>) =
        whole.places().into_iter().map(with_reason).partition(|place| place.accepted.is_some());
    if judged.is_empty() {
        return vec![whole];
    }
    match whole.of_places(open) {
        Some(rest) => judged.push(rest),
        None => judged.first_mut().into_iter().for_each(|first| first.items = whole.items.clone()),
    }
    judged
}

/// The breaking change that an entry may be meant for: a change with the entry's subject, or else the only change with the entry's rule.
fn now(entry: &Accepted, apis: &[Api]) -> Option<Now> {
    let open = |entry: &&Entry| entry.worst() == Verdict::Breaking && entry.accepted.is_none();
    let meant = apis.iter().filter(|api| entry.api.as_ref().is_none_or(|name| *name == api.name));
    let all: Vec<(&Api, &Entry)> =
        meant.flat_map(|api| api.changes.iter().filter(open).map(move |change| (api, change))).collect();
    let same = |by: &dyn Fn(&Entry) -> bool| all.iter().filter(|(_, change)| by(change)).copied().collect::<Vec<_>>();
    let both = same(&|change| change.subject == entry.subject && change.rule == entry.id);
    let subject = same(&|change| change.subject == entry.subject);
    let rule = same(&|change| change.rule == entry.id);
    let alone = if rule.len() == 1 { rule.first() } else { None };
    let (api, change) = both.first().or(subject.first()).or(alone)?;
    Some(Now {
        api: api.name.clone(),
        id: change.rule,
        subject: change.subject.clone(),
        fingerprint: change.fingerprint.clone(),
    })
}

impl Tally {
    fn of(apis: &[Api], verdict: impl Fn(&Entry) -> Verdict) -> Self {
        let mut tally = Self::default();
        for entry in apis.iter().flat_map(|api| &api.changes) {
            let count = match (verdict(entry), &entry.accepted) {
                (Verdict::Breaking, None) => &mut tally.breaking,
                (Verdict::Breaking, Some(_)) => &mut tally.accepted,
                (Verdict::Behaviour, _) => &mut tally.behaviour,
                (Verdict::Compatible, _) => &mut tally.compatible,
            };
            *count += 1;
        }
        tally
    }
}

impl Api {
    /// What a comparison found; `None` if a document could not be read.
    pub fn compared(name: String, file: String, comparison: &Comparison) -> Option<Self> {
        let changes = comparison.changes.as_ref()?;
        let (old, new) = comparison.versions.clone();
        Some(Self {
            name,
            file,
            old_version: Some(old),
            new_version: Some(new),
            operations: comparison.operations,
            documentation: comparison.documentation,
            changes: changes.iter().map(|change| Entry::new(change, &comparison.sources)).collect(),
        })
    }

    /// An API that is on one side only: one change.
    pub fn whole(name: String, file: String, is_added: bool) -> Self {
        let change = rules::whole(&name, is_added);
        let changes = vec![Entry::new(&change, &Sources::default())];
        Self { name, file, old_version: None, new_version: None, operations: 0, documentation: 0, changes }
    }

    fn step(&self) -> Step {
        let adds = |entry: &Entry| !entry.items.is_empty() || entry.worst() > Verdict::Compatible;
        match &self.changes {
            changes if changes.iter().any(|entry| entry.rust == Verdict::Breaking) => Step::Major,
            changes if changes.iter().any(|entry| adds(entry) || entry.rule == rules::API_ADDED.id) => Step::Minor,
            changes if self.documentation + changes.len() > 0 => Step::Patch,
            _ => Step::None,
        }
    }
}
