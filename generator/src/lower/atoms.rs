//! `allOf` and references taken apart: schemas that hold at once, each without either.

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{Document, Node, chain, cycle};
use crate::schema::Schema;

/// The most schemas that one `allOf` may come to, its parts' own parts included.
const MOST_ATOMS: usize = 4096;

/// The most `allOf`s and references that may lead to each other.
const DEEPEST: usize = 256;

/// So many schemas may be merged in any document, each counted as often as it is part of another, ...
const MOST_MERGED: usize = 100_000;

/// ... and in a large one so many for each named schema.
const MERGED_EACH: usize = 16;

/// How many schemas of a document may be merged.
pub(super) fn budget(document: &Document) -> usize {
    MOST_MERGED.max(named_schemas(document).saturating_mul(MERGED_EACH))
}

/// The number of schemas to which the document gives names: what may be made of them is in proportion.
pub(super) fn named_schemas(document: &Document) -> usize {
    let schemas = document.value(&document.top("components").join("schemas"));
    schemas.and_then(|schemas| schemas.as_object()).map_or(0, |schemas| schemas.len())
}

impl Lower<'_> {
    /// The schemas that hold wherever all of `nodes` do, each once. `None` where following them does not end, which is reported.
    pub(super) fn atoms(&mut self, nodes: &[Node]) -> Option<Vec<Schema>> {
        if self.atoms_left == 0 {
            return None;
        }
        let mut found = Vec::new();
        let mut path = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for node in nodes {
            self.atom(node, &mut path, &mut seen, &mut found)?;
        }
        self.spend(found.len().saturating_sub(nodes.len()), nodes.first()?)?;
        Some(found)
    }

    /// Counts schemas that were merged. `None` once there are too many, which is reported once.
    fn spend(&mut self, count: usize, node: &Node) -> Option<()> {
        let before = self.atoms_left;
        self.atoms_left = before.saturating_sub(count);
        if self.atoms_left == 0 && before > 0 {
            let most = budget(self.document);
            let message = format!("the `allOf`s of the document come to more than {most} schemas together");
            self.error(codes::ALL_OF_LIMIT, message, node, "let fewer schemas build on each other");
        }
        (self.atoms_left > 0).then_some(())
    }

    fn atom(
        &mut self,
        node: &Node,
        path: &mut Vec<Node>,
        seen: &mut std::collections::HashSet<Node>,
        found: &mut Vec<Schema>,
    ) -> Option<()> {
        if let Some(start) = path.iter().position(|earlier| earlier == node) {
            let cycle = cycle(path.split_off(start));
            let message = format!("this schema contains itself: {}", chain(&cycle));
            self.error(codes::ALL_OF_CYCLE, message, cycle.first().unwrap_or(node), "remove one of the references");
            return None;
        }
        let limit = match (path.len(), path.len() + found.len()) {
            (depth, _) if depth > DEEPEST => format!("this `allOf` leads over more than {DEEPEST} others"),
            (_, all) if all > MOST_ATOMS => format!("this `allOf` comes to more than {MOST_ATOMS} schemas"),
            _ => String::new(),
        };
        if !limit.is_empty() {
            let whole = path.first().unwrap_or(node).clone();
            self.error(codes::ALL_OF_LIMIT, limit, &whole, "merge some of them in the document");
            self.spend(path.len() + found.len(), &whole)?;
            return None;
        }
        if !seen.insert(node.clone()) {
            return Some(());
        }
        path.push(node.clone());
        let mut schema = self.read(node);
        if let Some(reference) = schema.reference.take() {
            match self.document.follow(node).and_then(|_| self.document.target(node, &reference)) {
                Ok(target) => self.atom(&target, path, seen, found)?,
                Err(fault) => self.document.report_reference(node, &fault, self.out),
            }
        }
        let parts = std::mem::take(&mut schema.all_of);
        for part in &parts {
            self.atom(part, path, seen, found)?;
        }
        path.pop();
        found.push(schema);
        Some(())
    }
}
