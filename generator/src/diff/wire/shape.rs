//! What a schema looks like, as a number: equal numbers, equal shapes, whatever the names of the components.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::at::At;
use super::graph::Terms;
use super::view::View;

/// How many levels down schemas are told apart.
pub(super) const DEEP: usize = 4;

/// The shape of a view, down to some levels.
pub(super) fn shape<'d>(terms: &mut Terms<'d>, view: &Rc<View<'d>>, depth: usize) -> u64 {
    let known = (Rc::as_ptr(view).addr(), depth);
    if let Some(shape) = terms.shapes.get(&known) {
        return *shape;
    }
    let mut hasher = DefaultHasher::new();
    own(view, &mut hasher);
    if depth > 0 {
        let mut names: Vec<&str> = view.properties.keys().copied().collect();
        names.sort_unstable();
        for name in names {
            (name, view.required.contains_key(name)).hash(&mut hasher);
            let term = view.properties.get(name).cloned().unwrap_or_default();
            inner(terms, term, depth, &mut hasher);
        }
        for key in ["items", "additionalProperties"] {
            key.hash(&mut hasher);
            inner(terms, view.schemas(key), depth, &mut hasher);
        }
        for at in view.alternatives.iter().flat_map(|list| &list.members) {
            inner(terms, vec![at.clone()], depth, &mut hasher);
        }
    }
    let shape = hasher.finish();
    // The view is kept, so that no other can come to have its address.
    terms.kept.push(view.clone());
    terms.shapes.insert(known, shape);
    shape
}

fn inner<'d>(terms: &mut Terms<'d>, term: Vec<At<'d>>, depth: usize, hasher: &mut DefaultHasher) {
    if !term.is_empty() {
        let view = terms.view_of(term);
        shape(terms, &view, depth.saturating_sub(1)).hash(hasher);
    }
}

/// What a view says of the value itself.
fn own(view: &View<'_>, hasher: &mut DefaultHasher) {
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
