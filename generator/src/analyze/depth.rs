//! How deeply types are nested. To check a trait of the outermost type, the compiler goes through all levels, so the emitted crate's
//! `recursion_limit` depends on the depth.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;

use super::cycles::graph;
use crate::ir::{Api, ModelId, Type};

/// The greatest nesting depth of types. In a cycle, every type counts once.
pub(super) fn deepest(api: &Api) -> usize {
    let holds = graph(api, |model, held| {
        model.types().into_iter().for_each(|ty| ty.each_model(&mut |id| held.push(id)));
    });
    let mut depths: HashMap<usize, usize> = HashMap::new();
    // Each component comes after those that it leads to.
    for component in kosaraju_scc(&holds) {
        let below = component.iter().flat_map(|id| holds.neighbors(*id)).filter_map(|id| depths.get(&id)).max();
        let below = below.copied().unwrap_or_default();
        let own: usize = component.iter().map(|id| own_depth(api, ModelId(*id))).sum();
        depths.extend(component.into_iter().map(|id| (id, own + below)));
    }
    let models = depths.values().copied().max().unwrap_or_default();
    let types = api.operations.iter().flat_map(|operation| operation.types()).map(nesting).max().unwrap_or_default();
    models + types
}

/// One level for a model, and one for each list, map or option in its types.
fn own_depth(api: &Api, id: ModelId) -> usize {
    1 + api.model(id).kind.types().into_iter().map(nesting).max().unwrap_or_default()
}

/// An upper bound for how many lists, maps and options are around another type.
fn nesting(ty: &Type) -> usize {
    let mut count = 0;
    ty.each(&mut |_| count += 1);
    count - 1
}
