//! Compares the schemas of `components` that operations do not reach, or reach in one document only. These schemas are not sent, but the
//! types of programs may come from them.

use std::collections::{HashMap, HashSet};

use generator::document::Document;

use crate::verdict::Direction;
use crate::wire::Walk;
use crate::wire::compare;
use crate::wire::located::Located;
use crate::wire::schemas::graph::{Context, Role};
use crate::wire::schemas::sets::SchemaSets;

/// The context of a schema that is not sent. Its findings are never worse than compatible.
const NOWHERE: Context =
    Context { direction: Direction::Response, text: false, role: Role::Body, hidden: true, may_be_null: false };

impl<'d> Walk<'d> {
    /// Compares the components that are left, once all that operations have is compared.
    pub(in crate::wire) fn hidden(&mut self) {
        let met = (met(&self.graph.old), met(&self.graph.new));
        let after: HashMap<&str, Located<'d>> = schemas(self.new).into_iter().collect();
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
pub(in crate::wire) fn schemas(document: &Document) -> Vec<(&str, Located<'_>)> {
    let listed = Located::new(document, document.top("components").join("schemas"));
    listed.iter().flat_map(Located::members).collect()
}

/// The schemas of a side that have been compared, also as a part of another schema.
fn met(sets: &SchemaSets<'_>) -> HashSet<usize> {
    sets.views().flat_map(|view| &view.parts).map(|part| part.at.id()).collect()
}
