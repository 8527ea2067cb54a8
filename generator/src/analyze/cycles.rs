//! Recursive types: where a type must be boxed, and which aliases must be types of their own.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::ir::{Api, ModelId, ModelKind, Type};

/// Where the types of an API are recursive.
#[derive(Debug, Default)]
pub struct Cycles {
    /// For each model that contains itself by value, the number of its cycle.
    cycle: HashMap<ModelId, usize>,
    /// Aliases that must be types of their own.
    newtypes: HashSet<ModelId>,
}

impl Cycles {
    pub(super) fn of(api: &Api) -> Self {
        let by_value = graph(api, |model, edges| {
            model.types().into_iter().for_each(|ty| held(ty, &mut |id| edges.push(id)));
        });
        let is_alias = |id: ModelId| matches!(api.model(id).kind, ModelKind::Alias(_));
        let aliases = graph(api, |model, edges| {
            if let ModelKind::Alias(ty) = model {
                ty.each_model(&mut |id| edges.extend(is_alias(id).then_some(id)));
            }
        });
        let mut cycles = Self::default();
        for (number, members) in recursive(&by_value).into_iter().enumerate() {
            cycles.cycle.extend(members.into_iter().map(|id| (ModelId(id), number)));
        }
        cycles.newtypes = recursive(&aliases).into_iter().flatten().map(ModelId).collect();
        cycles.newtypes.extend(api.models().filter(|(_, model)| is_short(&model.kind)).map(|(id, _)| id));
        cycles
    }

    /// Whether `holder` must box what it holds of `held`.
    pub fn is_boxed(&self, holder: ModelId, held: ModelId) -> bool {
        self.cycle.get(&holder).is_some_and(|cycle| self.cycle.get(&held) == Some(cycle))
    }

    /// Whether a model contains itself by value. A tuple must box such an element.
    pub fn is_recursive(&self, id: ModelId) -> bool {
        self.cycle.contains_key(&id)
    }

    /// Whether an alias must be a type of its own. It must if it leads back to itself. It also must if it holds a tuple whose last elements
    /// may be missing, because serde reads tuples of only one length.
    pub fn is_newtype(&self, id: ModelId) -> bool {
        self.newtypes.contains(&id)
    }
}

/// Whether a model is an alias of a type with a tuple whose last elements may be missing.
fn is_short(model: &ModelKind) -> bool {
    let ModelKind::Alias(ty) = model else { return false };
    let mut found = false;
    ty.each(&mut |ty| found |= matches!(ty, Type::Tuple { elements, least } if *least < elements.len()));
    found
}

/// The models of an API as a graph. `edges_of` gives the models to which each model leads.
pub(super) fn graph(api: &Api, edges_of: impl Fn(&ModelKind, &mut Vec<ModelId>)) -> DiGraphMap<usize, ()> {
    let mut graph = DiGraphMap::new();
    for (id, model) in api.models() {
        graph.add_node(id.0);
        let mut edges = Vec::new();
        edges_of(&model.kind, &mut edges);
        edges.into_iter().for_each(|to| {
            graph.add_edge(id.0, to.0, ());
        });
    }
    graph
}

/// The strongly connected components that hold a cycle.
fn recursive(graph: &DiGraphMap<usize, ()>) -> Vec<Vec<usize>> {
    let is_cycle = |members: &Vec<usize>| match members.as_slice() {
        [only] => graph.contains_edge(*only, *only),
        _ => true,
    };
    kosaraju_scc(graph).into_iter().filter(is_cycle).collect()
}

/// Calls `visit` with the models that a value of the type holds in place. Lists and maps hold their values elsewhere in memory.
fn held(ty: &Type, visit: &mut impl FnMut(ModelId)) {
    match ty {
        Type::Model(id) => visit(*id),
        Type::Nullable(inner) => held(inner, visit),
        Type::Tuple { elements, .. } => elements.iter().for_each(|element| held(element, visit)),
        _ => {}
    }
}
