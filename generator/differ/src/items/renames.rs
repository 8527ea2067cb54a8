//! Which new model replaces a model whose name is gone.
//!
//! First comes the model at the same place of the document, then the only model with the same shape. A model that keeps its name is never
//! paired with another.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use generator::emit::ItemKind;
use generator::emit::item::{Item, Meaning, Written};
use generator::ir::{ModelId, Type};

use super::Crate;
use super::types::own_model;

/// What a model looks like, without the names of the models in it.
type Shape<'a> = (ItemKind, &'a Meaning<'a>, Vec<(&'a Meaning<'a>, Option<Written>)>);

/// The pairs of old and new models whose names differ.
pub(super) fn renamed(old: &Crate<'_>, new: &Crate<'_>) -> HashMap<ModelId, ModelId> {
    let (mut gone, mut fresh) = (missing(old, new), missing(new, old));
    let mut pairs = HashMap::new();
    let place = |item: &Item<'_>| own_model(item).map(|id| (old.plan.api.model(id).node.clone(), item.kind));
    let place_now = |item: &Item<'_>| own_model(item).map(|id| (new.plan.api.model(id).node.clone(), item.kind));
    pair_up(&mut gone, &mut fresh, place, place_now, &mut pairs);
    pair_up(&mut gone, &mut fresh, shape, shape, &mut pairs);
    pairs
}

/// The models of a crate whose names another one lacks.
fn missing<'i>(own: &'i Crate<'_>, other: &Crate<'_>) -> Vec<&'i Item<'i>> {
    let known: HashSet<&str> = other.types.iter().map(|item| item.name.as_ref()).collect();
    let models = own.types.iter().filter(|item| own_model(item).is_some());
    models.filter(|item| !known.contains(item.name.as_ref())).collect()
}

/// Pairs models whose key is unique in both crates.
fn pair_up<'i, K: Eq + Hash>(
    gone: &mut Vec<&'i Item<'i>>,
    fresh: &mut Vec<&'i Item<'i>>,
    old_key: impl Fn(&'i Item<'i>) -> Option<K>,
    new_key: impl Fn(&'i Item<'i>) -> Option<K>,
    pairs: &mut HashMap<ModelId, ModelId>,
) {
    let mut known: HashMap<K, (Vec<ModelId>, Vec<ModelId>)> = HashMap::new();
    for item in gone.iter() {
        old_key(item).into_iter().for_each(|key| known.entry(key).or_default().0.extend(own_model(item)));
    }
    for item in fresh.iter() {
        new_key(item).into_iter().for_each(|key| known.entry(key).or_default().1.extend(own_model(item)));
    }
    pairs.extend(known.into_values().filter_map(|both| match (both.0.as_slice(), both.1.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    }));
    let taken: HashSet<ModelId> = pairs.values().copied().collect();
    gone.retain(|item| own_model(item).is_none_or(|id| !pairs.contains_key(&id)));
    fresh.retain(|item| own_model(item).is_none_or(|id| !taken.contains(&id)));
}

/// What a model looks like. `None` if that is too little to recognize it.
fn shape<'i>(item: &'i Item<'i>) -> Option<Shape<'i>> {
    let is_part = |part: &&Item<'_>| matches!(part.kind, ItemKind::Field | ItemKind::Variant);
    let parts = item.inside.iter().filter(is_part).map(|part| (&part.meaning, part.held().and_then(alike)));
    let mut parts: Vec<_> = parts.collect();
    parts.sort();
    parts.iter().any(|(meaning, _)| **meaning != Meaning::Rest).then_some((item.kind, &item.meaning, parts))
}

/// A type with all model names replaced by one.
fn alike(held: &Written) -> Option<Written> {
    held.map(&|ty| ty.replaced(&mut |_| Some(Type::Model(ModelId(0)))))
}
