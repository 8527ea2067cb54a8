//! `oneOf` and `anyOf`: one of several types, told apart by a discriminator where there is one.

use std::collections::HashSet;

use serde_json::Value;

use super::merged::{Alternatives, Merged};
use super::types::Lowered;
use super::{Lower, place};
use crate::document::Node;
use crate::ir::{Branch, Constant, Docs, EnumValue, Enumeration, Label, ModelKind, Type, Union};
use crate::schema::{Discriminator, JsonType, Schema};

impl Lower<'_> {
    /// What a schema with `oneOf` or `anyOf` lowers to; `None` where it has neither, or where they name no type.
    pub(super) fn union(&mut self, merged: &Merged) -> Option<Lowered> {
        let (first, others) = merged.unions.split_first()?;
        if !others.is_empty() {
            self.warn("several-unions", "only the first `oneOf` or `anyOf` that holds here is honoured", &merged.node);
        }
        let base = Merged { unions: Vec::new(), discriminator: None, ..merged.clone() };
        let (branches, nullable) = self.present_branches(first);
        let nullable = nullable || merged.nullable;
        if branches.iter().all(|node| self.only_requires(node)) {
            self.warn("required-alternatives", "alternatives that only require members are not honoured", &merged.node);
            return None;
        }
        if let Some(values) = self.listed_alternatives(&branches) {
            let kind = ModelKind::Enumeration(Enumeration { values, constant: false });
            return Some(Lowered::Model { kind, docs: merged.docs.clone(), nullable });
        }
        let mut lowered: Vec<Branch> = Vec::new();
        for node in &branches {
            let branch = self.branch(node, &base, merged.discriminator.as_ref());
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
        Some(self.union_of(lowered, merged, nullable))
    }

    /// Leaves each value of the tag to the first alternative that has it.
    fn one_branch_a_tag(&mut self, branches: &mut [Branch], node: &Node) {
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

    fn union_of(&mut self, branches: Vec<Branch>, merged: &Merged, nullable: bool) -> Lowered {
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
        let kind = ModelKind::Union(Union { branches, tag });
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

    fn only_requires(&mut self, node: &Node) -> bool {
        let schema = self.read(node);
        let bare = Schema { required: Vec::new(), ..schema.clone() };
        !schema.required.is_empty() && (!bare.constrains() || bare.types == [JsonType::Object] && !bare.has_members())
    }

    /// Alternatives that are one constant each are a list of values with documentation.
    fn listed_alternatives(&mut self, branches: &[Node]) -> Option<Vec<EnumValue>> {
        let mut values = Vec::new();
        let mut open = false;
        for node in branches {
            let schema = self.read(node);
            let inline = schema.reference.is_none() && !schema.has_members() && schema.all_of.is_empty();
            match (&schema.constant, schema.enumeration.as_deref()) {
                (Some(Value::String(text)), _) if inline => {
                    let docs = super::docs(&schema);
                    values.push(EnumValue { wire: Constant::Text(text.clone()), explicit: schema.rust_name, docs });
                }
                (None, Some(listed)) if inline && listed.iter().all(Value::is_string) => {
                    values.extend(listed.iter().filter_map(|value| {
                        let wire = Constant::Text(value.as_str()?.to_owned());
                        Some(EnumValue { wire, explicit: None, docs: Docs::default() })
                    }));
                }
                // Any other string beside a list: every list of values is open already.
                (None, None) if inline && schema.types == [JsonType::String] && schema.format.is_none() => open = true,
                _ => return None,
            }
        }
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(format!("{:?}", value.wire)));
        (!values.is_empty() && (open || branches.len() > 1)).then_some(values)
    }

    fn branch(&mut self, node: &Node, base: &Merged, discriminator: Option<&Discriminator>) -> Branch {
        let schema = self.read(node);
        let target = schema.reference.as_ref().and_then(|reference| self.document.target(node, reference).ok());
        let ty = if base.has_members() { self.branch_on_base(node, base) } else { self.type_of(node) };
        let mut bounds = self.bounds(std::slice::from_ref(node), &ty);
        bounds.extend(self.own_bounds(base));
        let tags = discriminator.map_or_else(Vec::new, |it| self.tags(node, target.as_ref(), it));
        let writes_tag = discriminator.is_none_or(|it| self.has_member(node, base, &it.property));
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
        let naming = place::naming(self.document, node);
        let Some(mut branch) = self.merge(std::slice::from_ref(node)) else { return Type::Any };
        for (name, nodes) in &base.properties {
            let known = branch.properties.entry(name.clone()).or_default();
            known.extend(nodes.iter().cloned());
        }
        branch.required.extend(base.required.iter().cloned());
        branch.additional.extend(base.additional.iter().cloned());
        branch.open |= base.open;
        branch.closed |= base.closed;
        branch.bounds.extend(base.bounds.iter().cloned());
        branch.types = branch.types.take().or_else(|| base.types.clone());
        match self.lower_merged(&branch) {
            Lowered::Type(ty) => ty,
            Lowered::Model { kind, docs, nullable } => {
                let model = Type::Model(self.intern(naming, kind, docs, node));
                if nullable { model.nullable() } else { model }
            }
        }
    }

    /// The discriminator's values that select an alternative (OpenAPI 3.1.1, 4.8.25.2): those that map to it, or its name.
    fn tags(&mut self, node: &Node, target: Option<&Node>, discriminator: &Discriminator) -> Vec<String> {
        let Some(target) = target else { return self.constant_tag(node, discriminator) };
        let name = target.pointer.last().unwrap_or_default();
        let mapped = discriminator.mapping.iter().filter(|(_, named)| {
            *named == name || self.document.target(node, named).is_ok_and(|found| found == *target)
        });
        let tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if !tags.is_empty() {
            return tags;
        }
        match self.constant_tag(target, discriminator) {
            constant if !constant.is_empty() => constant,
            _ => vec![name.to_owned()],
        }
    }

    /// The value that an alternative's own schema gives to the tag.
    fn constant_tag(&mut self, node: &Node, discriminator: &Discriminator) -> Vec<String> {
        let nodes = self.member(node, &discriminator.property);
        let mut values = Vec::new();
        for node in nodes {
            let schema = self.read(&node);
            let listed = schema.constant.into_iter().chain(schema.enumeration.into_iter().flatten());
            values.extend(listed.filter_map(|value| value.as_str().map(str::to_owned)));
        }
        values.dedup();
        values
    }

    fn has_member(&mut self, node: &Node, base: &Merged, property: &str) -> bool {
        base.properties.contains_key(property) || !self.member(node, property).is_empty()
    }

    fn member(&mut self, node: &Node, property: &str) -> Vec<Node> {
        let merged = self.merge(std::slice::from_ref(node));
        merged.and_then(|mut merged| merged.properties.shift_remove(property)).unwrap_or_default()
    }

    /// Reports values of the discriminator that name no alternative.
    fn mapped_beyond(&mut self, merged: &Merged, branches: &[Branch]) {
        let Some(discriminator) = &merged.discriminator else { return };
        for (tag, named) in &discriminator.mapping {
            if !branches.iter().any(|branch| branch.tags.contains(tag)) {
                let message = format!("the discriminator maps `{tag}` to `{named}`, which is none of the alternatives");
                let at = merged.node.join("discriminator").join("mapping").join(tag);
                self.error("discriminator-mapping", message, &at, "add it to the alternatives, or remove the mapping");
            }
        }
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
