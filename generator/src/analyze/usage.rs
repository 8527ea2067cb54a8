//! Which way each model travels: in requests, in replies, or both.

use std::collections::HashSet;

use crate::ir::{Api, BodyKind, ModelId, ModelKind, Type};

/// The models that travel each way.
#[derive(Debug, Default)]
pub struct Usage {
    /// What callers make.
    sent: HashSet<ModelId>,
    /// What of it is written as JSON: all but the forms whose members are parts.
    written: HashSet<ModelId>,
    received: HashSet<ModelId>,
    /// The models that no operation mentions: they go both ways, since a user may want them for anything.
    free: HashSet<ModelId>,
}

impl Usage {
    pub(super) fn of(api: &Api) -> Self {
        let mut usage = Self::default();
        for operation in &api.operations {
            for ty in operation.parameters.iter().map(|parameter| &parameter.ty) {
                reach(api, ty, &mut usage.sent);
                reach(api, ty, &mut usage.written);
            }
            if let Some(body) = &operation.body {
                reach(api, &body.ty, &mut usage.sent);
                match body.kind {
                    BodyKind::Multipart => {
                        parts(api, &body.ty, &mut |part| reach(api, part, &mut usage.written));
                    }
                    _ => reach(api, &body.ty, &mut usage.written),
                }
            }
            let outcomes = operation.successes.iter().chain(&operation.failures).map(|outcome| &outcome.ty);
            let headers = operation.headers.iter().map(|header| &header.ty);
            let streamed = operation.events.iter().chain(operation.items.iter().map(|items| &items.ty));
            outcomes.chain(streamed).chain(headers).for_each(|ty| reach(api, ty, &mut usage.received));
        }
        let is_free = |id: &ModelId| !usage.sent.contains(id) && !usage.received.contains(id);
        let free: Vec<ModelId> = api.models().map(|(id, _)| id).filter(is_free).collect();
        // What a free model mentions must go both ways as well.
        for id in free {
            reach(api, &Type::Model(id), &mut usage.free);
        }
        // After the free ones have been found: a webhook's model that no operation mentions still goes both ways.
        for ty in &api.webhooks.received {
            reach(api, ty, &mut usage.received);
        }
        for ty in &api.webhooks.sent {
            reach(api, ty, &mut usage.sent);
            reach(api, ty, &mut usage.written);
        }
        usage
    }

    /// Whether requests hold it.
    pub fn is_sent(&self, id: ModelId) -> bool {
        self.sent.contains(&id) || self.free.contains(&id)
    }

    /// Whether requests hold it as JSON.
    pub fn is_written(&self, id: ModelId) -> bool {
        self.written.contains(&id) || self.free.contains(&id)
    }

    /// Whether replies hold it.
    pub fn is_received(&self, id: ModelId) -> bool {
        self.received.contains(&id) || self.free.contains(&id)
    }
}

/// Calls `visit` with the types of a form's members.
fn parts(api: &Api, ty: &Type, visit: &mut impl FnMut(&Type)) {
    if let Some(id) = form(api, ty) {
        api.model(id).kind.types().into_iter().for_each(visit);
    }
}

/// The structure that a form is of.
fn form(api: &Api, ty: &Type) -> Option<ModelId> {
    let mut ty = ty;
    while let Type::Model(id) = ty {
        match &api.model(*id).kind {
            ModelKind::Alias(inner) => ty = inner,
            _ => return Some(*id),
        }
    }
    None
}

/// Adds every model that a type leads to. One that is there already has brought along what it leads to.
fn reach(api: &Api, ty: &Type, reached: &mut HashSet<ModelId>) {
    let mut pending = Vec::new();
    ty.each_model(&mut |id| pending.push(id));
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            for ty in api.model(id).kind.types() {
                ty.each_model(&mut |id| pending.push(id));
            }
        }
    }
}
