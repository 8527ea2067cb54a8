//! `discriminator`: which values select which alternative (OpenAPI 3.1.1, 4.8.25.2).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::Node;
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
    /// The schemas of the mapping, by what they refer to. The mapping and the alternatives may use different names of one schema.
    by_meaning: HashMap<Node, Vec<Node>>,
}

impl Mapping {
    /// The schemas that are named, in document order.
    pub(in crate::lower) fn targets(&self) -> impl Iterator<Item = &Node> {
        self.tags.keys()
    }

    /// A mapping without a discriminator: only the constants of the schemas count.
    pub(in crate::lower) fn of_constants(property: &str, at: &Node) -> Self {
        Self {
            property: property.to_owned(),
            at: at.clone(),
            names: false,
            tags: IndexMap::new(),
            by_meaning: HashMap::new(),
        }
    }

    /// The values that map to a schema.
    pub(in crate::lower) fn tags(&self, target: &Node) -> Vec<String> {
        self.tags.get(target).cloned().unwrap_or_default()
    }

    /// The values that the mapping gives to other names of a schema. Names that are alternatives themselves do not count.
    pub(in crate::lower) fn tags_of_other_names(&self, meant: &Node, listed: &HashSet<Node>) -> Vec<String> {
        let names = self.by_meaning.get(meant).into_iter().flatten();
        names.filter(|name| !listed.contains(*name)).flat_map(|name| self.tags(name)).collect()
    }
}

impl Lower<'_> {
    /// Resolves the `mapping` of a discriminator in a schema.
    pub(in crate::lower) fn mapping(&self, at: &Node, discriminator: &Discriminator) -> Mapping {
        let mut tags: IndexMap<Node, Vec<String>> = IndexMap::new();
        let mut by_meaning: HashMap<Node, Vec<Node>> = HashMap::new();
        for (tag, named) in discriminator.mapping.iter() {
            if let Some(target) = self.document.mapped(at, named) {
                tags.entry(target).or_default().push(tag.clone());
            }
        }
        for target in tags.keys() {
            let meant = self.document.follow(target).unwrap_or_else(|_| target.clone());
            by_meaning.entry(meant).or_default().push(target.clone());
        }
        Mapping { property: discriminator.property.clone(), at: at.clone(), names: true, tags, by_meaning }
    }

    /// Reports values of the tag that several alternatives have.
    pub(in crate::lower) fn shared_tags(&mut self, branches: &[Branch], node: &Node) {
        let mut seen: HashSet<&Scalar> = HashSet::new();
        for branch in branches {
            for tag in branch.tags.iter().filter(|tag| seen.contains(tag)) {
                let message = format!("several alternatives have the tag `{tag}`: their members tell them apart");
                self.warn(codes::SHARED_TAG, message, node);
            }
            seen.extend(&branch.tags);
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
        let default = branch.and_then(|index| Some((index, branches.get(index)?)));
        default.map(|(branch, named)| DefaultBranch { branch, unlisted: self.keeps_tag(named) })
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
