//! `oneOf` and `anyOf`: one of several types, told apart by a discriminator where there is one.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::Lower;
use super::constant::scalar;
use super::discriminator::Mapping;
use super::tags::Tags;
use super::types::Lowered;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{Branch, DefaultBranch, Docs, EnumValue, Enumeration, Label, ModelKind, Scalar, Type, Union};
use crate::limits::MAX_VALUES;
use crate::schema::{Alternatives, Discriminator, EffectiveSchema, JsonType, Schema};

impl Lower<'_> {
    /// What a schema with `oneOf` or `anyOf` lowers to. `None` if it has neither, or if their alternatives only require members.
    pub(in crate::lower) fn union(&mut self, merged: &EffectiveSchema) -> Option<Lowered> {
        let (first, others) = self.first_union(merged)?;
        let base = EffectiveSchema { unions: others, discriminator: None, ..merged.clone() };
        let (mut branches, nullable) = self.present_branches(&first);
        let nullable = nullable || merged.nullable;
        if branches.is_empty() && nullable {
            return Some(Lowered::Type(Type::Any));
        }
        branches.retain(|node| self.is_possible(node, &base));
        if branches.is_empty() {
            return Some(Lowered::Type(self.untyped("no alternative goes with what else holds", &merged.node)));
        }
        if let Some((values, open)) = self.listed_alternatives(&branches).filter(|_| base.unions.is_empty()) {
            let nullable = nullable || branches.iter().any(|node| self.admits_null(node));
            if values.len() > MAX_VALUES {
                let list = branches.first().map_or(merged.node.clone(), Node::parent);
                self.report_long_list(values.len(), &list);
                let texts = values.iter().all(|value| matches!(value.wire, Scalar::Text(_)));
                let kind = if texts { JsonType::String } else { JsonType::Integer };
                return Some(self.lower_merged(&EffectiveSchema { types: Some(vec![kind]), nullable, ..base }));
            }
            let kind = ModelKind::Enumeration(Enumeration { values, constant: false, open });
            return Some(Lowered::Model { kind, docs: self.docs(&merged.own), nullable });
        }
        let (discriminator, at, tags) = self.told_apart(&first, merged, &branches);
        let merged = &EffectiveSchema { discriminator, ..merged.clone() };
        let default = merged.discriminator.as_ref().and_then(|it| self.document.mapped(&at, it.default.as_ref()?));
        let (mut lowered, mut default_ty): (Vec<Branch>, _) = (Vec::new(), None);
        let all = self.followed(&branches);
        for (node, tags) in branches.iter().zip(tags) {
            let branch = self.branch(node, &all, &base, tags);
            if default.is_some() && self.document.follow(node).ok() == default {
                default_ty = Some(branch.ty.present().clone());
            }
            match lowered.iter_mut().find(|earlier| earlier.ty == branch.ty) {
                Some(earlier) => {
                    earlier.tags.extend(branch.tags);
                    let mut seen = HashSet::new();
                    earlier.tags.retain(|tag| seen.insert(tag.clone()));
                    earlier.bounds.retain(|bound| branch.bounds.contains(bound));
                }
                None => lowered.push(branch),
            }
        }
        self.shared_tags(&lowered, &merged.node);
        absorb(&mut lowered);
        let lowered: Vec<Branch> = lowered.into_iter().flat_map(|branch| self.by_tag(branch)).collect();
        let mut default = None;
        if let Some(discriminator) = &merged.discriminator {
            self.mapped_beyond(discriminator, &at, &lowered);
            default = self.default_branch(discriminator, &at, default_ty, &lowered);
        }
        Some(self.union_of(lowered, merged, nullable, default))
    }

    /// The discriminator of a union, the schema that has it, and the tags of each alternative. Without a discriminator of its own, that of
    /// a base counts: of a base of the union, or of one that every alternative extends. It only counts if every alternative has a value of
    /// its property.
    fn told_apart(
        &mut self,
        union: &Alternatives,
        merged: &EffectiveSchema,
        branches: &[Node],
    ) -> (Option<Discriminator>, Node, Vec<Tags>) {
        let beside = branches.first().map_or(merged.node.clone(), |node| node.parent().parent());
        let (discriminator, at) = match &union.discriminator {
            Some(discriminator) => (Some(discriminator.clone()), beside),
            None if merged.discriminator.is_some() => (merged.discriminator.clone(), merged.node.clone()),
            None => {
                let objects: Vec<Node> = branches.iter().filter(|node| !self.is_no_object(node)).cloned().collect();
                match self.shared_base(&objects) {
                    Some((at, discriminator)) => (Some(discriminator), at),
                    None => (None, merged.node.clone()),
                }
            }
        };
        let untold = vec![Tags { values: Vec::new(), writes: true }; branches.len()];
        let Some(discriminator) = discriminator else { return (None, at, untold) };
        let mapping = match self.document.value(&at.join("discriminator")).is_some() {
            true => self.mapping(&at, &discriminator),
            false => Mapping::of_constants(&discriminator.property, &at),
        };
        let is_own = mapping.names && (union.discriminator.is_some() || merged.discriminator.is_some());
        // A base that maps a value to the whole list does not tell its alternatives apart.
        if !is_own && !mapping.tags(&merged.node).is_empty() {
            return (None, at, untold);
        }
        let tags = self.tags(branches, &merged.properties, &mapping, &mut vec![merged.node.clone()]);
        let tags = tags.into_iter().zip(branches).map(|(tags, node)| match self.is_no_object(node) {
            // Only objects have tags.
            true => Tags { values: Vec::new(), writes: true },
            false => tags,
        });
        let tags: Vec<Tags> = tags.collect();
        let is_untold = |(tags, node): (&Tags, &Node)| tags.values.is_empty() && !self.is_no_object(node);
        if !is_own && tags.iter().zip(branches).any(is_untold) {
            return (None, at, untold);
        }
        let discriminator = match is_own {
            true => discriminator,
            // The base may map values to other schemas.
            false => Discriminator { mapping: Arc::default(), default: None, ..discriminator },
        };
        (Some(discriminator), at, tags)
    }

    /// Whether the keywords of an alternative admit no objects.
    pub(in crate::lower) fn is_no_object(&mut self, node: &Node) -> bool {
        self.merge(std::slice::from_ref(node)).is_some_and(|merged| {
            let types = merged.inferred_types();
            !types.is_empty() && !types.contains(&JsonType::Object) && merged.unions.is_empty()
        })
    }

    pub(in crate::lower) fn union_of(
        &mut self,
        branches: Vec<Branch>,
        merged: &EffectiveSchema,
        nullable: bool,
        default: Option<DefaultBranch>,
    ) -> Lowered {
        if branches.iter().any(|branch| branch.ty == Type::Any) {
            self.warn(codes::UNTYPED, "one of the alternatives is any value: emitted as untyped JSON", &merged.node);
            return Lowered::Type(Type::Any);
        }
        let nullable = nullable || branches.iter().any(|branch| matches!(branch.ty, Type::Nullable(_)));
        let branches = branches.into_iter().map(|branch| Branch { ty: branch.ty.present().clone(), ..branch });
        let branches: Vec<Branch> = branches.collect();
        if let [only] = branches.as_slice() {
            return Lowered::Type(if nullable { only.ty.clone().nullable() } else { only.ty.clone() });
        }
        let is_default = |index| default.is_some_and(|default| default.branch == index);
        let is_told = |(index, branch): (usize, &Branch)| {
            !branch.tags.is_empty() || is_default(index) || self.holds_no_object(&branch.ty)
        };
        let tagged = branches.iter().enumerate().all(is_told) && branches.iter().any(|it| !it.tags.is_empty());
        let tag = merged.discriminator.as_ref().map(|discriminator| discriminator.property.clone()).filter(|_| tagged);
        if merged.discriminator.is_some() && tag.is_none() {
            let message =
                "not every alternative has a value of the discriminator: they are told apart by their members";
            self.warn(codes::DISCRIMINATOR, message, &merged.node);
        }
        let kind = ModelKind::Union(Union { branches, default: default.filter(|_| tag.is_some()), tag });
        Lowered::Model { kind, docs: self.docs(&merged.own), nullable }
    }

    /// An alternative whose type cannot hold the tag becomes an alternative for each tag. Otherwise the tag that was read would be lost.
    fn by_tag(&self, branch: Branch) -> Vec<Branch> {
        if branch.tags.len() < 2 || self.keeps_tag(&branch) {
            return vec![branch];
        }
        let each = branch.tags.iter().enumerate().map(|(index, tag)| {
            let label = match &branch.label {
                label if index == 0 => label.clone(),
                Label::Words(words) => Label::Words(format!("{words} {tag}")),
                _ => Label::Words(tag.to_string()),
            };
            Branch { tags: vec![tag.clone()], label, ..branch.clone() }
        });
        each.collect()
    }

    /// Whether the values of an alternative keep the tag that was read, as a member of their own or as one that they do not declare.
    pub(in crate::lower) fn keeps_tag(&self, branch: &Branch) -> bool {
        let Type::Model(id) = self.unaliased(branch.ty.present()) else { return branch.writes_tag };
        let kind = self.models.get(id.0).map(|model| &model.kind);
        branch.writes_tag || matches!(kind, Some(ModelKind::Struct(structure)) if structure.additional.is_none())
    }

    /// Whether a type admits no objects.
    fn holds_no_object(&self, ty: &Type) -> bool {
        match self.unaliased(ty) {
            Type::Model(id) => {
                matches!(self.models.get(id.0).map(|model| &model.kind), Some(ModelKind::Enumeration(_)))
            }
            Type::Any | Type::Map(_) | Type::Nullable(_) => false,
            _ => true,
        }
    }

    /// The alternatives other than `null`, and whether `null` is one.
    pub(in crate::lower) fn present_branches(&mut self, alternatives: &Alternatives) -> (Vec<Node>, bool) {
        self.schemas.present_branches(alternatives, self.out)
    }

    pub(in crate::lower) fn only_requires(&mut self, node: &Node) -> bool {
        let schema = self.read(node);
        let bare = Schema { required: Vec::new(), ..Schema::clone(&schema) };
        !schema.required.is_empty() && (!bare.constrains() || bare.types == [JsonType::Object] && !bare.has_members())
    }

    /// The values of alternatives that each list values, by `const` or `enum`, and whether another alternative admits any other string. `None`
    /// if another one lists none. Integers have no names, so `title` names them.
    fn listed_alternatives(&mut self, branches: &[Node]) -> Option<(Vec<EnumValue>, bool)> {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut open = false;
        for node in branches {
            let schema = self.read(node);
            let inline = schema.reference.is_none() && !schema.has_members() && schema.all_of.is_empty();
            match (schema.constant, schema.enumeration) {
                (Some(constant), _) if inline => {
                    let wire = listed(constant)?;
                    let title = schema.title.filter(|_| matches!(wire, Scalar::Integer(_)));
                    values.push(EnumValue {
                        wire,
                        docs: self.docs(&schema),
                        explicit: schema.rust_name.or(title).map(str::to_owned),
                    });
                }
                (None, Some(several)) if inline => {
                    for value in several {
                        values.push(EnumValue { wire: listed(value)?, explicit: None, docs: Docs::default() });
                    }
                }
                (None, None) if inline && schema.types == [JsonType::String] && schema.format.is_none() => open = true,
                _ => return None,
            }
        }
        let texts = values.iter().filter(|value| matches!(value.wire, Scalar::Text(_))).count();
        let one_kind = texts == values.len() || (texts == 0 && !open);
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.wire.clone()));
        (one_kind && !values.is_empty() && (open || branches.len() > 1)).then_some((values, open))
    }

    /// Lowers an alternative, with what stands beside the list. `all` has the schemas of all alternatives.
    fn branch(&mut self, node: &Node, all: &HashSet<Node>, base: &EffectiveSchema, tags: Tags) -> Branch {
        let schema = self.read(node);
        let target = schema.reference.as_ref().and_then(|reference| self.document.target(node, reference).ok());
        let combined = base.has_members() || !base.unions.is_empty() || !base.within.is_empty();
        let combined = combined || self.lacks(node, base);
        let ty = match self.stands_for_itself(node, all) {
            _ if combined => self.branch_on_base(node, base),
            Some(own) => self.base_itself(&own),
            None => self.type_of(node),
        };
        let mut bounds = self.bounds(std::slice::from_ref(node), &ty);
        bounds.extend(self.own_bounds(base));
        let label = match (schema.rust_name, &target, tags.values.as_slice()) {
            (Some(name), _, _) => Label::Words(name.to_owned()),
            (None, Some(target), _) => Label::Words(self.referred_name(target)),
            (None, None, [tag]) => Label::Words(tag.to_string()),
            (None, None, _) => self.inline_label(&ty, node),
        };
        Branch { ty, bounds, tags: tags.values, writes_tag: tags.writes, label, docs: self.docs(&schema) }
    }

    /// Whether the schema that has the list states something that an alternative does not: a type, a schema of elements, or required members.
    fn lacks(&mut self, node: &Node, base: &EffectiveSchema) -> bool {
        if base.types.is_none() && base.required.is_empty() && base.items.is_empty() {
            return false;
        }
        let Some(branch) = self.merge(std::slice::from_ref(node)) else { return false };
        let is_untyped = branch.inferred_types().is_empty() && branch.unions.is_empty() && !branch.only_null;
        let is_list = is_untyped || branch.inferred_types().contains(&JsonType::Array);
        (is_untyped && base.types.is_some())
            || (is_list && !base.items.is_empty())
            || (!is_untyped && base.required.iter().any(|name| !branch.required.contains(name)))
    }

    /// The label of an alternative that has no name.
    pub(in crate::lower) fn inline_label(&self, ty: &Type, node: &Node) -> Label {
        self.inline_words(ty, node).map_or(Label::Type, Label::Words)
    }

    /// The words for an inline schema that becomes a model, or for the elements of a list. The model's name has the words of its
    /// place too.
    fn inline_words(&self, ty: &Type, node: &Node) -> Option<String> {
        match ty {
            _ if self.document.value(node)?.get("$ref").is_some() => None,
            Type::Model(_) => self.alternative_words(node),
            Type::Nullable(inner) => self.inline_words(inner, node),
            Type::Array(element) => {
                let items = node.join("items");
                // A list is not named after one of the alternatives of its elements.
                let is_union = ["oneOf", "anyOf"].iter().any(|list| self.document.value(&items.join(list)).is_some());
                if is_union { None } else { Some(self.inline_words(element, &items)? + " list") }
            }
            _ => None,
        }
    }

    /// The type of an alternative together with what is next to its `oneOf`.
    fn branch_on_base(&mut self, node: &Node, base: &EffectiveSchema) -> Type {
        let naming = self.branch_naming(node, base);
        let Some(branch) = self.merge(std::slice::from_ref(node)) else { return Type::Any };
        // What is made here belongs to the union, also if the alternative is a reference.
        let mut branch = EffectiveSchema { node: node.clone(), ..EffectiveSchema::clone(&branch) };
        if !base.unions.is_empty() {
            // An alternative that leads back to the schema with the `oneOf` has the other unions already. They count once.
            let holds = |union: &&Alternatives| branch.unions.iter().any(|own| own.branches == union.branches);
            let others: Vec<Alternatives> = base.unions.iter().filter(|union| !holds(union)).cloned().collect();
            branch.unions.extend(others);
            branch.within = base.within.iter().chain([node]).cloned().collect();
        }
        branch.hold_as_well(base);
        self.type_of_merged(&branch, naming)
    }
}

/// A value that a list can hold.
fn listed(value: &Value) -> Option<Scalar> {
    scalar(value).filter(|value| !matches!(value, Scalar::Bool(_)))
}

/// Drops text with a format next to plain text, because plain text admits it too. The plain text keeps only the bounds that all of them
/// have. Integers next to numbers stay, because a float would round some of them.
fn absorb(branches: &mut Vec<Branch>) {
    let is_narrow = |branch: &Branch| matches!(branch.ty, Type::Text(_));
    let Some(index) = branches.iter().position(|branch| branch.ty == Type::String) else { return };
    let narrow: Vec<Branch> = branches.iter().filter(|branch| is_narrow(branch)).cloned().collect();
    if let Some(wide) = branches.get_mut(index) {
        wide.bounds.retain(|bound| narrow.iter().all(|branch| branch.bounds.contains(bound)));
    }
    branches.retain(|branch| !is_narrow(branch));
}
