//! `oneOf` and `anyOf`: one of several types, told apart by a discriminator where there is one.

use std::collections::HashSet;

use serde_json::Value;

use super::discriminator::Mapping;
use super::enumeration::MOST_VALUES;
use super::merged::{Alternatives, Merged};
use super::types::Lowered;
use super::{Lower, place};
use crate::document::Node;
use crate::ir::{Branch, Constant, DefaultBranch, Docs, EnumValue, Enumeration, Label, ModelKind, Type, Union};
use crate::schema::{JsonType, Schema};

impl Lower<'_> {
    /// What a schema with `oneOf` or `anyOf` lowers to; `None` where it has neither, or where they name no type.
    pub(super) fn union(&mut self, merged: &Merged) -> Option<Lowered> {
        let (first, others) = self.first_union(merged)?;
        let discriminator = first.discriminator.clone().or_else(|| merged.discriminator.clone());
        let merged = &Merged { discriminator, ..merged.clone() };
        let base = Merged { unions: others, discriminator: None, ..merged.clone() };
        let (mut branches, nullable) = self.present_branches(&first);
        branches.retain(|node| self.is_possible(node, &base));
        let nullable = nullable || merged.nullable;
        if branches.is_empty() {
            return Some(Lowered::Type(self.untyped("no alternative goes with what else holds", &merged.node)));
        }
        if let Some(values) = self.listed_alternatives(&branches).filter(|_| base.unions.is_empty()) {
            if values.len() > MOST_VALUES {
                let list = branches.first().map_or(merged.node.clone(), Node::parent);
                self.report_long_list(values.len(), &list);
                let texts = values.iter().all(|value| matches!(value.wire, Constant::Text(_)));
                let kind = if texts { JsonType::String } else { JsonType::Integer };
                return Some(self.lower_merged(&Merged { types: Some(vec![kind]), nullable, ..base }));
            }
            let kind = ModelKind::Enumeration(Enumeration { values, constant: false });
            return Some(Lowered::Model { kind, docs: merged.docs.clone(), nullable });
        }
        let default = merged.discriminator.as_ref().and_then(|it| self.mapped(&merged.node, it.default.as_ref()?));
        let (mut lowered, mut default_ty): (Vec<Branch>, _) = (Vec::new(), None);
        let mapping = merged.discriminator.as_ref().zip(branches.first()).map(|(it, node)| self.mapping(node, it));
        for node in &branches {
            let branch = self.branch(node, &base, mapping.as_ref());
            if default.is_some() && self.document.follow(node).ok() == default {
                default_ty = Some(branch.ty.present().clone());
            }
            match lowered.iter_mut().find(|earlier| earlier.ty == branch.ty) {
                Some(earlier) => {
                    earlier.tags.extend(branch.tags);
                    earlier.bounds.retain(|bound| branch.bounds.contains(bound));
                }
                None => lowered.push(branch),
            }
        }
        self.one_branch_a_tag(&mut lowered, &merged.node);
        absorb(&mut lowered);
        self.mapped_beyond(merged, &lowered);
        let default = self.default_branch(merged, default_ty, &lowered);
        Some(self.union_of(lowered, merged, nullable, default))
    }

    pub(super) fn union_of(
        &mut self,
        branches: Vec<Branch>,
        merged: &Merged,
        nullable: bool,
        default: Option<DefaultBranch>,
    ) -> Lowered {
        if branches.iter().any(|branch| branch.ty == Type::Any) {
            self.warn("untyped", "one of the alternatives is any value: emitted as untyped JSON", &merged.node);
            return Lowered::Type(Type::Any);
        }
        let nullable = nullable || branches.iter().any(|branch| matches!(branch.ty, Type::Nullable(_)));
        let branches = branches.into_iter().map(|branch| Branch { ty: branch.ty.present().clone(), ..branch });
        let branches: Vec<Branch> = branches.collect();
        if let [only] = branches.as_slice() {
            return Lowered::Type(if nullable { only.ty.clone().nullable() } else { only.ty.clone() });
        }
        let tagged = branches.iter().all(|branch| !branch.tags.is_empty());
        let tag = merged.discriminator.as_ref().map(|discriminator| discriminator.property.clone()).filter(|_| tagged);
        if merged.discriminator.is_some() && tag.is_none() {
            let message =
                "not every alternative has a value of the discriminator: they are told apart by their members";
            self.warn("discriminator", message, &merged.node);
        }
        let kind = ModelKind::Union(Union { branches, default: default.filter(|_| tag.is_some()), tag });
        Lowered::Model { kind, docs: merged.docs.clone(), nullable }
    }

    /// The alternatives other than `null`, and whether `null` is one.
    pub(super) fn present_branches(&mut self, alternatives: &Alternatives) -> (Vec<Node>, bool) {
        let mut nullable = false;
        let mut present = Vec::new();
        for node in &alternatives.branches {
            let schema = self.read(node);
            let only_null = schema.types.is_empty()
                && schema.reference.is_none()
                && ((schema.nullable && !schema.constrains())
                    || schema.constant == Some(Value::Null)
                    || schema.enumeration.as_deref() == Some(&[Value::Null]));
            nullable |= only_null;
            if !only_null {
                present.push(node.clone());
            }
        }
        (present, nullable)
    }

    pub(super) fn only_requires(&mut self, node: &Node) -> bool {
        let schema = self.read(node);
        let bare = Schema { required: Vec::new(), ..schema.clone() };
        !schema.required.is_empty() && (!bare.constrains() || bare.types == [JsonType::Object] && !bare.has_members())
    }

    /// Alternatives that are one constant each are a list of values with documentation. `title` names those that are integers,
    /// which have no name of their own.
    fn listed_alternatives(&mut self, branches: &[Node]) -> Option<Vec<EnumValue>> {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut open = false;
        for node in branches {
            let schema = self.read(node);
            let inline = schema.reference.is_none() && !schema.has_members() && schema.all_of.is_empty();
            match (&schema.constant, schema.enumeration.as_deref()) {
                (Some(constant), _) if inline => {
                    let wire = listed(constant)?;
                    let title = schema.title.clone().filter(|_| matches!(wire, Constant::Integer(_)));
                    values.push(EnumValue { wire, docs: super::docs(&schema), explicit: schema.rust_name.or(title) });
                }
                (None, Some(several)) if inline => {
                    for value in several {
                        values.push(EnumValue { wire: listed(value)?, explicit: None, docs: Docs::default() });
                    }
                }
                // Any other string beside a list: every list of values is open already.
                (None, None) if inline && schema.types == [JsonType::String] && schema.format.is_none() => open = true,
                _ => return None,
            }
        }
        let texts = values.iter().filter(|value| matches!(value.wire, Constant::Text(_))).count();
        let one_kind = texts == values.len() || (texts == 0 && !open);
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(format!("{:?}", value.wire)));
        (one_kind && !values.is_empty() && (open || branches.len() > 1)).then_some(values)
    }

    fn branch(&mut self, node: &Node, base: &Merged, mapping: Option<&Mapping<'_>>) -> Branch {
        let schema = self.read(node);
        let target = schema.reference.as_ref().and_then(|reference| self.document.target(node, reference).ok());
        let combined = base.has_members() || !base.unions.is_empty() || base.within.is_some();
        let ty = if combined { self.branch_on_base(node, base) } else { self.type_of(node) };
        let mut bounds = self.bounds(std::slice::from_ref(node), &ty);
        bounds.extend(self.own_bounds(base));
        let tags = mapping.map_or_else(Vec::new, |it| self.tags(node, target.as_ref(), it));
        let writes_tag = mapping.is_none_or(|it| self.has_member(node, base, it.property));
        let label = match (&schema.rust_name, &target, tags.as_slice()) {
            (Some(name), _, _) => Label::Words(name.clone()),
            (None, Some(target), _) => Label::Words(target.pointer.last().unwrap_or("other").to_owned()),
            (None, None, [tag]) => Label::Words(tag.clone()),
            (None, None, _) => self.inline_label(&ty, node),
        };
        Branch { ty, bounds, tags, writes_tag, label, docs: super::docs(&schema) }
    }

    /// The label of an alternative that has no name.
    pub(super) fn inline_label(&self, ty: &Type, node: &Node) -> Label {
        let words = self.document.value(node).and_then(|schema| place::inline_words(ty, schema));
        words.map_or(Label::Type, Label::Words)
    }

    /// An alternative together with the members that stand beside the `oneOf`.
    fn branch_on_base(&mut self, node: &Node, base: &Merged) -> Type {
        let naming = self.branch_naming(node, base);
        let Some(mut branch) = self.merge(std::slice::from_ref(node)) else { return Type::Any };
        if !base.unions.is_empty() {
            // One that leads back to where it stands has brought them along: they hold once.
            let holds = |union: &&Alternatives| branch.unions.iter().any(|own| own.branches == union.branches);
            let others: Vec<Alternatives> = base.unions.iter().filter(|union| !holds(union)).cloned().collect();
            branch.unions.extend(others);
            branch.within = Some(naming.clone());
        }
        branch.hold_as_well(base);
        self.type_of_merged(&branch, naming)
    }

    fn has_member(&mut self, node: &Node, base: &Merged, property: &str) -> bool {
        base.properties.contains_key(property) || !self.member(node, property).is_empty()
    }

    pub(super) fn member(&mut self, node: &Node, property: &str) -> Vec<Node> {
        let merged = self.merge(std::slice::from_ref(node));
        merged.and_then(|mut merged| merged.properties.shift_remove(property)).unwrap_or_default()
    }
}

/// A value that a list can hold.
fn listed(value: &Value) -> Option<Constant> {
    match value {
        Value::String(text) => Some(Constant::Text(text.clone())),
        Value::Number(number) => number.as_i64().map(Constant::Integer),
        _ => None,
    }
}

/// Drops what another alternative admits as well: integers beside numbers, text of a format beside text. The other one is held to
/// what all of them are.
fn absorb(branches: &mut Vec<Branch>) {
    absorb_into(&Type::Float, |ty| matches!(ty, Type::Integer(_)), branches);
    absorb_into(&Type::String, |ty| matches!(ty, Type::Text(_)), branches);
    // Only a field can turn the text of a number into one.
    for branch in branches {
        if let Type::IntegerText(_) = branch.ty {
            branch.ty = Type::String;
        }
    }
}

fn absorb_into(wide: &Type, is_narrow: fn(&Type) -> bool, branches: &mut Vec<Branch>) {
    let Some(index) = branches.iter().position(|branch| branch.ty == *wide) else { return };
    let narrow: Vec<Branch> = branches.iter().filter(|branch| is_narrow(&branch.ty)).cloned().collect();
    if let Some(wide) = branches.get_mut(index) {
        wide.bounds.retain(|bound| narrow.iter().all(|branch| branch.bounds.contains(bound)));
    }
    branches.retain(|branch| !is_narrow(&branch.ty));
}
