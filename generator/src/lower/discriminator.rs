//! `discriminator`: which of its values select which alternative (OpenAPI 3.1.1, 4.8.25.2).

use std::collections::{HashMap, HashSet};

use super::Lower;
use super::merged::Merged;
use crate::document::Node;
use crate::ir::{Branch, DefaultBranch, Type};
use crate::schema::Discriminator;

/// A discriminator with what its `mapping` names.
pub(super) struct Mapping<'d> {
    /// `propertyName`.
    pub property: &'d str,
    /// The values that map to each schema, in document order.
    tags: HashMap<Node, Vec<String>>,
}

impl Mapping<'_> {
    /// The values that map to a schema.
    pub(super) fn tags(&self, target: &Node) -> Vec<String> {
        self.tags.get(target).cloned().unwrap_or_default()
    }
}

impl Lower<'_> {
    /// Resolves the `mapping` of a discriminator in the file of a node.
    pub(super) fn mapping<'d>(&self, node: &Node, discriminator: &'d Discriminator) -> Mapping<'d> {
        let mut tags: HashMap<Node, Vec<String>> = HashMap::new();
        for (tag, named) in &discriminator.mapping {
            if let Some(target) = self.mapped(node, named) {
                tags.entry(target).or_default().push(tag.clone());
            }
        }
        Mapping { property: &discriminator.property, tags }
    }

    /// The schema that a discriminator at `node` means by a name or a reference.
    pub(super) fn mapped(&self, node: &Node, named: &str) -> Option<Node> {
        let component = self.document.top("components").join("schemas").join(named);
        let known = self.document.value(&component).is_some().then_some(component);
        known.or_else(|| self.document.target(node, named).ok())
    }

    /// The values that select an alternative: those that map to it, or that its schema lists, or its name.
    pub(super) fn tags(&mut self, node: &Node, target: Option<&Node>, mapping: &Mapping<'_>) -> Vec<String> {
        let Some(target) = target else { return self.constant_tag(node, mapping.property) };
        let name = target.pointer.last().unwrap_or_default();
        let tags = mapping.tags(target);
        if !tags.is_empty() {
            return tags;
        }
        match self.constant_tag(target, mapping.property) {
            constant if !constant.is_empty() => constant,
            _ => vec![name.to_owned()],
        }
    }

    /// The values that an alternative's own schema gives to the tag: those that all schemas of the member list.
    pub(super) fn constant_tag(&mut self, node: &Node, property: &str) -> Vec<String> {
        let mut common: Option<Vec<String>> = None;
        for node in self.member(node, property) {
            let schema = self.read(&node);
            let listed = schema.constant.into_iter().chain(schema.enumeration.into_iter().flatten());
            let listed: Vec<String> = listed.filter_map(|value| value.as_str().map(str::to_owned)).collect();
            if !listed.is_empty() {
                common = Some(match common {
                    Some(earlier) => earlier.into_iter().filter(|value| listed.contains(value)).collect(),
                    None => listed,
                });
            }
        }
        common.unwrap_or_default()
    }

    /// Leaves each value of the tag to the first alternative that has it.
    pub(super) fn one_branch_a_tag(&mut self, branches: &mut [Branch], node: &Node) {
        let mut seen: HashSet<String> = HashSet::new();
        for branch in branches {
            let own: HashSet<String> =
                std::mem::take(&mut branch.tags).into_iter().fold(HashSet::new(), |mut own, tag| {
                    if own.insert(tag.clone()) {
                        match seen.contains(&tag) {
                            true => self.warn(
                                "shared-tag",
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
    pub(super) fn default_branch(
        &mut self,
        merged: &Merged,
        ty: Option<Type>,
        branches: &[Branch],
    ) -> Option<DefaultBranch> {
        let named = merged.discriminator.as_ref()?.default.as_ref()?;
        let branch = ty.and_then(|ty| branches.iter().position(|branch| *branch.ty.present() == ty));
        if branch.is_none() {
            let message = format!("the discriminator falls back to `{named}`, which is none of the alternatives");
            let at = merged.node.join("discriminator").join("defaultMapping");
            self.error("discriminator-mapping", message, &at, "add it to the alternatives, or name one of them");
        }
        branch.map(|branch| DefaultBranch { branch, unlisted: true })
    }

    /// Reports values of the discriminator that name no alternative.
    pub(super) fn mapped_beyond(&mut self, merged: &Merged, branches: &[Branch]) {
        let Some(discriminator) = &merged.discriminator else { return };
        let known: HashSet<&String> = branches.iter().flat_map(|branch| &branch.tags).collect();
        for (tag, named) in &discriminator.mapping {
            if !known.contains(tag) {
                let message = format!("the discriminator maps `{tag}` to `{named}`, which is none of the alternatives");
                let at = merged.node.join("discriminator").join("mapping").join(tag);
                self.error("discriminator-mapping", message, &at, "add it to the alternatives, or remove the mapping");
            }
        }
    }
}
