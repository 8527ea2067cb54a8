//! `discriminator`: which values select which alternative (OpenAPI 3.1.1, 4.8.25.2).

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{Document, Node};
use crate::ir::{Branch, DefaultBranch, Scalar, Type};
use crate::schema::Discriminator;

/// A discriminator with what its `mapping` names.
pub(in crate::lower) struct Mapping {
    /// `propertyName`.
    pub property: String,
    /// The schema that has it.
    pub at: Node,
    /// Whether a schema's name is its tag if it has no other tag.
    pub names: bool,
    /// The values that map to each schema, in document order.
    tags: IndexMap<Node, Vec<String>>,
}

impl Mapping {
    /// The schemas that are named, in document order.
    pub(in crate::lower) fn targets(&self) -> impl Iterator<Item = &Node> {
        self.tags.keys()
    }

    /// A mapping without a discriminator: only the constants of the schemas count.
    pub(in crate::lower) fn of_constants(property: &str, at: &Node) -> Self {
        Self { property: property.to_owned(), at: at.clone(), names: false, tags: IndexMap::new() }
    }

    /// The values that map to a schema.
    pub(in crate::lower) fn tags(&self, target: &Node) -> Vec<String> {
        self.tags.get(target).cloned().unwrap_or_default()
    }
}

impl Lower<'_> {
    /// Resolves the `mapping` of a discriminator in a schema.
    pub(in crate::lower) fn mapping(&self, at: &Node, discriminator: &Discriminator) -> Mapping {
        let mut tags: IndexMap<Node, Vec<String>> = IndexMap::new();
        for (tag, named) in discriminator.mapping.iter() {
            if let Some(target) = self.mapped(at, named) {
                tags.entry(target).or_default().push(tag.clone());
            }
        }
        Mapping { property: discriminator.property.clone(), at: at.clone(), names: true, tags }
    }

    /// The schema that a discriminator at `node` selects by a name or a reference.
    pub(in crate::lower) fn mapped(&self, node: &Node, named: &str) -> Option<Node> {
        named_by_mapping(self.document, node, named)
    }

    /// Keeps each value of the tag only for the first alternative that has it.
    pub(in crate::lower) fn one_branch_a_tag(&mut self, branches: &mut [Branch], node: &Node) {
        let mut seen: HashSet<Scalar> = HashSet::new();
        for branch in branches {
            let own: HashSet<Scalar> =
                std::mem::take(&mut branch.tags).into_iter().fold(HashSet::new(), |mut own, tag| {
                    if own.insert(tag.clone()) {
                        match seen.contains(&tag) {
                            true => self.warn(
                                codes::SHARED_TAG,
                                format!("several alternatives have the tag `{tag}`: the first is read"),
                                node,
                            ),
                            false => branch.tags.push(tag),
                        }
                    }
                    own
                });
            seen.extend(own);
        }
    }

    /// The alternative that `defaultMapping` names, by its type.
    pub(in crate::lower) fn default_branch(
        &mut self,
        discriminator: &Discriminator,
        at: &Node,
        ty: Option<Type>,
        branches: &[Branch],
    ) -> Option<DefaultBranch> {
        let named = discriminator.default.as_ref()?;
        let branch = ty.and_then(|ty| branches.iter().position(|branch| *branch.ty.present() == ty));
        if branch.is_none() {
            let message = format!("the discriminator falls back to `{named}`, which is none of the alternatives");
            let at = at.join("discriminator").join("defaultMapping");
            self.error(codes::DISCRIMINATOR_MAPPING, message, &at, "add it to the alternatives, or name one of them");
        }
        branch.map(|branch| DefaultBranch { branch, unlisted: true })
    }

    /// Reports values of the discriminator that select no alternative.
    pub(in crate::lower) fn mapped_beyond(&mut self, discriminator: &Discriminator, at: &Node, branches: &[Branch]) {
        let known: HashSet<String> = branches.iter().flat_map(|branch| &branch.tags).map(ToString::to_string).collect();
        for (tag, named) in discriminator.mapping.iter().filter(|(tag, _)| !known.contains(tag)) {
            let message = format!("the discriminator maps `{tag}` to `{named}`, which is none of the alternatives");
            let at = at.join("discriminator").join("mapping").join(tag);
            self.error(codes::DISCRIMINATOR_MAPPING, message, &at, "add it to the alternatives, or remove the mapping");
        }
    }
}

/// The schema that a discriminator at `node` selects by a name or a reference.
pub(in crate::lower) fn named_by_mapping(document: &Document, node: &Node, named: &str) -> Option<Node> {
    let component = document.top("components").join("schemas").join(named);
    let known = document.value(&component).is_some().then_some(component);
    known.or_else(|| document.target(node, named).ok())
}
