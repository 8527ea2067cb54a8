//! Several schemas that hold at once to a type, with a memory of those that have been met.
//!
//! The combined schema has no place of its own in the document, and may contain itself, because a property that two schemas describe may
//! lead back to both. It is identified by its parts.

use super::Lower;
use super::types::Lowered;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{ModelId, Naming, Type};
use crate::limits::{MAX_COMBINED, MAX_COMBINED_EACH, MAX_UNNAMED_NESTING};
use crate::schema::EffectiveSchema;

/// What identifies a combined schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) struct Parts {
    first: Node,
    parts: Vec<Node>,
    alternatives: Vec<Node>,
}

impl Parts {
    fn of(merged: &EffectiveSchema) -> Self {
        let constraining = merged.parts.iter().filter(|part| part.schema.constrains_itself());
        let mut parts: Vec<Node> = constraining.map(|part| part.schema.node.clone()).collect();
        parts.sort_unstable();
        parts.dedup();
        let alternatives = merged.unions.iter().flat_map(|union| union.branches.iter().cloned()).collect();
        Self { first: merged.node.clone(), parts, alternatives }
    }
}

impl Lower<'_> {
    /// The type of a combined schema.
    pub(in crate::lower) fn type_of_merged(&mut self, merged: &EffectiveSchema, naming: Naming) -> Type {
        let parts = Parts::of(merged);
        if let Some(known) = self.known_parts.get(&parts) {
            return known.clone();
        }
        // A recursive schema is named where the recursion began.
        if let Some((naming, reserved)) = self.open_parts.get(&parts).cloned() {
            return Type::Model(reserved.unwrap_or_else(|| self.reserve_parts(parts, naming)));
        }
        if self.is_too_deep(&merged.node) || self.is_too_much(&merged.node) {
            return Type::Any;
        }
        self.open_parts.insert(parts.clone(), (naming.clone(), None));
        let lowered = self.deeper(|lower| lower.lower_merged(merged));
        let reserved = self.open_parts.remove(&parts).and_then(|(_, reserved)| reserved);
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

    /// Whether schemas are nested too deeply to go on. This is reported.
    pub(in crate::lower) fn is_too_deep(&mut self, node: &Node) -> bool {
        let is = self.depth > MAX_UNNAMED_NESTING;
        if is {
            let message = format!("more than {MAX_UNNAMED_NESTING} schemas lie in each other up to here");
            self.error(codes::SCHEMAS_TOO_DEEP, message, node, "refer to fewer schemas from within each other");
        }
        is
    }

    fn is_too_much(&mut self, node: &Node) -> bool {
        let most = MAX_COMBINED.max(self.document.named_schemas().saturating_mul(MAX_COMBINED_EACH));
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
        let id = self.reserve(naming.clone(), &parts.first);
        self.open_parts.insert(parts, (naming, Some(id)));
        id
    }
}
