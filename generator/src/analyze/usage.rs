//! In which direction each model travels. A model that callers make has a constructor. A model that they get can be built empty.

use std::collections::HashSet;

use crate::ir::{Api, ModelId};

/// The models of each direction.
#[derive(Debug, Default)]
pub struct Usage {
    sent: HashSet<ModelId>,
    received: HashSet<ModelId>,
}

impl Usage {
    pub(super) fn of(api: &Api) -> Self {
        let mut usage = Self::default();
        for operation in &api.operations {
            let sent = operation.parameters.iter().map(|parameter| &parameter.ty);
            sent.chain(operation.body.iter().map(|body| &body.ty)).for_each(|ty| api.reach(ty, &mut usage.sent));
            let outcomes = operation.successes.iter().chain(&operation.failures).map(|outcome| &outcome.ty);
            let headers = operation.headers.iter().map(|header| &header.ty);
            let streamed = operation.events.iter().chain(operation.items.iter().map(|items| &items.ty));
            outcomes.chain(streamed).chain(headers).for_each(|ty| api.reach(ty, &mut usage.received));
        }
        api.webhooks.received.iter().for_each(|ty| api.reach(ty, &mut usage.received));
        api.webhooks.sent.iter().for_each(|ty| api.reach(ty, &mut usage.sent));
        usage
    }

    /// Whether requests hold it.
    pub fn is_sent(&self, id: ModelId) -> bool {
        self.sent.contains(&id)
    }

    /// Whether replies hold it, or neither requests nor replies do.
    pub fn is_received(&self, id: ModelId) -> bool {
        self.received.contains(&id) || !self.is_sent(id)
    }
}
