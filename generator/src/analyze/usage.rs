//! Which way each model travels: in requests, in replies, or both.

use std::collections::HashSet;

use crate::ir::{Api, ModelId, Type};

/// The models that travel each way.
#[derive(Debug, Default)]
pub struct Usage {
    sent: HashSet<ModelId>,
    received: HashSet<ModelId>,
    /// The models that no operation mentions: they go both ways, since a user may want them for anything.
    free: HashSet<ModelId>,
}

impl Usage {
    pub(super) fn of(api: &Api) -> Self {
        let mut usage = Self::default();
        for operation in &api.operations {
            for parameter in &operation.parameters {
                reach(api, &parameter.ty, &mut usage.sent);
            }
            if let Some(body) = &operation.body {
                reach(api, &body.ty, &mut usage.sent);
            }
            for outcome in operation.successes.iter().chain(&operation.failures) {
                reach(api, &outcome.ty, &mut usage.received);
            }
        }
        for (id, _) in api.models() {
            if !usage.sent.contains(&id) && !usage.received.contains(&id) {
                usage.free.insert(id);
            }
        }
        // What a free model mentions must go both ways as well.
        for id in usage.free.clone() {
            reach(api, &Type::Model(id), &mut usage.free);
        }
        usage
    }

    /// Whether requests hold it.
    pub fn is_sent(&self, id: ModelId) -> bool {
        self.sent.contains(&id) || self.free.contains(&id)
    }

    /// Whether replies hold it.
    pub fn is_received(&self, id: ModelId) -> bool {
        self.received.contains(&id) || self.free.contains(&id)
    }
}

/// Adds every model that a type leads to.
fn reach(api: &Api, ty: &Type, reached: &mut HashSet<ModelId>) {
    let mut pending = Vec::new();
    ty.each_model(&mut |id| pending.push(id));
    // A free model is in the set from the start, but what it mentions may not be.
    let mut visited = HashSet::new();
    while let Some(id) = pending.pop() {
        if visited.insert(id) {
            reached.insert(id);
            for ty in api.model(id).kind.types() {
                ty.each_model(&mut |id| pending.push(id));
            }
        }
    }
}
