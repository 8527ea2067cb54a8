//! Which operations' replies have the same headers: those share one type.

use std::collections::HashMap;

use crate::ir::{Api, Header, OperationId};

/// For each operation with headers, the first one that has the same.
#[derive(Debug, Default)]
pub struct Headers {
    owners: HashMap<OperationId, OperationId>,
}

impl Headers {
    pub(super) fn of(api: &Api) -> Self {
        let mut first: HashMap<&[Header], OperationId> = HashMap::new();
        let with_headers = api.operations().filter(|(_, operation)| !operation.headers.is_empty());
        let owners = with_headers.map(|(id, operation)| {
            let owner = *first.entry(operation.headers.as_slice()).or_insert(id);
            (id, owner)
        });
        Self { owners: owners.collect() }
    }

    /// The operation whose headers' type an operation has; none without headers.
    pub fn owner(&self, id: OperationId) -> Option<OperationId> {
        self.owners.get(&id).copied()
    }
}
