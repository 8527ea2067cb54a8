//! Types that consist only of themselves. Their values would have no end.
//!
//! Looks in the lowered models for aliases and unions that lead back to themselves without a member or an element between. A reader of such
//! a type would call itself for ever. So they are errors, and any JSON replaces them.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{Node, chain, cycle};
use crate::ir::{ModelId, ModelKind, Type};

impl Lower<'_> {
    /// Reports every such cycle once.
    pub(in crate::lower) fn endless(&mut self) {
        let mut done = HashSet::new();
        for start in (0..self.models.len()).map(ModelId) {
            while let Some(ids) = self.cycle_from(start, &mut done) {
                let nodes: Vec<Node> =
                    ids.iter().filter_map(|id| self.models.get(id.0)).map(|model| model.node.clone()).collect();
                let nodes = cycle(nodes);
                let message = format!("this schema is one of its own alternatives: {}", chain(&nodes));
                if let (Some(first), Some(next)) = (nodes.first(), nodes.get(1).or(nodes.first())) {
                    let place = self.alternative(first, next).unwrap_or_else(|| first.clone());
                    self.error(codes::OWN_ALTERNATIVE, message, &place, "remove the alternative that leads back to it");
                }
                for id in ids {
                    if let Some(model) = self.models.get_mut(id.0) {
                        model.kind = ModelKind::Alias(Type::Any);
                    }
                }
            }
        }
    }

    /// The alternative of a schema that merely refers to another one.
    fn alternative(&self, of: &Node, target: &Node) -> Option<Node> {
        let all = ["oneOf", "anyOf", "allOf"].map(|keyword| of.join(keyword));
        let each = all.iter().flat_map(|list| {
            let count = self.document.value(list).and_then(|list| list.as_array()).map_or(0, Vec::len);
            (0..count).map(|index| list.join(index))
        });
        each.into_iter().find(|node| self.document.follow(node).is_ok_and(|found| found == *target))
    }

    /// The first cycle that a model leads to. Models that lead to no cycle are put into `done`.
    fn cycle_from(&self, start: ModelId, done: &mut HashSet<ModelId>) -> Option<Vec<ModelId>> {
        let mut path: Vec<(ModelId, Vec<ModelId>)> = vec![(start, self.direct(start))];
        let mut open = HashSet::from([start]);
        if done.contains(&start) {
            return None;
        }
        while let Some((id, rest)) = path.last_mut() {
            let id = *id;
            match rest.pop() {
                None => {
                    done.insert(id);
                    open.remove(&id);
                    path.pop();
                }
                Some(next) if open.contains(&next) => {
                    return Some(path.iter().map(|(id, _)| *id).skip_while(|id| *id != next).collect());
                }
                Some(next) if done.contains(&next) => {}
                Some(next) => {
                    open.insert(next);
                    path.push((next, self.direct(next)));
                }
            }
        }
        None
    }

    /// The models for which this model stands directly: the target of an alias, or the alternatives of a union.
    fn direct(&self, id: ModelId) -> Vec<ModelId> {
        let types: Vec<&Type> = match self.models.get(id.0).map(|model| &model.kind) {
            Some(ModelKind::Alias(ty)) => vec![ty],
            Some(ModelKind::Union(union)) => union.branches.iter().map(|branch| &branch.ty).collect(),
            _ => Vec::new(),
        };
        let model = |ty: &Type| match ty.present() {
            Type::Model(id) => Some(*id),
            _ => None,
        };
        types.into_iter().filter_map(model).collect()
    }
}
