//! A schema with a `discriminator` but without alternatives of its own. It is the base of others, which refer to it in their `allOf`
//! (OpenAPI 3.1.1, 4.8.25.4).
//!
//! If such a schema is the type of a value, the value is one of its subtypes, or the base itself. In an `allOf`, it stands only for its own
//! members.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexSet;
use serde_json::Value;

use super::Lower;
use super::discriminator::Mapping;
use super::tags::Tags;
use super::types::{Lowered, is_named};
use crate::document::{Document, Node, Subtypes};
use crate::ir::{Branch, DefaultBranch, Docs, Label, Root, Scalar, Type};
use crate::schema::{Discriminator, EffectiveSchema, Schema};

/// The bases whose `oneOf` lists only schemas that extend them. The discriminator says the same, and to follow the list would never end.
pub(in crate::lower) fn listing(document: &Document, subtypes: &Subtypes) -> HashSet<Node> {
    subtypes.bases().filter(|base| lists_only_subtypes(document, subtypes, base)).cloned().collect()
}

fn lists_only_subtypes(document: &Document, subtypes: &Subtypes, base: &Node) -> bool {
    let Some(schema) = document.value(base).filter(|it| it.get("discriminator").is_some()) else { return false };
    let all = subtypes.all(base);
    let mut lists = ["oneOf", "anyOf"].into_iter().filter(|key| schema.get(key).is_some()).peekable();
    lists.peek().is_some()
        && lists.all(|key| {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            let mut targets = (0..count).map(|index| document.follow(&base.join(key).join(index)));
            targets.all(|target| target.is_ok_and(|target| all.contains(&target)))
        })
}

/// The alternatives of a base. Empty if nothing extends it.
pub(in crate::lower) struct Kinds {
    pub base: Node,
    pub mapping: Mapping,
    all: Vec<Kind>,
    /// The position of each schema among them.
    positions: HashMap<Node, usize>,
}

impl Kinds {
    /// The values that select a schema.
    pub(in crate::lower) fn values(&self, node: &Node) -> &[Scalar] {
        let kind = self.positions.get(node).and_then(|position| self.all.get(*position));
        kind.map_or(&[], |kind| &kind.tags.values)
    }
}

/// One of the alternatives of a base.
pub(in crate::lower) struct Kind {
    node: Node,
    /// The tags that select it.
    pub tags: Tags,
}

impl Lower<'_> {
    /// What a base lowers to: a union of its subtypes, and then of itself. `None` for any other schema.
    pub(in crate::lower) fn base(&mut self, schema: &Schema) -> Option<Lowered> {
        let node = &schema.node;
        let (at, discriminator) = self.discriminator_of_base(schema)?;
        let merged = self.merge(std::slice::from_ref(node)).filter(|merged| merged.unions.is_empty())?;
        let merged = EffectiveSchema { discriminator: Some(discriminator.clone()), ..EffectiveSchema::clone(&merged) };
        let kinds = self.kinds_of_base(node).filter(|kinds| !kinds.all.is_empty())?;
        let mapping = &kinds.mapping;
        let own = self.base_itself(node);
        let branches = kinds.all.iter().map(|kind| self.kind_of_base(kind, mapping));
        let mut branches: Vec<Branch> = branches.collect();
        self.shared_tags(&branches, node);
        // Drop an alternative if earlier alternatives have all its values.
        let mut told: HashSet<Scalar> = HashSet::new();
        branches.retain(|branch| {
            let known = told.len();
            told.extend(branch.tags.iter().cloned());
            branch.tags.is_empty() || told.len() > known
        });
        self.mapped_beyond(&discriminator, &at, &branches);
        let default = match &discriminator.default {
            Some(named) => {
                let ty = self.document.mapped(&at, named).map(|kind| self.type_of_kind(&kind, mapping));
                self.default_branch(&discriminator, &at, ty, &branches)
            }
            // A reply without a tag has only the members of the base.
            None => {
                let branch = branches.iter().position(|branch| branch.ty == own);
                branch.map(|branch| DefaultBranch { branch, unlisted: false })
            }
        };
        Some(self.union_of(branches, &merged, merged.nullable, default))
    }

    /// Whether a schema has a name, or is in another file, so that others can extend it.
    fn may_be_base(&self, node: &Node) -> bool {
        is_named(node) || node.file != self.document.root().file
    }

    /// The discriminator of a named schema without alternatives of its own, and its place: in the schema, or in an inline part of its
    /// `allOf`.
    pub(in crate::lower) fn discriminator_of_base(&mut self, schema: &Schema) -> Option<(Node, Discriminator)> {
        let alone =
            |schema: &Schema<'_>| schema.one_of.is_empty() && schema.any_of.is_empty() && schema.reference.is_none();
        if !alone(schema) || !self.may_be_base(&schema.node) {
            return None;
        }
        if let Some(discriminator) = &schema.discriminator {
            return Some((schema.node.clone(), discriminator.clone()));
        }
        let mut parts = schema.all_of.iter().map(|part| self.read(part)).filter(|part| alone(part));
        parts.find_map(|part| Some((part.node.clone(), part.discriminator.clone()?)))
    }

    /// Whether a schema extends a base by `part`, an element of its `allOf`. Then it is a subtype, and not another name for the base.
    pub(in crate::lower) fn is_heir(&mut self, heir: &Node, part: &Schema) -> bool {
        let target = part.reference.as_ref().and_then(|_| self.document.follow(&part.node).ok());
        let Some(target) = target else { return false };
        self.subtypes.are_direct(&target, heir) && {
            let base = self.read(&target);
            self.discriminator_of_base(&base).is_some()
        }
    }

    /// The discriminator of a base that all of these schemas extend, and its place.
    pub(in crate::lower) fn shared_base(&mut self, nodes: &[Node]) -> Option<(Node, Discriminator)> {
        let above = |node: &Node| {
            let node = self.document.follow(node).ok()?;
            let mut above = self.subtypes.above(&node);
            above.insert(node);
            Some(above)
        };
        let each: Vec<IndexSet<Node>> = nodes.iter().map(above).collect::<Option<_>>()?;
        let (first, others) = each.split_first()?;
        let shared = first.iter().filter(|base| others.iter().all(|it| it.contains(*base)));
        shared.cloned().collect::<Vec<_>>().iter().find_map(|base| {
            let schema = self.read(base);
            self.discriminator_of_base(&schema)
        })
    }

    /// The alternatives of a base, each with its tags. The base itself comes last. Empty if nothing extends the base.
    ///
    /// A subtype that is itself a base by the same property stands only for its own members here, because its subtypes are alternatives
    /// too. A subtype that is a base by another property stands for all of its subtypes: those without a tag of their own are told apart
    /// there.
    pub(in crate::lower) fn kinds(&mut self, base: &Node, mapping: &Mapping, path: &mut Vec<Node>) -> Vec<Kind> {
        let mut nodes = self.subtypes.all(base);
        nodes.extend(mapping.targets().filter(|target| *target != base).cloned());
        if nodes.is_empty() {
            return Vec::new();
        }
        nodes.insert(base.clone());
        let bases: Vec<Option<Mapping>> = nodes.iter().map(|node| self.mapping_of_base(node)).collect();
        let above = self.mappings_above(base, &mapping.property);
        let others = bases.iter().flatten().chain(above.iter().map(Rc::as_ref));
        let others: Vec<&Mapping> = others.filter(|it| it.property == mapping.property).collect();
        let own = self.declared(base, Some(base), mapping, None);
        let mut each = Vec::new();
        for (node, its) in nodes.iter().zip(&bases) {
            let path = its.is_none().then_some(&mut *path);
            let mut declared = self.declared(node, Some(node), mapping, path);
            declared.map_by(&others, node);
            // Values that the base lists for all alternatives do not tell them apart.
            if declared.values.len() > 1 && declared.values == own.values {
                declared.values.clear();
            }
            each.push(declared);
        }
        let tags = self.settled_tags(each, &own, mapping);
        let kinds: Vec<Kind> = nodes.into_iter().zip(tags).map(|(node, tags)| Kind { node, tags }).collect();
        let other = |its: &Option<Mapping>| its.as_ref().is_some_and(|it| it.property != mapping.property);
        self.not_covered(kinds, bases.iter().map(other).collect())
    }

    /// The discriminators of the bases of a base, the nearest first.
    pub(in crate::lower) fn mappings_above(&mut self, base: &Node, property: &str) -> Vec<Rc<Mapping>> {
        let merged = self.merge(std::slice::from_ref(base));
        let parts = merged.iter().flat_map(|merged| merged.parts.iter().rev()).map(|part| &part.schema);
        let above = parts.filter(|schema| schema.node != *base);
        let same = above.filter_map(|schema| Some((schema, schema.discriminator.as_ref()?)));
        let same = same.filter(|(_, discriminator)| discriminator.property == property);
        same.map(|(schema, discriminator)| self.known_mapping(&schema.node, discriminator)).collect()
    }

    fn known_mapping(&mut self, at: &Node, discriminator: &Discriminator) -> Rc<Mapping> {
        if let Some(known) = self.known_mappings.get(at) {
            return known.clone();
        }
        let mapping = Rc::new(self.mapping(at, discriminator));
        self.known_mappings.insert(at.clone(), mapping.clone());
        mapping
    }

    fn mapping_of_base(&mut self, node: &Node) -> Option<Mapping> {
        let schema = self.read(node);
        let (at, discriminator) = self.discriminator_of_base(&schema)?;
        Some(self.mapping(&at, &discriminator))
    }

    /// Leaves out alternatives that a base with another property covers: they have only its tags, and are alternatives of that base.
    fn not_covered(&self, kinds: Vec<Kind>, others: Vec<bool>) -> Vec<Kind> {
        let mut owners: HashMap<&Scalar, &Node> = HashMap::new();
        for (kind, _) in kinds.iter().zip(others).filter(|(_, other)| *other) {
            kind.tags.values.iter().for_each(|tag| {
                owners.entry(tag).or_insert(&kind.node);
            });
        }
        let mut heirs: HashMap<&Node, IndexSet<Node>> = HashMap::new();
        let kept = kinds.iter().map(|kind| {
            let owned = kind.tags.values.iter().map(|tag| owners.get(tag).copied());
            let owners: Option<IndexSet<&Node>> = owned.collect();
            match owners.iter().flatten().collect::<Vec<_>>().as_slice() {
                [owner] => !heirs.entry(owner).or_insert_with(|| self.subtypes.all(owner)).contains(&kind.node),
                _ => true,
            }
        });
        let kept: Vec<bool> = kept.collect();
        kinds.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(kind, _)| kind).collect()
    }

    fn kind_of_base(&mut self, kind: &Kind, mapping: &Mapping) -> Branch {
        let schema = self.read(&kind.node);
        let ty = self.type_of_kind(&kind.node, mapping);
        let name = self.referred_name(&kind.node);
        let label = Label::Words(schema.rust_name.map_or(name, str::to_owned));
        let Tags { values, writes } = kind.tags.clone();
        Branch { ty, bounds: Vec::new(), tags: values, writes_tag: writes, label, docs: Docs::default() }
    }

    /// The alternatives of a base. `None` for any other schema.
    pub(in crate::lower) fn kinds_of_base(&mut self, base: &Node) -> Option<Rc<Kinds>> {
        if !self.may_be_base(base) {
            return None;
        }
        if let Some(known) = self.known_kinds.get(base) {
            return known.clone();
        }
        let found = self.mapping_of_base(base).map(|mapping| {
            let all = self.kinds(base, &mapping, &mut vec![base.clone()]);
            let positions = all.iter().enumerate().map(|(index, kind)| (kind.node.clone(), index)).collect();
            Rc::new(Kinds { base: base.clone(), mapping, all, positions })
        });
        self.known_kinds.insert(base.clone(), found.clone());
        found
    }

    /// The type of an alternative of a base. If the alternative is itself a base by the same property, only its own members count.
    fn type_of_kind(&mut self, kind: &Node, mapping: &Mapping) -> Type {
        match self.mapping_of_base(kind) {
            Some(own) if own.property == mapping.property => self.base_itself(kind),
            _ => self.named_type(kind),
        }
    }

    /// The schema of an alternative that is a base, if its subtypes are all alternatives too. It then stands only for its own members.
    pub(in crate::lower) fn stands_for_itself(&mut self, node: &Node, alternatives: &HashSet<Node>) -> Option<Node> {
        let base = self.document.follow(node).ok()?;
        let subtypes = self.subtypes.all(&base);
        if subtypes.is_empty() || self.mapping_of_base(&base).is_none() {
            return None;
        }
        let mut others = subtypes.iter().filter(|subtype| **subtype != base);
        others.all(|subtype| alternatives.contains(subtype)).then_some(base)
    }

    /// The schemas to which alternatives refer.
    pub(in crate::lower) fn followed(&self, nodes: &[Node]) -> HashSet<Node> {
        nodes.iter().filter_map(|node| self.document.follow(node).ok()).collect()
    }

    /// The base's own members as a type.
    pub(in crate::lower) fn base_itself(&mut self, node: &Node) -> Type {
        let mut naming = self.naming(node);
        naming.steps.push("base".to_owned());
        if let Some(name) = naming.explicit.take() {
            naming.root = Root::Component(name);
        }
        self.merge(std::slice::from_ref(node)).map_or(Type::Any, |merged| self.type_of_merged(&merged, naming))
    }
}
