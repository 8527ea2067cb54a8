//! Structures that contain themselves by required members. Their values would have no end.
//!
//! Looks in the lowered models for required members that lead back to their own structure without a list, a map, a union or a `null`
//! between. One member of each such cycle is made an option, so that every type has a value.

use std::collections::HashSet;

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::{Node, chain, cycle};
use crate::ir::{Field, ModelId, ModelKind, Type};

/// A part that every value of a model holds: where the part is, and the part's own model.
type Need = (Spot, ModelId);

#[derive(Clone, Copy)]
enum Spot {
    /// A member of a structure, by its index.
    Member(usize),
    /// An element of a named list, by its position.
    Element(usize),
}

impl Lower<'_> {
    /// Reports every such cycle and ends it. Cycles are looked for in the order of places and members' names, so that the order of the
    /// document does not matter.
    pub(in crate::lower) fn endless_members(&mut self) {
        let mut starts: Vec<ModelId> = (0..self.models.len()).map(ModelId).collect();
        starts.sort_by_key(|id| self.models.get(id.0).map(|model| &model.node));
        let mut met = HashSet::new();
        for start in starts {
            if met.insert(start) {
                self.end_cycles_from(start, &mut met);
            }
        }
    }

    fn end_cycles_from(&mut self, start: ModelId, met: &mut HashSet<ModelId>) {
        let mut path = vec![(start, self.needs(start))];
        let mut open = HashSet::from([start]);
        while let Some((holder, needs)) = path.last_mut() {
            let holder = *holder;
            match needs.pop() {
                None => {
                    open.remove(&holder);
                    path.pop();
                }
                Some((spot, held)) if open.contains(&held) => {
                    // If an element is optional, the elements after it must be optional too.
                    if let Spot::Element(_) = spot {
                        needs.clear();
                    }
                    let ids: Vec<ModelId> = path.iter().map(|(id, _)| *id).skip_while(|id| *id != held).collect();
                    self.end_cycle(holder, spot, &ids);
                }
                Some((_, held)) => {
                    if met.insert(held) {
                        open.insert(held);
                        path.push((held, self.needs(held)));
                    }
                }
            }
        }
    }

    /// The parts that every value of a model holds, the last one first.
    fn needs(&self, id: ModelId) -> Vec<Need> {
        let mut needs = Vec::new();
        match self.models.get(id.0).map(|model| &model.kind) {
            Some(ModelKind::Struct(structure)) => {
                let mut fields: Vec<(usize, &Field)> = structure.fields.iter().enumerate().collect();
                fields.retain(|(_, field)| is_needed(field));
                fields.sort_by(|(_, left), (_, right)| right.wire.cmp(&left.wire));
                fields.into_iter().for_each(|(index, field)| self.held(&field.ty, Spot::Member(index), &mut needs));
            }
            Some(ModelKind::Alias(Type::Tuple { elements, least })) => {
                let elements = elements.iter().take(*least).enumerate().rev();
                elements.for_each(|(index, ty)| self.held(ty, Spot::Element(index), &mut needs));
            }
            _ => {}
        }
        needs
    }

    /// Adds the models that every value of a type holds: structures, and named tuples.
    fn held(&self, ty: &Type, spot: Spot, needs: &mut Vec<Need>) {
        match ty {
            Type::Tuple { elements, least } => {
                elements.iter().take(*least).for_each(|ty| self.held(ty, spot, needs));
            }
            Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Struct(_) | ModelKind::Alias(Type::Tuple { .. })) => needs.push((spot, *id)),
                // Aliases that lead back to themselves have been replaced already.
                Some(ModelKind::Alias(target)) => self.held(target, spot, needs),
                _ => {}
            },
            _ => {}
        }
    }

    fn end_cycle(&mut self, holder: ModelId, spot: Spot, ids: &[ModelId]) {
        let nodes = ids.iter().filter_map(|id| self.models.get(id.0)).map(|model| model.node.clone());
        let chain = chain(&cycle(nodes.collect()));
        let Some(model) = self.models.get_mut(holder.0) else { return };
        let (node, mut wire) = (model.node.clone(), None);
        match (&mut model.kind, spot) {
            (ModelKind::Struct(structure), Spot::Member(index)) => {
                if let Some(field) = structure.fields.get_mut(index) {
                    field.required = false;
                    wire = Some(field.wire.clone());
                }
            }
            (ModelKind::Alias(Type::Tuple { least, .. }), Spot::Element(index)) => *least = index,
            _ => {}
        }
        let (message, help, at) = match wire {
            Some(wire) => (
                format!("`{wire}` is required, but no value ends that holds it: {chain}; it is emitted as an option"),
                "take it out of `required`, or let it be null",
                self.place_of_member(&node, &wire),
            ),
            None => (
                format!("no value ends that holds every element: {chain}; they are emitted as options"),
                "lower `minItems`, or let an element be null",
                node,
            ),
        };
        self.out.push(self.document.diagnostic(Severity::Warning, codes::ENDLESS_MEMBER, message, &at).help(help));
    }

    fn place_of_member(&mut self, node: &Node, wire: &str) -> Node {
        let merged = self.merge(std::slice::from_ref(node));
        let nodes = merged.and_then(|merged| merged.properties.get(wire).cloned());
        nodes.and_then(|nodes| nodes.into_iter().next()).unwrap_or(node.clone())
    }
}

/// Whether every value of a structure has a value of the member.
fn is_needed(field: &Field) -> bool {
    field.required && !field.read_only && !field.write_only && field.constant.is_none()
}
