//! Several `oneOf` and `anyOf` that hold at once: which of them becomes the union, and which ones are left for its alternatives.
//!
//! A value matches an alternative of each list. So an alternative of the first list becomes a union of the alternatives of the other lists.

use super::Lower;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{Naming, Root, Thing};
use crate::limits::MAX_COMBINATIONS;
use crate::schema::{Alternatives, EffectiveSchema, JsonType};

impl Lower<'_> {
    /// The union that comes first, and the others, which its alternatives must fit as well. A union with a discriminator comes first, so
    /// that an unknown value is kept, whatever the others say.
    pub(in crate::lower) fn first_union(
        &mut self,
        merged: &EffectiveSchema,
    ) -> Option<(Alternatives, Vec<Alternatives>)> {
        let mut unions: Vec<Alternatives> = Vec::new();
        for union in &merged.unions {
            let (branches, _) = self.present_branches(union);
            if branches.iter().all(|node| self.only_requires(node)) {
                let message = "alternatives that only require members are not honoured";
                self.warn(codes::REQUIRED_ALTERNATIVES, message, &merged.node);
            } else {
                unions.push(union.clone());
            }
        }
        let first = unions.iter().position(|union| union.discriminator.is_some()).unwrap_or_default();
        let first = (!unions.is_empty()).then(|| unions.remove(first))?;
        let pairs = unions.iter().fold(first.branches.len(), |pairs, it| pairs.saturating_mul(it.branches.len()));
        if !unions.is_empty() && pairs > MAX_COMBINATIONS {
            let message = format!(
                "only one `oneOf` or `anyOf` is honoured here: there are more than {MAX_COMBINATIONS} combinations"
            );
            self.warn(codes::SEVERAL_UNIONS, message, &merged.node);
            unions.clear();
        }
        Some((first, unions))
    }

    /// Whether an alternative is compatible with at least one alternative of each other union, and with the schema around it.
    pub(in crate::lower) fn is_possible(&mut self, node: &Node, base: &EffectiveSchema) -> bool {
        if base.within.is_empty() && base.unions.is_empty() {
            return true;
        }
        let own = self.json_types(node);
        let around = base.types.clone().unwrap_or_default();
        let fits = base.within.is_empty() || overlap(&own, &around);
        fits && base.unions.iter().all(|other| {
            other.branches.iter().any(|other| {
                let other = self.json_types(other);
                overlap(&own, &other)
            })
        })
    }

    /// The types that a schema admits; empty where it names none.
    fn json_types(&mut self, node: &Node) -> Vec<JsonType> {
        if let Some(known) = self.known_json_types.get(node) {
            return known.clone();
        }
        let types = self.merge(std::slice::from_ref(node)).map(|merged| merged.inferred_types()).unwrap_or_default();
        self.known_json_types.insert(node.clone(), types.clone());
        types
    }

    /// The naming of an alternative's schema: its place, or, if it is combined with others, their naming and its own words.
    pub(in crate::lower) fn branch_naming(&self, node: &Node, base: &EffectiveSchema) -> Naming {
        let Some((first, others)) = base.within.split_first() else { return self.naming(node) };
        others.iter().chain([node]).fold(self.naming(first), |mut naming, node| {
            if let Some(name) = naming.explicit.take() {
                (naming.root, naming.steps) = (Root::Component(name), Vec::new());
            }
            naming.steps.extend(self.alternative_words(node));
            naming.place = format!("{} {}", naming.place, self.naming(node).place);
            naming.thing = Thing::At(naming.place.clone());
            naming
        })
    }
}

fn overlap(left: &[JsonType], right: &[JsonType]) -> bool {
    let number = |ty: &JsonType| if *ty == JsonType::Integer { JsonType::Number } else { *ty };
    left.is_empty() || right.is_empty() || left.iter().any(|ty| right.iter().any(|it| number(it) == number(ty)))
}
