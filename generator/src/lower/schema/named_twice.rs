//! Schemas that have the same `x-rust-name`: one type, if they are the same.

use std::collections::HashMap;

use super::Lower;
use super::types::is_named;
use crate::diagnostics::codes;
use crate::ir::{ModelId, ModelKind, Type};

impl Lower<'_> {
    /// Merges the schemas of one `x-rust-name` into one type. A component keeps its own name as an alias.
    pub(in crate::lower) fn named_twice(&mut self) {
        let mut known: HashMap<String, ModelId> = HashMap::new();
        for index in 0..self.models.len() {
            let Some(model) = self.models.get(index) else { continue };
            let Some(name) = model.naming.explicit.clone() else { continue };
            let first = *known.entry(name.clone()).or_insert(ModelId(index));
            let Some(earlier) = self.models.get(first.0).filter(|_| first != ModelId(index)) else { continue };
            if earlier.kind.shape() == model.kind.shape() {
                let (other, kept) =
                    if is_named(&model.node) { (ModelId(index), first) } else { (first, ModelId(index)) };
                self.is_another_name(other, kept);
                known.insert(name, kept);
            } else {
                let message =
                    format!("`{}` has the `x-rust-name` `{name}` too, and is another schema", earlier.node.pointer);
                let node = model.node.clone();
                self.error(codes::DUPLICATE_RUST_NAME, message, &node, "give one of them another `x-rust-name`");
            }
        }
    }

    fn is_another_name(&mut self, id: ModelId, kept: ModelId) {
        if let Some(model) = self.models.get_mut(id.0) {
            model.naming.explicit = None;
            model.kind = ModelKind::Alias(Type::Model(kept));
        }
    }
}
