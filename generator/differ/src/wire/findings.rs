//! The findings so far, each edit once.

use std::collections::HashMap;
use std::sync::Arc;

use generator::document::{Document, Node};
use indexmap::{IndexMap, IndexSet};

use crate::change::{Reach, WireChange};
use crate::rules::{Rule, value};
use crate::verdict::Verdict;
use crate::wire::finding::Finding;
use crate::wire::reach_set::{ReachId, ReachSet};
use crate::wire::subject::subject;

/// Changes by kind and places. A finding that is found twice becomes one change that reaches more operations.
#[derive(Debug, Default)]
pub(super) struct Findings {
    findings: IndexMap<Key, Entry>,
    /// The operations and directions that any change reaches.
    reached: IndexSet<Reach>,
}

/// Index of something that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct FindingId(usize);

type Key = (&'static str, Option<Node>, Option<Node>, String);

#[derive(Debug)]
struct Entry {
    finding: Finding,
    reach: ReachSet,
    /// The operations that it reaches only through parts that are not sent in its direction.
    hidden: ReachSet,
}

impl Findings {
    /// Adds a finding. It may have been found before.
    pub fn add(&mut self, finding: &Finding) -> FindingId {
        // Several tags or scopes that are added at one place are told apart by their names.
        let detail = finding.about.clone().or_else(|| finding.member.clone()).unwrap_or_else(|| {
            match (&finding.before, &finding.after) {
                (Some(only), None) | (None, Some(only)) => only.clone(),
                _ => String::new(),
            }
        });
        let key = (family(finding.rule), finding.old.clone(), finding.new.clone(), detail);
        let entry = self.findings.entry(key);
        let id = FindingId(entry.index());
        let entry = entry.or_insert_with(|| Entry {
            finding: finding.clone(),
            reach: ReachSet::default(),
            hidden: ReachSet::default(),
        });
        if finding.verdict > entry.finding.verdict {
            entry.finding = finding.clone();
        }
        id
    }

    /// An operation and a direction, to be reached.
    pub fn reach(&mut self, reach: &Reach) -> ReachId {
        if let Some(known) = self.reached.get_index_of(reach) {
            return ReachId(known);
        }
        ReachId(self.reached.insert_full(reach.clone()).0)
    }

    /// Notes that a finding reaches an operation. `hidden` says that the finding is in a part that is not sent in its direction.
    pub fn reaches(&mut self, entry: FindingId, reach: ReachId, hidden: bool) {
        if let Some((_, entry)) = self.findings.get_index_mut(entry.0) {
            if hidden { entry.hidden.insert(reach) } else { entry.reach.insert(reach) }
        }
    }

    /// Whether any finding breaks built clients.
    pub fn any_breaking(&self) -> bool {
        self.findings.values().any(|entry| entry.finding.verdict == Verdict::Breaking)
    }

    /// Makes changes of the findings.
    pub fn finish(self, old: &Document, new: &Document) -> Vec<WireChange> {
        let Self { findings, reached } = self;
        let mut shared: HashMap<ReachSet, Arc<[Reach]>> = HashMap::new();
        let mut share = |set: ReachSet| {
            let all = |set: &ReachSet| set.iter().filter_map(|id| reached.get_index(id.0).cloned()).collect();
            Arc::clone(shared.entry(set).or_insert_with_key(all))
        };
        findings.into_values().map(|entry| entry.finish(&mut share, old, new)).collect()
    }
}

impl Entry {
    fn finish(self, share: &mut impl FnMut(ReachSet) -> Arc<[Reach]>, old: &Document, new: &Document) -> WireChange {
        let Finding { rule, old: old_node, new: new_node, verdict, what, before, after, hint, more, member, .. } =
            self.finding;
        let subject = |document: &Document, node: &Node| match &member {
            Some(member) => subject(document, &described(node).join("properties").join(member)),
            None => subject(document, node),
        };
        // If the new place is only the root of the document, the old place says more.
        let subject = match (&old_node, &new_node) {
            (Some(node), Some(root)) if *root == new.root() => subject(old, node),
            (_, Some(node)) => subject(new, node),
            (Some(node), None) => subject(old, node),
            (None, None) => String::new(),
        };
        let reach = share(if self.reach.is_empty() { self.hidden } else { self.reach });
        WireChange {
            rule,
            subject,
            what,
            before,
            after,
            old: old_node,
            new: new_node,
            reach,
            wire: verdict,
            hint,
            more,
        }
    }
}

/// The rules that report the same edit share a family. All rules about a changed type are one, so that the edit is reported once.
fn family(rule: &Rule) -> &'static str {
    if value::TYPES.iter().any(|known| known.id == rule.id) { value::TYPE_CHANGED.id } else { rule.id }
}

/// The schema to which a list of required members belongs. Any other node stands for itself.
fn described(node: &Node) -> Node {
    if node.pointer.last() == Some("required") { node.parent() } else { node.clone() }
}
