//! Takes `allOf` and references apart: gives the schemas that hold at once, one by one.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Schema, Schemas};
use crate::diagnostics::{Code, Diagnostics, Severity, codes};
use crate::document::{Document, Node, chain, cycle};
use crate::limits::{MAX_ALL_OF, MAX_ALL_OF_DEPTH, MAX_MERGED, MAX_MERGED_EACH, MAX_MERGED_MEMBERS};

/// How many schemas of a document may be merged.
pub(super) fn budget(document: &Document) -> usize {
    MAX_MERGED.max(document.named_schemas().saturating_mul(MAX_MERGED_EACH))
}

/// One of the schemas that hold at once. The targets of its reference and its `allOf` are separate parts.
#[derive(Clone, Debug)]
pub struct Part<'d> {
    /// The schema.
    pub schema: Arc<Schema<'d>>,
    /// When it was reached, on the way from the whole to its parts. In [`Parts::all`], a schema comes after what it refers to.
    pub rank: usize,
    /// The index, in [`Parts::members`], of the `allOf` element that led to it.
    pub member: Option<usize>,
}

/// The schemas that hold at once. A schema comes after those that it refers to.
#[derive(Clone, Debug, Default)]
pub struct Parts<'d> {
    /// The schemas, each once.
    pub all: Vec<Part<'d>>,
    /// The elements of the first `allOf` on each path of references.
    pub members: Vec<Node>,
    seen: HashSet<Node>,
}

impl<'d> Schemas<'d> {
    /// The schemas that hold wherever all of `nodes` do. `None` if the references form a cycle, or if there are too many schemas. Both
    /// are reported.
    pub fn parts(&mut self, nodes: &[Node], out: &mut Diagnostics) -> Option<Parts<'d>> {
        if self.mergeable == 0 {
            return None;
        }
        let mut found = Parts::default();
        for node in nodes {
            self.add_parts(node, None, &mut found, out)?;
        }
        self.spend(found.all.len().saturating_sub(nodes.len()), nodes.first()?, out)?;
        Some(found)
    }

    /// Adds a further schema, and all schemas that hold with it.
    pub fn add_parts(
        &mut self,
        node: &Node,
        member: Option<usize>,
        found: &mut Parts<'d>,
        out: &mut Diagnostics,
    ) -> Option<()> {
        self.part(node, member, &mut Vec::new(), found, out)
    }

    fn part(
        &mut self,
        node: &Node,
        member: Option<usize>,
        path: &mut Vec<Node>,
        found: &mut Parts<'d>,
        out: &mut Diagnostics,
    ) -> Option<()> {
        self.check_end(node, path, found.all.len(), out)?;
        if !found.seen.insert(node.clone()) {
            return Some(());
        }
        let rank = found.seen.len();
        path.push(node.clone());
        let schema = self.at(node, out);
        if let Some(reference) = &schema.reference {
            match self.document.follow(node).and_then(|_| self.document.target(node, reference)) {
                Ok(target) => self.part(&target, member, path, found, out)?,
                Err(fault) => self.document.report_reference(node, &fault, out),
            }
        }
        for element in &schema.all_of {
            let member = member.unwrap_or(found.members.len());
            if member == found.members.len() {
                found.members.push(element.clone());
            }
            self.part(element, Some(member), path, found, out)?;
        }
        path.pop();
        found.all.push(Part { schema, rank, member });
        Some(())
    }

    /// `None` if the schema contains itself, or if it comes to more schemas than the limit allows. Both are reported.
    fn check_end(&mut self, node: &Node, path: &mut Vec<Node>, found: usize, out: &mut Diagnostics) -> Option<()> {
        if let Some(start) = path.iter().position(|earlier| earlier == node) {
            let cycle = cycle(path.split_off(start));
            let message = format!("this schema contains itself: {}", chain(&cycle));
            let at = cycle.first().unwrap_or(node);
            self.error(codes::ALL_OF_CYCLE, message, at, "remove one of the references", out);
            return None;
        }
        let (depth, all) = (path.len(), path.len() + found);
        let limit = match depth > MAX_ALL_OF_DEPTH {
            true => format!("this `allOf` leads over more than {MAX_ALL_OF_DEPTH} others"),
            false if all > MAX_ALL_OF => format!("this `allOf` comes to more than {MAX_ALL_OF} schemas"),
            false => return Some(()),
        };
        let whole = path.first().unwrap_or(node);
        self.error(codes::ALL_OF_LIMIT, limit, whole, "merge some of them in the document", out);
        self.spend(all, whole, out)?;
        None
    }

    /// Counts schemas that were merged. `None` as soon as there are too many. This is reported once.
    fn spend(&mut self, count: usize, node: &Node, out: &mut Diagnostics) -> Option<()> {
        let before = self.mergeable;
        self.mergeable = before.saturating_sub(count);
        if self.mergeable == 0 && before > 0 {
            let most = budget(self.document);
            let message = format!("the `allOf`s of the document come to more than {most} schemas together");
            self.error(codes::ALL_OF_LIMIT, message, node, "let fewer schemas build on each other", out);
        }
        (self.mergeable > 0).then_some(())
    }

    /// Counts members of merged schemas. `None` as soon as there are too many. This is reported once.
    pub(super) fn spend_members(&mut self, count: usize, node: &Node, out: &mut Diagnostics) -> Option<()> {
        let before = self.mergeable_members;
        self.mergeable_members = before.saturating_sub(count);
        if self.mergeable_members == 0 && before > 0 {
            let message =
                format!("the `allOf`s of the document come to more than {MAX_MERGED_MEMBERS} members together");
            self.error(codes::ALL_OF_LIMIT, message, node, "let fewer schemas build on large ones", out);
        }
        (self.mergeable_members > 0).then_some(())
    }

    fn error(&self, code: Code, message: String, node: &Node, help: &str, out: &mut Diagnostics) {
        out.push(self.document.diagnostic(Severity::Error, code, message, node).help(help));
    }
}
