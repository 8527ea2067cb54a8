//! A schema with a `discriminator` but no alternatives of its own: the base of others, which refer to it in their `allOf`
//! (OpenAPI 3.1.1, 4.8.25.4).
//!
//! Where such a schema is the type of something, the value is one of those that are made of it, or the base itself. In an `allOf`
//! it is only its own members.

use std::collections::HashMap;

use indexmap::IndexSet;
use serde_json::Value;

use super::discriminator::Mapping;
use super::types::{Lowered, is_named};
use super::{Lower, place};
use crate::document::{Document, Node};
use crate::ir::{Branch, DefaultBranch, Docs, Label, Root, Type};
use crate::schema::{Discriminator, Schema};

/// The named schemas whose `allOf` refers to each, in document order.
pub(super) struct Heirs(HashMap<Node, IndexSet<Node>>);

impl Heirs {
    pub(super) fn of(document: &Document) -> Self {
        let mut heirs: HashMap<Node, IndexSet<Node>> = HashMap::new();
        let at = document.top("components").join("schemas");
        for (name, schema) in document.value(&at).and_then(Value::as_object).into_iter().flatten() {
            let heir = at.join(name);
            for base in bases(document, &heir, schema) {
                heirs.entry(base).or_default().insert(heir.clone());
            }
        }
        Self(heirs)
    }

    fn are_direct(&self, base: &Node, heir: &Node) -> bool {
        self.0.get(base).is_some_and(|heirs| heirs.contains(heir))
    }

    /// All that are made of a schema, at any distance.
    fn all(&self, base: &Node) -> IndexSet<Node> {
        let mut found = IndexSet::new();
        let mut pending: Vec<&Node> = self.0.get(base).into_iter().flatten().rev().collect();
        while let Some(heir) = pending.pop() {
            if heir != base && found.insert(heir.clone()) {
                pending.extend(self.0.get(heir).into_iter().flatten().rev());
            }
        }
        found
    }
}

/// What the `allOf` of a schema refers to, in the end.
fn bases<'d>(document: &'d Document, node: &'d Node, schema: &'d Value) -> impl Iterator<Item = Node> + 'd {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate();
    let references = parts.filter(|(_, part)| part.get("$ref").is_some());
    references.filter_map(move |(index, _)| document.follow(&node.join("allOf").join(index)).ok())
}

impl Lower<'_> {
    /// What a base lowers to: the alternatives that are made of it, then itself. `None` for any other schema.
    pub(super) fn base(&mut self, schema: &Schema) -> Option<Lowered> {
        let node = &schema.node;
        let discriminator = self.discriminator_of_base(schema)?;
        let merged = self.merge(std::slice::from_ref(node)).filter(|merged| merged.unions.is_empty())?;
        let mut kinds = self.heirs.all(node);
        for (_, named) in &discriminator.mapping {
            kinds.extend(self.mapped(node, named).filter(|target| target != node));
        }
        if kinds.is_empty() {
            return None;
        }
        kinds.insert(node.clone());
        let mapping = self.mapping(node, &discriminator);
        let branches = kinds.iter().map(|kind| self.kind_of_base(kind, &mapping));
        let mut branches: Vec<Branch> = branches.collect();
        self.one_branch_a_tag(&mut branches, node);
        branches.retain(|branch| !branch.tags.is_empty());
        self.mapped_beyond(&merged, &branches);
        let default = match &discriminator.default {
            Some(named) => {
                let ty = self.mapped(node, named).map(|kind| self.type_of_kind(&kind));
                self.default_branch(&merged, ty, &branches)
            }
            // A reply without a tag says nothing but what the base says.
            None => {
                let own = self.base_itself(node);
                let branch = branches.iter().position(|branch| branch.ty == own);
                branch.map(|branch| DefaultBranch { branch, unlisted: false })
            }
        };
        Some(self.union_of(branches, &merged, merged.nullable, default))
    }

    fn discriminator_of_base(&self, schema: &Schema) -> Option<Discriminator> {
        let alone = schema.one_of.is_empty() && schema.any_of.is_empty() && schema.reference.is_none();
        schema.discriminator.clone().filter(|_| alone && is_named(&schema.node))
    }

    /// Whether a schema is made of what its `allOf` refers to, and not another name for it.
    pub(super) fn is_heir(&mut self, heir: &Node, part: &Schema) -> bool {
        let target = part.reference.as_ref().and_then(|_| self.document.follow(&part.node).ok());
        let Some(target) = target else { return false };
        self.heirs.are_direct(&target, heir) && {
            let base = self.read(&target);
            self.discriminator_of_base(&base).is_some()
        }
    }

    fn kind_of_base(&mut self, kind: &Node, mapping: &Mapping<'_>) -> Branch {
        let schema = self.read(kind);
        let ty = self.type_of_kind(kind);
        let name = kind.pointer.last().unwrap_or("other").to_owned();
        let label = Label::Words(schema.rust_name.unwrap_or_else(|| name.clone()));
        let mapped = mapping.tags(kind);
        let tags = match (mapped.is_empty(), self.constant_tag(kind, mapping.property).as_slice()) {
            (false, _) => mapped,
            (true, [constant]) => vec![constant.clone()],
            (true, _) => vec![name],
        };
        let writes_tag = !self.member(kind, mapping.property).is_empty();
        Branch { ty, bounds: Vec::new(), tags, writes_tag, label, docs: Docs::default() }
    }

    /// The type of one of those that a base stands for: of one that is a base in its turn, its own members alone.
    fn type_of_kind(&mut self, kind: &Node) -> Type {
        let schema = self.read(kind);
        match self.discriminator_of_base(&schema) {
            Some(_) => self.base_itself(kind),
            None => self.named_type(kind),
        }
    }

    /// The base's own members as a type.
    fn base_itself(&mut self, node: &Node) -> Type {
        let mut naming = place::naming(self.document, node);
        naming.steps.push("base".to_owned());
        if let Some(name) = naming.explicit.take() {
            naming.root = Root::Component(name);
        }
        self.merge(std::slice::from_ref(node)).map_or(Type::Any, |merged| self.type_of_merged(&merged, naming))
    }
}
