//! Schemas of the components that no operation reaches on both sides, compared all the same: nothing of them travels, but the
//! types of programs may come from them.

use std::collections::{HashMap, HashSet};

use super::Walk;
use super::at::At;
use super::compare;
use super::graph::{Context, Role, Terms};
use crate::diff::verdict::Direction;
use crate::document::Document;

/// As what travels nowhere: nothing found there is worse than compatible.
const NOWHERE: Context = Context { direction: Direction::Response, text: false, role: Role::Body, hidden: true };

impl<'d> Walk<'d> {
    /// Compares the components that are left, once all that operations have is compared.
    pub(super) fn unreached(&mut self) {
        let met = (met(&self.graph.old), met(&self.graph.new));
        let after: HashMap<&str, At<'d>> = schemas(self.new).into_iter().collect();
        for (name, old) in schemas(self.old) {
            let new = after.get(name);
            let Some(new) = new.filter(|new| !(met.0.contains(&old.id()) && met.1.contains(&new.id()))) else {
                continue;
            };
            let pair = self.graph.pair(vec![old], vec![new.clone()], NOWHERE);
            self.roots.push((pair, None));
        }
        compare::explore(&mut self.graph);
    }
}

/// The schemas of the components.
pub(super) fn schemas(document: &Document) -> Vec<(&str, At<'_>)> {
    let listed = At::new(document, document.top("components").join("schemas"));
    listed.iter().flat_map(At::members).collect()
}

/// What has been compared of a side, also as a part of something else.
fn met(terms: &Terms<'_>) -> HashSet<usize> {
    terms.views().flat_map(|view| &view.parts).map(|part| part.at.id()).collect()
}
