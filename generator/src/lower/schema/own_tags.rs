//! The values by which discriminators select a schema, for its own members.
//!
//! A schema is selected by the discriminators of its bases, and by those of the unions that list it. If a union has no discriminator, a
//! constant may select its alternatives.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Lower;
use super::constant::only_scalar;
use super::inheritance::Kinds;
use crate::document::{Document, Node, each_object};
use crate::ir::{Field, Scalar};
use crate::pointer::Pointer;
use crate::schema::EffectiveSchema;

/// The unions that list a schema, and the bases whose discriminator maps a value to it.
pub(in crate::lower) struct Listings {
    /// For each schema, its places in these unions.
    of: HashMap<Node, Vec<Listing>>,
    /// For each schema, these bases.
    mapped: HashMap<Node, Vec<Node>>,
}

/// A place of a schema in a union.
#[derive(Clone)]
struct Listing {
    place: Node,
    /// The property of the union's discriminator, if it has one.
    property: Option<String>,
}

impl Listings {
    pub(in crate::lower) fn of(document: &Document) -> Self {
        let mut listings = Self { of: HashMap::new(), mapped: HashMap::new() };
        for file in document.files() {
            let Some(value) = document.value(&Node { file, pointer: Pointer::root() }) else { continue };
            each_object(value, &mut |trail, schema| {
                if schema.keys().any(|key| matches!(key.as_str(), "oneOf" | "anyOf" | "discriminator")) {
                    let node = Node { file, pointer: trail.pointer() };
                    listings.add_alternatives(document, &node, schema);
                    listings.add_mapped(document, &node, schema);
                }
            });
        }
        listings
    }

    fn add_alternatives(&mut self, document: &Document, node: &Node, schema: &Map<String, Value>) {
        let property = property(schema);
        for key in ["oneOf", "anyOf"] {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            for place in (0..count).map(|index| node.join(key).join(index)) {
                if let Ok(target) = document.follow(&place) {
                    self.of.entry(target).or_default().push(Listing { place, property: property.map(str::to_owned) });
                }
            }
        }
    }

    /// The schemas that the discriminator of a base names.
    fn add_mapped(&mut self, document: &Document, base: &Node, schema: &Map<String, Value>) {
        if schema.get("oneOf").or_else(|| schema.get("anyOf")).is_some() {
            return;
        }
        let mapping = schema.get("discriminator").and_then(|it| it.get("mapping")).and_then(Value::as_object);
        for named in mapping.into_iter().flatten().filter_map(|(_, named)| named.as_str()) {
            if let Some(target) = document.mapped(base, named) {
                self.mapped.entry(target).or_default().push(base.clone());
            }
        }
    }

    /// The place of a reference in a union, if that is where the node is.
    fn at(&self, document: &Document, node: &Node) -> Option<Listing> {
        let list = node.parent();
        let is_place = matches!(list.pointer.last(), Some("oneOf" | "anyOf"));
        let is_reference = is_place && document.value(node).is_some_and(|value| value.get("$ref").is_some());
        let union = document.value(&list.parent()).and_then(Value::as_object).filter(|_| is_reference)?;
        Some(Listing { place: node.clone(), property: property(union).map(str::to_owned) })
    }
}

fn property(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("discriminator")?.get("propertyName")?.as_str()
}

/// The values by which a union selects each of its places.
pub(in crate::lower) struct UnionTags {
    property: String,
    by_place: HashMap<Node, Vec<Scalar>>,
}

/// The values of each property by which discriminators select a schema.
pub(in crate::lower) type OwnTags = HashMap<String, HashSet<Scalar>>;

impl Lower<'_> {
    /// Whether a discriminator tells the schema from others by a member.
    pub(in crate::lower) fn is_tag(&self, name: &str, merged: &EffectiveSchema) -> bool {
        let mut schemas = merged.parts.iter().map(|part| &part.schema);
        schemas.any(|schema| {
            let listings = self.listings.of.get(&schema.node);
            schema.discriminator.as_ref().is_some_and(|it| it.property == name)
                || listings.into_iter().flatten().any(|listing| listing.property.as_deref() == Some(name))
        })
    }

    /// The values by which the discriminators of bases and unions select a schema.
    pub(in crate::lower) fn own_tags(&mut self, node: &Node) -> OwnTags {
        let mut tags = self.tags_by_bases(node);
        let mut listings = self.listings.of.get(node).cloned().unwrap_or_default();
        listings.extend(self.listings.at(self.document, node));
        for Listing { place, .. } in listings {
            let union = place.parent().parent();
            let Some(known) = self.tags_by_union(&union) else { continue };
            let values = known.by_place.get(&place).cloned();
            tags.entry(known.property.clone()).or_default().extend(values.unwrap_or_default());
        }
        // What selects the schema with the list selects each place of it. What tells the places apart is more exact.
        if let Some(owner) = owner_of_list(node) {
            self.own_tags(&owner).into_iter().for_each(|(property, values)| {
                tags.entry(property).or_insert(values);
            });
        }
        tags
    }

    /// The values of the bases' discriminators. A base by another property covers the schema, so its values count too.
    fn tags_by_bases(&mut self, node: &Node) -> OwnTags {
        let mut above = self.subtypes.above(node);
        above.extend(self.listings.mapped.get(node).into_iter().flatten().cloned());
        let bases = std::iter::once(node).chain(&above).filter_map(|base| self.kinds_of_base(base));
        let bases: Vec<Rc<Kinds>> = bases.collect();
        let mut tags = OwnTags::new();
        for kinds in &bases {
            let property = &kinds.mapping.property;
            let others = bases.iter().filter(|it| it.mapping.property != *property).map(|it| &it.base);
            let values = others.chain([node]).flat_map(|covering| kinds.values(covering));
            tags.entry(property.clone()).or_default().extend(values.cloned());
        }
        tags
    }

    /// The values by which a union selects each of its places.
    fn tags_by_union(&mut self, union: &Node) -> Option<Rc<UnionTags>> {
        if let Some(known) = self.known_listings.get(union) {
            return known.clone();
        }
        let schema = self.read(union);
        let places = [&schema.one_of, &schema.any_of].into_iter().find(|list| !list.is_empty());
        let places = places.cloned().unwrap_or_default();
        let found = match &schema.discriminator {
            Some(discriminator) => {
                let mapping = self.mapping(union, discriminator);
                let tags = self.tags(&places, &IndexMap::new(), &mapping, &mut vec![union.clone()]);
                let by_place = places.into_iter().zip(tags).map(|(place, tags)| (place, tags.values)).collect();
                Some(UnionTags { property: discriminator.property.clone(), by_place })
            }
            None => self.told_by_constants(&places),
        };
        let found = found.map(Rc::new);
        self.known_listings.insert(union.clone(), found.clone());
        found
    }

    /// Finds a member with a different constant in each alternative that may be an object. One of the alternatives must have it as an optional
    /// member, or as an `enum` of one value, because a required `const` is written anyway.
    fn told_by_constants(&mut self, places: &[Node]) -> Option<UnionTags> {
        let places: Vec<&Node> = places.iter().filter(|node| !self.is_no_object(node)).collect();
        let each = places.iter().map(|node| self.merge(std::slice::from_ref(*node)));
        let each: Vec<Arc<EffectiveSchema>> = each.collect::<Option<_>>()?;
        let (first, others) = each.split_first().filter(|(_, others)| !others.is_empty())?;
        let is_in_all = |name: &String| others.iter().all(|it| it.properties.contains_key(name));
        let mut names = first.properties.keys().filter(|name| is_in_all(name));
        names.find_map(|name| {
            let mut is_written = true;
            let values = each.iter().map(|it| {
                let member = self.merge(it.properties.get(name)?)?;
                is_written &=
                    it.required.contains(name) && member.parts.iter().any(|part| part.schema.constant.is_some());
                let is_sent = !member.parts.iter().any(|part| part.schema.read_only);
                only_scalar(&member).filter(|_| is_sent && !member.admits_null(self.document.version()))
            });
            let values: Vec<Scalar> = values.collect::<Option<_>>()?;
            let is_told = !is_written && values.iter().collect::<HashSet<_>>().len() == values.len();
            let by_place = places.iter().zip(values).map(|(place, value)| ((*place).clone(), vec![value]));
            is_told.then(|| UnionTags { property: name.clone(), by_place: by_place.collect() })
        })
    }

    /// Notes in the fields of a structure which value selects it. A field gets none if several values select the structure, or if its type does
    /// not hold the value.
    pub(in crate::lower) fn fill_in_tags(&self, fields: &mut [Field], tags: &OwnTags) {
        for field in fields.iter_mut().filter(|field| !field.read_only) {
            let only = tags.get(&field.wire).and_then(only_value);
            field.tag = only.filter(|tag| self.holds_tag(&field.ty, tag)).cloned();
        }
    }
}

/// The schema whose list of alternatives, or that of an inline part of its `allOf`, has this place.
fn owner_of_list(place: &Node) -> Option<Node> {
    let list = place.parent();
    let mut owner = matches!(list.pointer.last(), Some("oneOf" | "anyOf")).then(|| list.parent())?;
    while owner.parent().pointer.last() == Some("allOf") {
        owner = owner.parent().parent();
    }
    Some(owner)
}

/// The value of a set that has one value.
pub(in crate::lower) fn only_value(values: &HashSet<Scalar>) -> Option<&Scalar> {
    let mut values = values.iter();
    values.next().filter(|_| values.next().is_none())
}
