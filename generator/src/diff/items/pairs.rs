//! Which model has taken the place of one whose name is gone.
//!
//! First what stands at the same place of the document, then what alone has the same shape. A model that keeps its name is
//! never paired with another.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::mem::discriminant;

use super::text;
use crate::analyze::Plan;
use crate::ir::{Label, Model, ModelId, ModelKind, Type};

/// The types' names of a plan, other places' names included.
pub(super) fn names<'a>(plan: &'a Plan<'a>) -> HashMap<&'a str, ModelId> {
    let own = plan.api.models().map(|(id, _)| (plan.names.model(id).ty.as_str(), id));
    own.chain(plan.names.aliases.iter().map(|alias| (alias.name.as_str(), alias.model))).collect()
}

/// The pairs of old and new models whose names differ.
pub(super) fn renamed(old: &Plan<'_>, new: &Plan<'_>) -> HashMap<ModelId, ModelId> {
    let (old_names, new_names) = (names(old), names(new));
    let gone = |id: &ModelId| !new_names.contains_key(old.names.model(*id).ty.as_str());
    let fresh = |id: &ModelId| !old_names.contains_key(new.names.model(*id).ty.as_str());
    let mut gone: Vec<ModelId> = old.api.models().map(|(id, _)| id).filter(gone).collect();
    let mut fresh: Vec<ModelId> = new.api.models().map(|(id, _)| id).filter(fresh).collect();
    let mut pairs = HashMap::new();
    let by_place = |plan: &Plan<'_>, id: ModelId| {
        let model = plan.api.model(id);
        Some((model.node.clone(), discriminant(&model.kind)))
    };
    pair_up((old, &mut gone), (new, &mut fresh), by_place, &mut pairs);
    pair_up((old, &mut gone), (new, &mut fresh), shape, &mut pairs);
    pairs
}

/// Pairs those that alone have a key on both sides.
fn pair_up<K: Eq + Hash>(
    (old, gone): (&Plan<'_>, &mut Vec<ModelId>),
    (new, fresh): (&Plan<'_>, &mut Vec<ModelId>),
    key: impl Fn(&Plan<'_>, ModelId) -> Option<K>,
    pairs: &mut HashMap<ModelId, ModelId>,
) {
    let mut known: HashMap<K, (Vec<ModelId>, Vec<ModelId>)> = HashMap::new();
    for id in gone.iter() {
        key(old, *id).into_iter().for_each(|key| known.entry(key).or_default().0.push(*id));
    }
    for id in fresh.iter() {
        key(new, *id).into_iter().for_each(|key| known.entry(key).or_default().1.push(*id));
    }
    pairs.extend(known.into_values().filter_map(|both| match (both.0.as_slice(), both.1.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    }));
    let taken: HashSet<ModelId> = pairs.values().copied().collect();
    gone.retain(|id| !pairs.contains_key(id));
    fresh.retain(|id| !taken.contains(id));
}

/// What a model looks like, whatever the models in it are called; none where that says too little to know it again.
fn shape(plan: &Plan<'_>, id: ModelId) -> Option<String> {
    let model: &Model = plan.api.model(id);
    let words: Vec<String> = match &model.kind {
        ModelKind::Struct(structure) if structure.fields.is_empty() => return None,
        ModelKind::Struct(structure) => {
            let field = |field: &crate::ir::Field| format!("{} {} {}", field.wire, field.required, held(&field.ty));
            structure.fields.iter().map(field).chain(structure.additional.as_ref().map(held)).collect()
        }
        ModelKind::Enumeration(enumeration) => {
            enumeration.values.iter().map(|value| text::constant(&value.wire)).collect()
        }
        ModelKind::Union(union) => {
            let label = |label: &Label| match label {
                Label::Words(words) => words.clone(),
                Label::Type => String::new(),
            };
            union.branches.iter().map(|branch| format!("{} {}", label(&branch.label), held(&branch.ty))).collect()
        }
        ModelKind::Alias(_) => return None,
    };
    let mut words = words;
    words.sort();
    Some(format!("{:?} {}", discriminant(&model.kind), words.join("\n")))
}

/// A type with all models alike.
fn held(ty: &Type) -> String {
    match ty {
        Type::Model(_) => "model".to_owned(),
        Type::Array(inner) => format!("[{}]", held(inner)),
        Type::Map(inner) => format!("{{{}}}", held(inner)),
        Type::Nullable(inner) => format!("{}?", held(inner)),
        Type::Tuple { elements, .. } => elements.iter().map(held).collect::<Vec<_>>().join(", "),
        other => format!("{other:?}"),
    }
}
