//! Which values of a discriminator's property select an alternative, each of the property's own type.
//!
//! The values come from the `mapping`; from the alternative itself, if it is a union by the same property; from its own schema; or from its
//! name. Takes the places of the alternatives, and does not lower them.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;

use super::Lower;
use super::discriminator::Mapping;
use super::types::with_room;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::Scalar;
use crate::limits::MAX_ALTERNATIVE_DEPTH;
use crate::schema::{Alternatives, EffectiveSchema, JsonType};

/// What selects an alternative.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) struct Tags {
    /// The values.
    pub values: Vec<Scalar>,
    /// Whether the alternative's type writes the property itself.
    pub writes: bool,
}

/// What the schema of an alternative says about the property.
#[derive(Default)]
pub(in crate::lower) struct Declared {
    /// Its types. Empty if the schema does not name them.
    pub types: Vec<JsonType>,
    /// The values that it lists.
    pub values: Vec<Scalar>,
    /// Whether it has the property.
    has: bool,
    /// The values that map to it.
    mapped: Vec<String>,
    /// Its name.
    name: Option<String>,
    /// Its tags as a union by the same property.
    entered: Option<Tags>,
}

impl Declared {
    /// Takes the values of the first discriminator that maps values to the schema, unless there are such values already.
    pub(in crate::lower) fn map_by(&mut self, mappings: &[&Mapping], node: &Node) {
        if self.mapped.is_empty() {
            self.mapped = mappings.iter().map(|it| it.tags(node)).find(|tags| !tags.is_empty()).unwrap_or_default();
        }
    }
}

impl Lower<'_> {
    /// The tags of each alternative. `beside` has the members next to the alternatives.
    pub(in crate::lower) fn tags(
        &mut self,
        nodes: &[Node],
        beside: &IndexMap<String, Vec<Node>>,
        mapping: &Mapping,
        path: &mut Vec<Node>,
    ) -> Vec<Tags> {
        let beside = beside.get(&mapping.property).cloned().unwrap_or_default();
        let beside = self.says_of_tag(&beside);
        let each = nodes.iter().map(|node| {
            let schema = self.read(node);
            let reference = schema.reference.as_ref();
            let target = reference.and_then(|reference| self.document.target(node, reference).ok());
            let mut declared = self.declared(node, target.as_ref(), mapping, Some(&mut *path));
            if let Some(target) = target.filter(|_| mapping.names && declared.mapped.is_empty()) {
                // A base of the alternative may say what the union's own discriminator does not.
                let above = self.mappings_above(&target, &mapping.property);
                declared.map_by(&above.iter().map(Rc::as_ref).collect::<Vec<_>>(), &target);
            }
            declared
        });
        let each: Vec<Declared> = each.collect();
        self.settled_tags(each, &beside, mapping)
    }

    /// The tags of alternatives with these declarations. If an alternative does not give the property's type, the type next to the
    /// alternatives counts, or else the type of another alternative.
    pub(in crate::lower) fn settled_tags(
        &mut self,
        each: Vec<Declared>,
        beside: &Declared,
        mapping: &Mapping,
    ) -> Vec<Tags> {
        let types = std::iter::once(beside).chain(&each).map(|it| &it.types).find(|types| !types.is_empty());
        let shared = types.cloned().unwrap_or_default();
        each.into_iter().map(|it| self.settled(it, beside.has, &shared, mapping)).collect()
    }

    fn settled(&mut self, it: Declared, has: bool, shared: &[JsonType], mapping: &Mapping) -> Tags {
        let types = if it.types.is_empty() { shared } else { &it.types };
        let entered = it.entered.unwrap_or_default();
        let mapped = it.mapped.iter().map(|key| self.typed(key, types, &it.values, mapping));
        let mut values: Vec<Scalar> = mapped.collect();
        values.extend(entered.values);
        if values.is_empty() {
            values = it.values;
        }
        if values.is_empty() && mapping.names && admits_text(types) {
            values.extend(it.name.map(Scalar::Text));
        }
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
        Tags { values, writes: it.has || has || entered.writes }
    }

    /// What the schema of an alternative says about the tag. Without a path, an alternative that is a union itself is not entered.
    pub(in crate::lower) fn declared(
        &mut self,
        node: &Node,
        target: Option<&Node>,
        mapping: &Mapping,
        path: Option<&mut Vec<Node>>,
    ) -> Declared {
        let Some(merged) = self.merge(std::slice::from_ref(node)) else { return Declared::default() };
        let own = merged.properties.get(&mapping.property).cloned().unwrap_or_default();
        let mut declared = self.says_of_tag(&own);
        declared.has |= self.undeclared(&merged).contains(&mapping.property);
        declared.has = declared.has || self.is_in_alternatives(&merged, &mapping.property);
        declared.mapped = target.map(|target| mapping.tags(target)).unwrap_or_default();
        declared.name = target.and_then(|target| self.component_name(target));
        declared.entered = path.and_then(|path| self.entered(node, &merged, &mapping.property, path));
        if declared.types.is_empty() {
            let values = declared.values.iter().chain(declared.entered.iter().flat_map(|tags| &tags.values));
            declared.types = values.map(type_of).collect();
        }
        declared
    }

    /// The name of a schema. If the schema is in another file, it is that of the component that refers to it.
    fn component_name(&self, node: &Node) -> Option<String> {
        let home = self.homes.home(node).filter(|(_, depth)| *depth == node.pointer.depth());
        let name = home.and_then(|(path, _)| path.last().cloned());
        name.or_else(|| node.pointer.last().map(str::to_owned))
    }

    /// Whether an alternative inside an alternative has the property. It then writes the property itself.
    fn is_in_alternatives(&mut self, merged: &EffectiveSchema, property: &str) -> bool {
        if merged.unions.is_empty() {
            return false;
        }
        let key = (self.document.follow(&merged.node).unwrap_or_else(|_| merged.node.clone()), property.to_owned());
        if let Some(known) = self.known_inside.get(&key) {
            return *known;
        }
        let found = self.look_inside(merged, property);
        self.known_inside.insert(key, found);
        found
    }

    fn look_inside(&mut self, merged: &EffectiveSchema, property: &str) -> bool {
        let mut pending: Vec<Node> = merged.unions.iter().flat_map(|union| &union.branches).cloned().collect();
        let mut seen = HashSet::new();
        while let Some(node) = pending.pop() {
            let target = self.document.follow(&node).unwrap_or(node);
            if !seen.insert(target.clone()) {
                continue;
            }
            let Some(inner) = self.merge(&[target]) else { continue };
            if inner.properties.contains_key(property) || inner.required.contains(property) {
                return true;
            }
            pending.extend(inner.unions.iter().flat_map(|union| &union.branches).cloned());
        }
        // None of the schemas on the way has the property either.
        self.known_inside.extend(seen.into_iter().map(|target| ((target, property.to_owned()), false)));
        false
    }

    fn says_of_tag(&mut self, nodes: &[Node]) -> Declared {
        let Some(merged) = (!nodes.is_empty()).then(|| self.merge(nodes)).flatten() else { return Declared::default() };
        Declared { types: merged.inferred_types(), values: merged.scalars(), has: true, ..Declared::default() }
    }

    /// The tags of an alternative that is a union itself, told apart by this property or by constants of this property.
    fn entered(&mut self, node: &Node, merged: &EffectiveSchema, property: &str, path: &mut Vec<Node>) -> Option<Tags> {
        let target = self.document.follow(node).ok()?;
        let schema = self.read(&target);
        let base = self.discriminator_of_base(&schema).filter(|(_, it)| it.property == property);
        if merged.unions.is_empty() && base.is_none() {
            return None;
        }
        let key = (target.clone(), property.to_owned());
        if let Some(known) = self.known_tags.get(&key) {
            return known.clone();
        }
        if path.len() >= MAX_ALTERNATIVE_DEPTH || path.contains(&target) {
            return None;
        }
        path.push(target.clone());
        let found = with_room(|| match (base, merged.unions.as_slice()) {
            (Some((at, discriminator)), _) => {
                let mapping = self.mapping(&at, &discriminator);
                let kinds = self.kinds(&target, &mapping, path);
                let values: Vec<Scalar> = kinds.into_iter().flat_map(|kind| kind.tags.values).collect();
                (!values.is_empty()).then_some(Tags { values, writes: true })
            }
            (None, [union]) => self.tags_of_union(union, merged, property, path),
            (None, _) => None,
        });
        path.pop();
        self.known_tags.insert(key, found.clone());
        found
    }

    fn tags_of_union(
        &mut self,
        union: &Alternatives,
        merged: &EffectiveSchema,
        property: &str,
        path: &mut Vec<Node>,
    ) -> Option<Tags> {
        let (present, _) = self.present_branches(union);
        let discriminator = union.discriminator.as_ref().filter(|it| it.property == property);
        let mapping = match (discriminator, present.first()) {
            (Some(discriminator), Some(node)) => self.mapping(&node.parent().parent(), discriminator),
            _ => Mapping::of_constants(property, &merged.node),
        };
        let each = self.tags(&present, &merged.properties, &mapping, path);
        if each.is_empty() || each.iter().any(|tags| tags.values.is_empty()) {
            return None;
        }
        // A union with a tag and several alternatives writes the tag itself.
        let writes = (mapping.names && each.len() > 1) || each.iter().all(|tags| tags.writes);
        Some(Tags { values: each.into_iter().flat_map(|tags| tags.values).collect(), writes })
    }

    /// A key of a mapping, in the type of the property.
    fn typed(&mut self, key: &str, types: &[JsonType], listed: &[Scalar], mapping: &Mapping) -> Scalar {
        if let Some(listed) = listed.iter().find(|value| value.to_string() == key) {
            return listed.clone();
        }
        let integers = types.contains(&JsonType::Integer) || types.contains(&JsonType::Number);
        let read = match key.parse() {
            _ if admits_text(types) => Some(Scalar::Text(key.to_owned())),
            Ok(integer) if integers => Some(Scalar::Integer(integer)),
            _ if types.contains(&JsonType::Boolean) => key.parse().ok().map(Scalar::Bool),
            _ => None,
        };
        read.unwrap_or_else(|| {
            let at = mapping.at.join("discriminator").join("mapping").join(key);
            let message = format!("the discriminator maps `{key}`, which is not a value of `{}`", mapping.property);
            self.warn(codes::DISCRIMINATOR, message, &at);
            Scalar::Text(key.to_owned())
        })
    }
}

fn admits_text(types: &[JsonType]) -> bool {
    types.is_empty() || types.contains(&JsonType::String)
}

fn type_of(value: &Scalar) -> JsonType {
    match value {
        Scalar::Text(_) => JsonType::String,
        Scalar::Bool(_) => JsonType::Boolean,
        Scalar::Integer(_) => JsonType::Integer,
    }
}
