//! `allOf` and references taken apart: schemas that hold at once, each without either.

use super::Lower;
use crate::document::{Node, chain, cycle};
use crate::schema::Schema;

/// The most schemas that one `allOf` may come to, its parts' own parts included.
const MOST_ATOMS: usize = 4096;

impl Lower<'_> {
    /// The schemas that hold wherever all of `nodes` do, each once. `None` where following them does not end, which is reported.
    pub(super) fn atoms(&mut self, nodes: &[Node]) -> Option<Vec<Schema>> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for node in nodes {
            self.atom(node, &mut path, &mut seen, &mut found)?;
        }
        Some(found)
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
            self.error("all-of-cycle", message, cycle.first().unwrap_or(node), "remove one of the references");
            return None;
        }
        if path.len() + found.len() > MOST_ATOMS {
            let message = format!("this `allOf` comes to more than {MOST_ATOMS} schemas");
            self.error("all-of-limit", message, node, "merge some of them in the document");
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
