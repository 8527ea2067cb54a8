//! The schemas of a document, each read once, and their common meanings, each computed once.
//!
//! A schema is read when it is first asked for. So a schema that is never reached is never reported.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::all_of::budget;
use super::effective::{Alternatives, Conflict, EffectiveSchema};
use super::{Schema, read};
use crate::diagnostics::{Diagnostics, Severity, codes};
use crate::document::{Document, Node};
use crate::limits::MAX_MERGED_MEMBERS;

/// The schemas of a document by their places.
#[derive(Clone, Debug)]
pub struct Schemas<'d> {
    pub(super) document: &'d Document,
    known: HashMap<Node, Arc<Schema<'d>>>,
    merged: HashMap<Vec<Node>, Option<Arc<EffectiveSchema<'d>>>>,
    /// How many more schemas may be merged.
    pub(super) mergeable: usize,
    /// How many more members merged schemas may have.
    pub(super) mergeable_members: usize,
    /// Schemas that are read without their alternatives, because the alternatives add nothing.
    without_alternatives: HashSet<Node>,
}

impl<'d> Schemas<'d> {
    /// No schema yet.
    pub fn of(document: &'d Document) -> Self {
        let mergeable = budget(document);
        Self {
            document,
            known: HashMap::new(),
            merged: HashMap::new(),
            mergeable,
            mergeable_members: MAX_MERGED_MEMBERS,
            without_alternatives: HashSet::new(),
        }
    }

    /// The same, with some schemas read without their alternatives.
    pub fn without_alternatives(self, nodes: HashSet<Node>) -> Self {
        Self { without_alternatives: nodes, ..self }
    }

    /// The schema at a node. Keywords that cannot be read are left out, and reported when the schema is read for the first time.
    pub fn at(&mut self, node: &Node, out: &mut Diagnostics) -> Arc<Schema<'d>> {
        if let Some(known) = self.known.get(node) {
            return known.clone();
        }
        let mut schema = read::read(self.document, node, out);
        if self.without_alternatives.contains(node) {
            (schema.one_of, schema.any_of) = (Vec::new(), Vec::new());
        }
        let schema = Arc::new(schema);
        self.known.insert(node.clone(), schema.clone());
        schema
    }

    /// What the schemas at some nodes say together. `None` if their references form a cycle or lead too far. Both are reported.
    pub fn effective(&mut self, nodes: &[Node], out: &mut Diagnostics) -> Option<Arc<EffectiveSchema<'d>>> {
        if let Some(known) = self.merged.get(nodes) {
            return known.clone();
        }
        let effective = match self.mere_target(nodes, out) {
            Some(target) => self.effective(&[target], out),
            None => self.merged(nodes, out),
        };
        self.merged.insert(nodes.to_vec(), effective.clone());
        effective
    }

    fn merged(&mut self, nodes: &[Node], out: &mut Diagnostics) -> Option<Arc<EffectiveSchema<'d>>> {
        let parts = self.parts(nodes, out)?;
        let effective = EffectiveSchema::of(nodes.first()?.clone(), parts.all, nodes.len() == 1)?;
        if effective.parts.len() > 1 {
            self.spend_members(effective.properties.len(), &effective.node, out)?;
        }
        effective.conflicts.iter().for_each(|conflict| self.report(conflict, out));
        Some(Arc::new(effective))
    }

    /// The target of a `$ref` without other keywords. All such references share the meaning of their target.
    fn mere_target(&mut self, nodes: &[Node], out: &mut Diagnostics) -> Option<Node> {
        let [node] = nodes else { return None };
        let schema = self.at(node, out);
        let reference = schema.reference.as_ref().filter(|_| schema.raw.as_object().is_some_and(|it| it.len() == 1))?;
        self.document.follow(node).and_then(|_| self.document.target(node, reference)).ok()
    }

    fn report(&self, conflict: &Conflict, out: &mut Diagnostics) {
        let (node, what, kept) = match conflict {
            Conflict::Types(node) => (node, "type", "untyped JSON".to_owned()),
            Conflict::Values(node, None) => (node, "value", "untyped JSON".to_owned()),
            Conflict::Values(node, Some(kept)) => (node, "value", format!("`{kept}` alone")),
        };
        let message = format!("the schemas that hold here have no {what} in common: emitted as {kept}");
        out.push(self.document.diagnostic(Severity::Warning, codes::ALL_OF_CONFLICT, message, node));
    }

    /// The alternatives other than `null`, and whether `null` is one.
    pub fn present_branches(&mut self, alternatives: &Alternatives, out: &mut Diagnostics) -> (Vec<Node>, bool) {
        let present = self.present(&alternatives.branches, out);
        let nullable = present.len() < alternatives.branches.len();
        (present, nullable)
    }

    /// The alternatives that are not `null`.
    pub fn present(&mut self, branches: &[Node], out: &mut Diagnostics) -> Vec<Node> {
        branches.iter().filter(|node| !self.is_null(node, out)).cloned().collect()
    }

    /// Whether an alternative admits only `null`. It may be a reference.
    fn is_null(&mut self, node: &Node, out: &mut Diagnostics) -> bool {
        let schema = self.at(node, out);
        if schema.reference.is_none() {
            return is_only_null(&schema) || schema.types.is_empty() && schema.nullable && !schema.constrains();
        }
        let target = self.document.follow(node);
        target.is_ok_and(|target| is_only_null(&self.at(&target, out)))
    }
}

fn is_only_null(schema: &Schema<'_>) -> bool {
    let listed = schema.constant == Some(&Value::Null) || schema.enumeration == Some(&[Value::Null]);
    schema.types.is_empty() && (schema.only_null || listed)
}
