//! `prefixItems`: lists whose first elements have schemas of their own.
//!
//! A tuple in Rust has a fixed length. So a list becomes a tuple if nothing can follow these elements. Otherwise it becomes a list of one
//! type for all elements.

use super::Lower;
use super::bounds::whole;
use crate::document::Node;
use crate::ir::Type;
use crate::limits::MAX_TUPLE;
use crate::schema::EffectiveSchema;

impl Lower<'_> {
    pub(in crate::lower) fn tuple(&mut self, merged: &EffectiveSchema) -> Type {
        let mut elements = Vec::new();
        for nodes in &merged.prefix_items {
            elements.push(self.element(nodes));
        }
        match self.most_elements(merged).filter(|most| *most <= elements.len()) {
            Some(most) if (1..=MAX_TUPLE).contains(&most) => {
                elements.truncate(most);
                let least = counts(merged, "minItems").max().unwrap_or_default().min(most);
                Type::Tuple { elements, least }
            }
            Some(_) => {
                let why = format!("the elements have different types and are more than {MAX_TUPLE}");
                self.list_of_one(&elements, &why, merged)
            }
            None => {
                elements.push(if merged.items.is_empty() { Type::Any } else { self.element(&merged.items) });
                self.list_of_one(&elements, "the elements have different types and the length is open", merged)
            }
        }
    }

    fn element(&mut self, nodes: &[Node]) -> Type {
        let naming = nodes.first().map(|node| self.naming(node));
        naming.map_or(Type::Any, |naming| self.type_of_all(nodes, naming))
    }

    /// How many elements there can be, if the schema says so.
    fn most_elements(&mut self, merged: &EffectiveSchema) -> Option<usize> {
        let none_follow = merged.items.iter().any(|node| self.read(node).boolean == Some(false));
        let most = counts(merged, "maxItems").min();
        let own = none_follow.then_some(merged.prefix_items.len());
        most.into_iter().chain(own).min()
    }

    /// A list of the common type of all elements, or of any JSON.
    fn list_of_one(&mut self, elements: &[Type], why: &str, merged: &EffectiveSchema) -> Type {
        let element = match elements {
            [first, rest @ ..] if rest.iter().all(|ty| ty == first) => first.clone(),
            _ => self.untyped(why, &merged.node),
        };
        Type::Array(Box::new(element))
    }
}

/// The values of a counting keyword, from all schemas that hold.
fn counts<'m>(merged: &'m EffectiveSchema, keyword: &'m str) -> impl Iterator<Item = usize> + 'm {
    let bounds = merged.parts.iter().flat_map(|part| &part.schema.bounds);
    let bounds = bounds.filter(move |(known, _)| *known == keyword);
    bounds.filter_map(|(_, value)| usize::try_from(whole(value)?).ok())
}
