//! For a part of a document: keeps only the models to which its operations and webhooks lead.
//!
//! Takes an [`Api`], gives one without the models that only the lowering of others needed: bases of an `allOf`, bodies of media types
//! that are not emitted.

use std::collections::HashSet;

use crate::ir::{Api, ModelId, Operation, Type};

/// The API without models to which nothing leads. The others keep their order.
pub(super) fn only_reached(mut api: Api) -> Api {
    let reached = reached(&api);
    let mut count = 0;
    let ids: Vec<Option<ModelId>> = (0..api.models.len())
        .map(|index| {
            let id = reached.contains(&ModelId(index)).then_some(ModelId(count));
            count += usize::from(id.is_some());
            id
        })
        .collect();
    let mut kept = ids.iter();
    api.models.retain(|_| kept.next().is_some_and(Option::is_some));
    let models = api.models.iter_mut().flat_map(|model| model.kind.types_mut());
    let webhooks = api.webhooks.received.iter_mut().chain(&mut api.webhooks.sent);
    let operations = api.operations.iter_mut().flat_map(Operation::types_mut);
    models.chain(webhooks).chain(operations).for_each(|ty| renumber(ty, &ids));
    api
}

fn reached(api: &Api) -> HashSet<ModelId> {
    let mut reached = HashSet::new();
    let operations = api.operations.iter().flat_map(Operation::types);
    let webhooks = api.webhooks.received.iter().chain(&api.webhooks.sent);
    operations.chain(webhooks).for_each(|ty| api.reach(ty, &mut reached));
    reached
}

fn renumber(ty: &mut Type, ids: &[Option<ModelId>]) {
    let known = |id: ModelId| ids.get(id.0).copied().flatten().map(Type::Model);
    if let Some(replaced) = ty.replaced(&mut |id| known(id)) {
        *ty = replaced;
    }
}
