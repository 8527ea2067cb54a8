//! Compares what travels in two documents, and gives the changes.
//!
//! Operations are paired and compared member by member; their schemas become pairs of a [`graph`](schemas::graph), which are
//! [compared](compare) once each. Then each difference is given the operations that it reaches.

mod attribute;
mod compare;
mod documentation;
mod finding;
mod findings;
mod lifecycle;
mod located;
mod operations;
mod reach_set;
mod schemas;
mod subject;
mod version;

use std::collections::HashMap;

use generator::document::{Document, Node};

use finding::{Finding, finding};
use findings::Findings;
use reach_set::ReachId;
use schemas::graph::{Context, Graph, PairId, Role};

use self::located::Located;
use crate::change::{Reach, WireChange};
use crate::lowered::LoweredDocument;
use crate::rules::{Rule, doc};
use crate::verdict::Direction;

/// Compares what travels. The number counts the members that differ and only document something.
pub fn compare(old: &LoweredDocument, new: &LoweredDocument) -> (Vec<WireChange>, usize) {
    let (old, new) = (&old.document, &new.document);
    let renamed_schemes = operations::renamed_schemes(old, new);
    let (graph, findings, roots) = (Graph::new(old, new), Findings::default(), Vec::new());
    let mut walk = Walk { old, new, graph, findings, roots, renamed_schemes };
    walk.operations();
    compare::explore(&mut walk.graph);
    walk.hidden();
    walk.attribute();
    walk.schemes();
    walk.components();
    walk.version();
    (walk.findings.finish(old, new), documentation::count(old, new))
}

/// The comparison of two documents, as far as it has come.
struct Walk<'d> {
    old: &'d Document,
    new: &'d Document,
    graph: Graph<'d>,
    findings: Findings,
    /// The pairs of schemas that operations use, each with the operation and direction. `None` for a pair that no operation uses.
    roots: Vec<(PairId, Option<ReachId>)>,
    /// The names of security schemes in the old document, each with its name in the new one.
    renamed_schemes: HashMap<String, String>,
}

/// What is compared, and what a difference in it reaches.
#[derive(Clone, Debug)]
struct Scope {
    reach: Reach,
    /// Whether the server is the caller.
    reversed: bool,
}

impl Scope {
    /// What the caller sends. If the server is the caller, the client receives it.
    fn sent(&self) -> Self {
        self.towards(if self.reversed { Direction::Response } else { Direction::Request })
    }

    /// What the caller receives.
    fn received(&self, status: &str) -> Self {
        let mut scope = self.towards(if self.reversed { Direction::Request } else { Direction::Response });
        scope.reach.status = Some(status.to_owned());
        scope
    }

    fn towards(&self, direction: Direction) -> Self {
        let mut scope = self.clone();
        scope.reach.direction = Some(direction);
        scope
    }

    fn direction(&self) -> Direction {
        self.reach.direction.unwrap_or(Direction::Request)
    }
}

impl<'d> Walk<'d> {
    fn operations(&mut self) {
        let (old, new) = (operations::operations(self.old), operations::operations(self.new));
        let paired = operations::pair(&old, &new);
        self.global_security(&old, &new, &paired);
        self.global_servers(&old, &new, &paired);
        for (before, after) in &paired.both {
            if let (Some(before), Some(after)) = (old.get(*before), new.get(*after)) {
                self.operation(before, after);
            }
        }
        for operation in paired.added.iter().filter_map(|index| new.get(*index)) {
            let (rule, what) = match operation.reversed {
                true => (&doc::WEBHOOK_ADDED, "is a new webhook"),
                false => (&doc::ENDPOINT_ADDED, "is new"),
            };
            let scope = scope_of(operation);
            self.note(&scope, finding(rule, None, Some(&operation.at.node), what));
        }
        for operation in paired.removed.iter().filter_map(|index| old.get(*index)) {
            self.removed(operation);
        }
    }

    /// Adds a finding.
    fn note(&mut self, scope: &Scope, finding: Finding) {
        let (entry, reach) = (self.findings.add(&finding), self.findings.reach(&scope.reach));
        self.findings.reaches(entry, reach, finding.hidden);
    }

    /// Adds a difference with the verdict of its rule.
    fn ruled(&mut self, scope: &Scope, rule: &'static Rule, old: Option<&Node>, new: Option<&Node>, what: &str) {
        self.note(scope, finding(rule, old, new, what).verdict(rule.verdict(scope.direction())));
    }

    /// Requests the comparison of two schemas of an operation.
    fn root(&mut self, scope: &Scope, old: Located<'d>, new: Located<'d>, role: Role, text: bool) {
        let context = Context { direction: scope.direction(), text, role, hidden: false, may_be_null: false };
        self.compared(scope, vec![old], vec![new], context);
    }

    /// Requests the comparison of two sets of schemas whose values are written as text.
    fn root_of(&mut self, scope: &Scope, old: Vec<Located<'d>>, new: Vec<Located<'d>>, role: Role) {
        let context = Context { direction: scope.direction(), text: true, role, hidden: false, may_be_null: false };
        self.compared(scope, old, new, context);
    }

    fn compared(&mut self, scope: &Scope, old: Vec<Located<'d>>, new: Vec<Located<'d>>, context: Context) {
        let pair = self.graph.pair(old, new, context);
        let reach = self.findings.reach(&scope.reach);
        self.roots.push((pair, Some(reach)));
    }
}

fn scope_of(operation: &operations::Operation<'_>) -> Scope {
    let reach = Reach { operation: operation.name(), direction: None, status: None };
    Scope { reach, reversed: operation.reversed }
}
