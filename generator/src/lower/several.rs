//! Several schemas that hold at once to a type, with a memory of those that have been met.
//!
//! What such schemas come to has no place of its own in the document, and may contain itself: a property that two schemas
//! describe may lead back to both. It is known by the parts it is made of.

use super::Lower;
use super::atoms::named_schemas;
use super::merged::Merged;
use super::types::Lowered;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{ModelId, Naming, Type};

/// The most schemas that lie in each other, named ones left out, which wait for their turn. Lowering recurses so deep.
const MOST_NESTED: usize = 1024;

/// So many types may be made of several schemas each in any document, ...
const MOST_PARTED: usize = 2_000;

/// ... and in a large one so many for each named schema.
const PARTED_EACH: usize = 4;

/// What tells schemas apart that are made of several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Parts {
    first: Node,
    parts: Vec<Node>,
    alternatives: Vec<Node>,
}

impl Parts {
    fn of(merged: &Merged) -> Self {
        let mut parts = merged.parts.clone();
        parts.sort_unstable();
        parts.dedup();
        let alternatives = merged.unions.iter().flat_map(|union| union.branches.iter().cloned()).collect();
        Self { first: merged.node.clone(), parts, alternatives }
    }
}

impl Lower<'_> {
    /// The type of what several schemas come to.
    pub(super) fn type_of_merged(&mut self, merged: &Merged, naming: Naming) -> Type {
        let parts = Parts::of(merged);
        if let Some(known) = self.known_parts.get(&parts) {
            return known.clone();
        }
        if let Some(reserved) = self.open_parts.get(&parts).copied() {
            return Type::Model(reserved.unwrap_or_else(|| self.reserve_parts(parts, naming)));
        }
        if self.is_too_deep(&merged.node) || self.is_too_much(&merged.node) {
            return Type::Any;
        }
        self.open_parts.insert(parts.clone(), None);
        let lowered = self.deeper(|lower| lower.lower_merged(merged));
        let reserved = self.open_parts.remove(&parts).flatten();
        let ty = match (lowered, reserved) {
            (Lowered::Type(ty), None) => ty,
            (lowered, Some(id)) => self.fill(id, lowered),
            (Lowered::Model { kind, docs, nullable }, None) => {
                let model = Type::Model(self.intern(naming, kind, docs, &merged.node));
                if nullable { model.nullable() } else { model }
            }
        };
        self.known_parts.insert(parts, ty.clone());
        ty
    }

    /// Whether schemas lie in each other too deep to go on, which is reported.
    pub(super) fn is_too_deep(&mut self, node: &Node) -> bool {
        let is = self.depth > MOST_NESTED;
        if is {
            let message = format!("more than {MOST_NESTED} schemas lie in each other up to here");
            self.error(codes::SCHEMAS_TOO_DEEP, message, node, "refer to fewer schemas from within each other");
        }
        is
    }

    fn is_too_much(&mut self, node: &Node) -> bool {
        let most = MOST_PARTED.max(named_schemas(self.document).saturating_mul(PARTED_EACH));
        let is = self.known_parts.len() > most;
        if is {
            let message = format!("the schemas that hold here together make more than {most} types");
            self.error(
                codes::TOO_MANY_INTERSECTIONS,
                message,
                node,
                "describe each property in one of the schemas only",
            );
        }
        is
    }

    fn reserve_parts(&mut self, parts: Parts, naming: Naming) -> ModelId {
        let id = self.reserve(naming, &parts.first);
        self.open_parts.insert(parts, Some(id));
        id
    }
}
