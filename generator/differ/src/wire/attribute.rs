//! Finds the operations that each difference between schemas reaches.

use crate::rules::value;
use crate::verdict::Verdict;
use crate::wire::Walk;
use crate::wire::finding::Finding;
use crate::wire::findings::FindingId;
use crate::wire::schemas::graph::{Graph, PairId};

impl Walk<'_> {
    /// Makes changes of what was found in pairs, and notes which operations they reach.
    pub(super) fn attribute(&mut self) {
        summarize(&mut self.graph);
        let bearing = bearing(&self.graph);
        let mut seen = vec![0; self.graph.pairs.len()];
        let mut findings: Vec<Option<Vec<(FindingId, bool)>>> = vec![None; self.graph.pairs.len()];
        for (round, (root, reach)) in self.roots.iter().enumerate() {
            let mut pending = vec![*root];
            while let Some(id) = pending.pop() {
                let Some(mark) = seen.get_mut(id.index()).filter(|mark| **mark != round + 1) else { continue };
                *mark = round + 1;
                let Some(pair) = self.graph.get(id) else { continue };
                let Some(known) = findings.get_mut(id.index()) else { continue };
                let known = known.get_or_insert_with(|| {
                    pair.findings.iter().map(|finding| (self.findings.add(finding), finding.hidden)).collect()
                });
                if let Some(reach) = *reach {
                    known.iter().for_each(|(entry, hidden)| self.findings.reaches(*entry, reach, *hidden));
                }
                pending.extend(pair.inner.iter().rev().filter(|inner| bearing.get(inner.index()) == Some(&true)));
            }
        }
    }
}

/// If a place refers to another schema than before, joins everything that differs between the two schemas into one difference of that
/// place. What differs in a component that both schemas use stays a difference of that component.
fn summarize(graph: &mut Graph<'_>) {
    let replaced = |index: usize| graph.pairs.get(index).and_then(|pair| Some((pair, pair.replaced.clone()?)));
    let told: Vec<_> = (0..graph.pairs.len())
        .filter_map(|index| replaced(index).map(|(pair, template)| (index, template, Below::of(graph, &pair.inner))))
        .collect();
    for (index, template, below) in told {
        let Some(pair) = graph.pairs.get_mut(index) else { continue };
        pair.findings.push(summary(template, &below.findings));
        pair.inner = below.shared;
    }
}

/// The difference of a place that refers to another schema than before.
fn summary(template: Finding, findings: &[Finding]) -> Finding {
    let (before, after) = (template.before.clone().unwrap_or_default(), template.after.clone().unwrap_or_default());
    let what = format!("is a `{after}` instead of a `{before}`");
    let Some(worst) = findings.iter().map(|finding| finding.verdict).max() else {
        let what = format!("{what}, which admits the same values");
        return Finding { rule: &value::SCHEMA_EXCHANGED, what, ..template };
    };
    let telling = findings.iter().filter(|finding| finding.verdict == worst).map(told).take(3);
    let what = format!("{what}: {}", telling.collect::<Vec<_>>().join("; "));
    let hidden = findings.iter().all(|finding| finding.hidden);
    Finding { what, verdict: if hidden { Verdict::Compatible } else { worst }, hidden, ..template }
}

/// A difference as part of another.
fn told(finding: &Finding) -> String {
    let node = finding.new.as_ref().or(finding.old.as_ref());
    match node.and_then(|node| node.pointer.last()) {
        Some(name) => format!("`{name}` {}", finding.what),
        None => finding.what.clone(),
    }
}

/// What is below two schemas, one of which replaces the other.
#[derive(Default)]
struct Below {
    /// The differences.
    findings: Vec<Finding>,
    /// The components that both use.
    shared: Vec<PairId>,
}

impl Below {
    fn of(graph: &Graph<'_>, roots: &[PairId]) -> Self {
        let mut seen = vec![false; graph.pairs.len()];
        let mut pending = roots.to_vec();
        let mut below = Self::default();
        while let Some(id) = pending.pop() {
            let Some(mark) = seen.get_mut(id.index()).filter(|mark| !**mark) else { continue };
            *mark = true;
            let Some(pair) = graph.get(id) else { continue };
            if !roots.contains(&id) && graph.is_of_component(pair) {
                below.shared.push(id);
                continue;
            }
            below.findings.extend(pair.findings.iter().filter(|_| pair.replaced.is_none()).cloned());
            pending.extend(&pair.inner);
        }
        below
    }
}

/// Which pairs have a difference in them or below them.
fn bearing(graph: &Graph<'_>) -> Vec<bool> {
    let mut outer: Vec<Vec<usize>> = vec![Vec::new(); graph.pairs.len()];
    for (index, pair) in graph.pairs.iter().enumerate() {
        for inner in &pair.inner {
            outer.get_mut(inner.index()).into_iter().for_each(|list| list.push(index));
        }
    }
    let mut bearing: Vec<bool> = graph.pairs.iter().map(|pair| !pair.findings.is_empty()).collect();
    let mut pending: Vec<usize> = (0..bearing.len()).filter(|index| bearing.get(*index) == Some(&true)).collect();
    while let Some(index) = pending.pop() {
        for holder in outer.get(index).into_iter().flatten() {
            if let Some(mark) = bearing.get_mut(*holder).filter(|mark| !**mark) {
                *mark = true;
                pending.push(*holder);
            }
        }
    }
    bearing
}
