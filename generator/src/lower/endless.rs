//! Alternatives that are the schema itself, which no value and no Rust type can be.
//!
//! Takes the models after lowering; reports each that is one of its own alternatives, by whatever way of references, and makes
//! it untyped.

use super::Lower;
use crate::ir::{ModelId, ModelKind, Type};

impl Lower<'_> {
    /// Reports the unions that are among their own alternatives.
    pub(super) fn check_alternatives(&mut self) {
        let unions = self.models.iter().enumerate().filter(|(_, model)| matches!(model.kind, ModelKind::Union(_)));
        let endless: Vec<usize> = unions.map(|(id, _)| id).filter(|id| self.is_endless(ModelId(*id))).collect();
        for id in endless {
            let Some(model) = self.models.get_mut(id) else { continue };
            model.kind = ModelKind::Alias(Type::Any);
            let node = model.node.clone();
            let message = "this schema is one of its own alternatives";
            self.error("own-alternative", message, &node, "remove the alternative that leads back to it");
        }
    }

    /// Whether a model is among its own alternatives, those of its alternatives included.
    fn is_endless(&self, id: ModelId) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut pending = self.alternatives(id);
        while let Some(next) = pending.pop() {
            if next == id {
                return true;
            }
            if seen.insert(next) {
                pending.extend(self.alternatives(next));
            }
        }
        false
    }

    fn alternatives(&self, id: ModelId) -> Vec<ModelId> {
        let types: Vec<&Type> = match self.models.get(id.0).map(|model| &model.kind) {
            Some(ModelKind::Union(union)) => union.branches.iter().map(|branch| &branch.ty).collect(),
            Some(ModelKind::Alias(target)) => vec![target],
            _ => Vec::new(),
        };
        let present = types.into_iter().map(Type::present);
        present.filter_map(|ty| if let Type::Model(id) = ty { Some(*id) } else { None }).collect()
    }
}
