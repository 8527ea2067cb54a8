//! Which values of a discriminator's property select an alternative, each of the property's own type.
//!
//! The values come from the `mapping`; from the alternative itself, if it is a union by the same property; from its own schema; or from its
//! name. Takes the places of the alternatives, and does not lower them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;

use super::Lower;
use super::constant::scalars;
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
    /// Its name, if that is a value of the property.
    fn own_name(&self) -> Option<Scalar> {
        let name = self.name.clone().filter(|_| admits_text(&self.types)).map(Scalar::Text)?;
        (self.values.is_empty() || self.values.contains(&name)).then_some(name)
    }

    /// Takes the values of the first discriminator that maps values to the schema, unless there are such values already.
    pub(in crate::lower) fn map_by(&mut self, mappings: &[&Mapping], node: &Node) {
        if self.mapped.is_empty() {
            self.mapped = mappings.iter().map(|it| it.tags(node)).find(|tags| !tags.is_empty()).unwrap_or_default();
        }
    }
}

/// What all alternatives of a union say about its tag.
struct Claims<'a> {
    /// The values of the mapping.
    mapped: HashSet<&'a Scalar>,
    /// The values that alternatives list, with how many of them do.
    listed: HashMap<&'a Scalar, usize>,
    /// The names of alternatives that are values of the property.
    names: HashSet<Scalar>,
}

impl Claims<'_> {
    /// The values that select an alternative, beginning with those of the mapping. Alternatives that the mapping does not name may share
    /// a value, if it is not the name of one of them. Their members then tell them apart.
    fn values(&self, it: &Declared, mapped: &[Scalar]) -> Vec<Scalar> {
        let name = it.own_name().filter(|name| self.names.contains(name));
        let is_name = |value: &Scalar| name.as_ref() == Some(value);
        let is_free =
            |value: &&Scalar| !self.mapped.contains(*value) && (is_name(value) || !self.names.contains(*value));
        let entered = it.entered.iter().flat_map(|entered| &entered.values);
        let mut values: Vec<&Scalar> = mapped.iter().chain(entered.filter(is_free)).collect();
        let is_named = !values.is_empty();
        let is_alone = |value: &Scalar| is_name(value) || self.listed.get(value) == Some(&1);
        let is_own = |value: &&Scalar| is_free(value) && (!is_named || is_alone(value));
        values.extend(it.values.iter().filter(is_own));
        if values.is_empty() {
            values.extend(&it.values);
        }
        // The first value is written. Begin with the values that the schema admits.
        values.sort_by_key(|value| !it.values.is_empty() && !it.values.contains(value));
        let mut seen = HashSet::new();
        values.into_iter().filter(|value| seen.insert(*value)).cloned().collect()
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
        let targets = nodes.iter().map(|node| {
            let schema = self.read(node);
            schema.reference.as_ref().and_then(|reference| self.document.target(node, reference).ok())
        });
        let targets: Vec<Option<Node>> = targets.collect();
        let listed: HashSet<Node> = targets.iter().flatten().cloned().collect();
        let alternatives = self.followed(nodes);
        let each = nodes.iter().zip(targets).map(|(node, target)| {
            let path = self.stands_for_itself(node, &alternatives).is_none().then_some(&mut *path);
            let mut declared = self.declared(node, target.as_ref(), mapping, path);
            if declared.mapped.is_empty()
                && let Ok(meant) = self.document.follow(node)
            {
                declared.mapped = mapping.tags_of_other_names(&meant, &listed);
            }
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
        let each = each.into_iter().map(|it| Declared { types: types_or(it.types, &shared), ..it });
        let each: Vec<Declared> = each.collect();
        let mapped = each.iter().map(|it| {
            let typed = it.mapped.iter().map(|key| self.typed(key, &it.types, &it.values, mapping));
            typed.collect::<Vec<_>>()
        });
        let mapped: Vec<Vec<Scalar>> = mapped.collect();
        let named: &[Declared] = if mapping.names { &each } else { &[] };
        let names = named.iter().filter_map(Declared::own_name).collect();
        let mut claims = Claims { mapped: mapped.iter().flatten().collect(), listed: HashMap::new(), names };
        each.iter().flat_map(|it| &it.values).for_each(|value| *claims.listed.entry(value).or_default() += 1);
        let settled = each.iter().zip(&mapped).map(|(it, mapped)| {
            let mut values = claims.values(it, mapped);
            if values.is_empty() && mapping.names && admits_text(&it.types) {
                values.extend(it.name.clone().map(Scalar::Text));
            }
            let inside = it.entered.as_ref().is_some_and(|entered| entered.writes);
            Tags { values, writes: it.has || beside.has || inside }
        });
        settled.collect()
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
        let (types, values) = (merged.inferred_types(), self.values_of_tag(merged));
        Declared { types, values, has: true, ..Declared::default() }
    }

    /// The values that a schema lists, itself or by its alternatives. Empty if an alternative lists none.
    fn values_of_tag(&mut self, merged: Arc<EffectiveSchema>) -> Vec<Scalar> {
        let (mut pending, mut seen, mut values) = (VecDeque::from([merged]), HashSet::new(), Vec::new());
        while let Some(merged) = pending.pop_front() {
            let own = scalars(&merged);
            values.extend_from_slice(&own);
            let alternatives = match merged.unions.as_slice() {
                _ if !own.is_empty() => Vec::new(),
                [union] => self.present_branches(union).0,
                _ => return Vec::new(),
            };
            for node in alternatives {
                let target = self.document.follow(&node).unwrap_or(node);
                if seen.insert(target.clone()) {
                    let Some(branch) = self.merge(&[target]) else { return Vec::new() };
                    pending.push_back(branch);
                }
            }
        }
        values
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
        if read.is_none() || !listed.is_empty() {
            let at = mapping.at.join("discriminator").join("mapping").join(key);
            let message = format!("the discriminator maps `{key}`, which is not a value of `{}`", mapping.property);
            self.warn(codes::DISCRIMINATOR, message, &at);
        }
        read.unwrap_or_else(|| Scalar::Text(key.to_owned()))
    }
}

fn types_or(types: Vec<JsonType>, shared: &[JsonType]) -> Vec<JsonType> {
    if types.is_empty() { shared.to_vec() } else { types }
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
