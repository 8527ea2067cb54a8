//! The changes on the wire by their places.

use std::collections::{BTreeMap, HashSet};

use generator::document::Document;
use generator::limits::MAX_ITEM_TARGETS;
use generator::node::Node;

use crate::change::{Difference, ItemChange, WireChange};
use crate::join::referrers::Referrers;
use crate::lowered::LoweredDocument;
use crate::rules::{Edit, Effect};
use crate::verdict::Verdict;

/// Changes on the wire, to look up by node.
pub(super) struct Index<'a> {
    wire: &'a [WireChange],
    old: BTreeMap<&'a Node, Vec<usize>>,
    new: BTreeMap<&'a Node, Vec<usize>>,
    sides: [&'a Document; 2],
    referrers: [Referrers<'a>; 2],
}

impl<'a> Index<'a> {
    pub(super) fn new(wire: &'a [WireChange], old: &'a LoweredDocument, new: &'a LoweredDocument) -> Self {
        let sides = [&old.document, &new.document];
        let referrers = sides.map(Referrers::new);
        let mut index = Self { wire, old: BTreeMap::new(), new: BTreeMap::new(), sides, referrers };
        for (number, change) in wire.iter().enumerate() {
            change.old.iter().for_each(|node| index.old.entry(node).or_default().push(number));
            change.new.iter().for_each(|node| index.new.entry(node).or_default().push(number));
            for (old, new) in &change.more {
                old.iter().for_each(|node| index.old.entry(node).or_default().push(number));
                new.iter().for_each(|node| index.new.entry(node).or_default().push(number));
            }
        }
        index
    }

    /// The change to which an item belongs.
    pub(super) fn owner(&self, item: &ItemChange) -> Option<usize> {
        let sides = [(&self.old, &item.old, self.sides[0]), (&self.new, &item.new, self.sides[1])];
        let sides = || sides.iter().filter_map(|(known, node, document)| Some((*known, node.as_ref()?, *document)));
        let at = || sides().flat_map(|(known, node, _)| known.get(node).into_iter().flatten().copied()).collect();
        let below = || sides().flat_map(|(known, node, _)| below(known, node)).collect();
        let referred = || sides().flat_map(|(known, node, document)| referred(known, node, document)).collect();
        let around = || {
            let levels = sides().flat_map(|(known, node, _)| around(known, node));
            levels.into_iter().find_map(|level| self.best_owner(item, level, true))
        };
        let at: Vec<usize> = at();
        self.best_owner(item, at, false)
            .or_else(|| self.best_owner(item, below(), false))
            .or_else(|| self.best_owner(item, referred(), false))
            .or_else(around)
            .or_else(|| self.use_of(item))
            .or_else(|| self.taken(item))
    }

    /// The change that added or removed a use of the schema from which an item is made.
    fn use_of(&self, item: &ItemChange) -> Option<usize> {
        let whole = |known: &BTreeMap<&Node, Vec<usize>>, place: &Node, is_whole: fn(&WireChange, &Node) -> bool| {
            let at = known.get(place).cloned().unwrap_or_default();
            at.into_iter()
                .chain(around(known, place).into_iter().flatten())
                .find(|number| self.wire.get(*number).is_some_and(|change| is_whole(change, place)))
        };
        let [old, new] = &self.referrers;
        let gone = |place: &Node| {
            whole(&self.old, place, |change, place| {
                change.new.is_none()
                    || change.more.iter().any(|(old, new)| new.is_none() && old.as_ref() == Some(place))
            })
        };
        let added = |place: &Node| {
            whole(&self.new, place, |change, place| {
                change.old.is_none()
                    || change.more.iter().any(|(old, new)| old.is_none() && new.as_ref() == Some(place))
            })
        };
        let gone = item.old.as_ref().and_then(|node| old.nearest(node, gone));
        gone.or_else(|| item.new.as_ref().and_then(|node| new.nearest(node, added)))
    }

    /// The change that added the schema at the item's new place, or removed the one at its old place.
    fn taken(&self, item: &ItemChange) -> Option<usize> {
        let whole = |known: &BTreeMap<&Node, Vec<usize>>, node: &Option<Node>, is_whole: fn(&WireChange) -> bool| {
            let node = node.as_ref()?;
            let levels = around(known, node);
            let at = known.get(node).into_iter().flatten().copied().chain(levels.into_iter().flatten());
            at.into_iter().find(|number| self.wire.get(*number).is_some_and(is_whole))
        };
        if item.before.is_none() || item.after.is_none() {
            return None;
        }
        let brought = whole(&self.new, &item.new, |change| change.old.is_none());
        brought.or_else(|| whole(&self.old, &item.old, |change| change.new.is_none()))
    }

    /// The change that fits best to what happened to the item, by its rule, its names and its verdict.
    fn best_owner(&self, item: &ItemChange, candidates: Vec<usize>, is_around: bool) -> Option<usize> {
        let mut seen = HashSet::new();
        let fits = |number: &usize| {
            let change = self.wire.get(*number)?;
            let (gone, added) = (change.new.is_none(), change.old.is_none());
            // A change at a node that contains the item changes the item only if the whole node comes or goes, or gets another name.
            let renamed = change.rule.effect == Effect::Names;
            let moved = item.difference == Difference::Renamed && (gone || added);
            let came = (gone && item.after.is_none()) || (added && item.before.is_none());
            // If a schema moves into a component or out of one, what is inside moves with it.
            let inside = change.rule.edit != Edit::Changed && !change.more.is_empty();
            let whole = !is_around || renamed || moved || came || inside;
            let likeness = u8::from(gone == item.after.is_none()) + u8::from(added == item.before.is_none());
            let harm = change.wire == item.verdict && item.verdict != Verdict::Compatible;
            whole.then_some((
                change.rule.is_typed(),
                is_named(change, item),
                same_direction(change, item),
                likeness,
                harm,
            ))
        };
        let ranked = candidates.into_iter().filter(|number| seen.insert(*number));
        let ranked = ranked.filter_map(|number| Some((fits(&number)?, number)));
        ranked.max_by_key(|(rank, number)| (*rank, std::cmp::Reverse(*number))).map(|(_, number)| number)
    }
}

/// Whether the change and the item were both removed, or both added.
fn same_direction(change: &WireChange, item: &ItemChange) -> bool {
    match change.rule.edit {
        Edit::Removed => item.after.is_none(),
        Edit::Added => item.before.is_none(),
        Edit::Changed => false,
    }
}

/// Whether the value before or after a change has the item's name, such as a value that was added to a list.
fn is_named(change: &WireChange, item: &ItemChange) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let name = letters(&item.name);
    let side = |text: &Option<String>| text.as_deref().is_some_and(|text| letters(text) == name);
    let (before, after) = (item.before.is_some() && side(&change.before), item.after.is_some() && side(&change.after));
    before || after
}

/// The changes inside a node.
fn below(known: &BTreeMap<&Node, Vec<usize>>, node: &Node) -> Vec<usize> {
    let inside = known.range::<&Node, _>(node..).skip_while(|(at, _)| **at == node);
    let inside = inside.take_while(|(at, _)| at.is_in(node));
    inside.flat_map(|(_, numbers)| numbers.iter().copied()).collect()
}

/// The changes at the nodes that contain this one, the nearest first.
fn around(known: &BTreeMap<&Node, Vec<usize>>, node: &Node) -> Vec<Vec<usize>> {
    node.upward().skip(1).filter_map(|at| known.get(&at).cloned()).collect()
}

/// The changes at or inside the schemas to which the schema at a node refers. Takes only the nearest of these schemas that have changes.
fn referred(known: &BTreeMap<&Node, Vec<usize>>, node: &Node, document: &Document) -> Vec<usize> {
    let (mut pending, mut seen) = (vec![node.clone()], HashSet::new());
    while !pending.is_empty() && seen.len() < MAX_ITEM_TARGETS {
        let targets = std::mem::take(&mut pending).into_iter().flat_map(|node| references(document, &node));
        pending = targets.filter(|target| seen.insert(target.clone())).collect();
        let found = pending.iter().flat_map(|target| {
            let at = known.get(target).into_iter().flatten().copied();
            at.chain(below(known, target)).collect::<Vec<_>>()
        });
        let found: Vec<usize> = found.collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The targets of the references in a schema or an operation. The schemas of properties are left out, because they belong to other items.
fn references(document: &Document, node: &Node) -> Vec<Node> {
    let Some(value) = document.value(node) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(target) = value.get("$ref").and_then(|text| text.as_str()) {
        found.extend(document.target(node, target));
    }
    for key in ["items", "additionalProperties", "schema", "requestBody"] {
        if value.get(key).is_some_and(serde_json::Value::is_object) {
            found.extend(references(document, &node.join(key)));
        }
    }
    for key in ["allOf", "oneOf", "anyOf", "prefixItems", "parameters"] {
        let parts = value.get(key).and_then(|parts| parts.as_array()).map_or(0, Vec::len);
        found.extend((0..parts).flat_map(|index| references(document, &node.join(key).join(index))));
    }
    for key in ["content", "responses", "headers"] {
        let members = value.get(key).and_then(|members| members.as_object()).into_iter().flatten();
        found.extend(members.flat_map(|(name, _)| references(document, &node.join(key).join(name))));
    }
    found
}
