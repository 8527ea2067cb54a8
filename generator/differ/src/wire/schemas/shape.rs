//! Gives a number for a schema. Two schemas with the same number count as equal. The names of components do not matter.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::wire::located::Located;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::schemas::sets::SchemaSets;

/// How many levels down schemas are told apart.
pub(in crate::wire) const DEEP: usize = 4;

/// The shape of a view, down to some levels.
pub(in crate::wire) fn shape<'d>(sets: &mut SchemaSets<'d>, view: &Rc<LocatedSchema<'d>>, depth: usize) -> u64 {
    let known = (Rc::as_ptr(view).addr(), depth);
    if let Some(shape) = sets.shapes.get(&known) {
        return *shape;
    }
    let mut hasher = DefaultHasher::new();
    own(view, &mut hasher);
    if depth > 0 {
        let mut names: Vec<&str> = view.properties.keys().copied().collect();
        names.sort_unstable();
        for name in names {
            (name, view.required.contains_key(name)).hash(&mut hasher);
            let set = view.properties.get(name).cloned().unwrap_or_default();
            inner(sets, set, depth, &mut hasher);
        }
        for key in ["items", "additionalProperties"] {
            key.hash(&mut hasher);
            inner(sets, view.schemas(key), depth, &mut hasher);
        }
        for at in view.alternatives.iter().flat_map(|list| &list.members) {
            inner(sets, vec![at.clone()], depth, &mut hasher);
        }
    }
    let shape = hasher.finish();
    // The view is kept, so that another view cannot get its address.
    sets.kept.push(view.clone());
    sets.shapes.insert(known, shape);
    shape
}

fn inner<'d>(sets: &mut SchemaSets<'d>, set: Vec<Located<'d>>, depth: usize, hasher: &mut DefaultHasher) {
    if !set.is_empty() {
        let view = sets.view_of(set);
        shape(sets, &view, depth.saturating_sub(1)).hash(hasher);
    }
}

/// What a view says about the value itself.
fn own(view: &LocatedSchema<'_>, hasher: &mut DefaultHasher) {
    let mut types = view.types.clone();
    types.iter_mut().for_each(|types| types.sort_unstable_by_key(|ty| ty.name()));
    (types, view.nullable).hash(hasher);
    let mut values: Option<Vec<String>> =
        view.values.as_ref().map(|values| values.iter().map(|value| value.to_string()).collect());
    values.iter_mut().for_each(|values| values.sort_unstable());
    values.hash(hasher);
    for key in ["format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] {
        view.keyword(key).map(|(_, value)| value.to_string()).hash(hasher);
    }
    if let Some((_, value)) = view.keyword("additionalProperties").filter(|(_, value)| value.is_boolean()) {
        value.to_string().hash(hasher);
    }
}
