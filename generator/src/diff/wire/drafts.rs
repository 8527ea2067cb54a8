//! What was found so far, each edit once.

use indexmap::{IndexMap, IndexSet};

use super::graph::Finding;
use super::subject::subject;
use crate::diff::change::{Reach, Verdict, WireChange};
use crate::diff::rules::Rule;
use crate::document::{Document, Node};

/// Changes by kind and places. Whatever is found twice is one change that reaches more.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    drafts: IndexMap<Key, Draft>,
}

type Key = (&'static str, Option<Node>, Option<Node>, String);

#[derive(Debug)]
struct Draft {
    finding: Finding,
    reach: IndexSet<Reach>,
    /// The operations that it reaches only in what does not travel that way.
    unseen: IndexSet<Reach>,
}

impl Drafts {
    /// Adds something that was found.
    pub fn add(&mut self, finding: &Finding, reach: Option<&Reach>) {
        // Several tags or scopes that come at one place are told apart by their names.
        let detail = match finding.before.is_some() && finding.after.is_some() {
            true => String::new(),
            false => finding.before.clone().or_else(|| finding.after.clone()).unwrap_or_default(),
        };
        let key = (finding.rule.id, finding.old.clone(), finding.new.clone(), detail);
        let draft = self.drafts.entry(key).or_insert_with(|| Draft {
            finding: finding.clone(),
            reach: IndexSet::new(),
            unseen: IndexSet::new(),
        });
        if finding.verdict > draft.finding.verdict {
            draft.finding = finding.clone();
        }
        let met = if finding.hidden { &mut draft.unseen } else { &mut draft.reach };
        met.extend(reach.cloned());
    }

    /// Whether any of them breaks built clients.
    pub fn any_breaking(&self) -> bool {
        self.drafts.values().any(|draft| draft.finding.verdict == Verdict::Breaking)
    }

    /// Makes changes of them.
    pub fn finish(self, old: &Document, new: &Document) -> Vec<WireChange> {
        self.drafts.into_values().map(|draft| draft.finish(old, new)).collect()
    }
}

impl Draft {
    fn finish(self, old: &Document, new: &Document) -> WireChange {
        let Finding { rule, old: old_node, new: new_node, verdict, what, before, after, hint, .. } = self.finding;
        let subject = match (&old_node, &new_node) {
            (_, Some(node)) => subject(new, node),
            (Some(node), None) => subject(old, node),
            (None, None) => String::new(),
        };
        let reach = if self.reach.is_empty() { self.unseen } else { self.reach };
        let reach = reach.into_iter().collect();
        WireChange { rule, subject, what, before, after, old: old_node, new: new_node, reach, wire: verdict, hint }
    }
}

/// Something that was found outside of schemas.
pub(super) fn finding(
    rule: &'static Rule,
    verdict: Verdict,
    old: Option<&Node>,
    new: Option<&Node>,
    what: impl Into<String>,
) -> Finding {
    Finding {
        rule,
        old: old.cloned(),
        new: new.cloned(),
        verdict,
        what: what.into(),
        before: None,
        after: None,
        hint: None,
        hidden: false,
    }
}

impl Finding {
    /// With what was said before and what is said after.
    pub fn values(self, before: Option<impl Into<String>>, after: Option<impl Into<String>>) -> Self {
        Self { before: before.map(Into::into), after: after.map(Into::into), ..self }
    }

    /// With what the caller should do.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
