//! The JSON bodies of an API's operations, with the types from which they are written and into which they are read.
//!
//! Takes a plan, gives a list for tools that try emitted code on a document's examples. Emitted files do not depend on it.

use crate::analyze::Plan;
use crate::emit::Uses;
use crate::emit::ty::{SIBLING, ty};
use crate::ir::{BodyKind, Statuses, Type};
use crate::node::Node;

/// A JSON body of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonBody {
    /// Where the operation is.
    pub operation: Node,
    /// The key of the response that has the body. `None` for the body of a request.
    pub response: Option<String>,
    /// The media type that is emitted, with the parameters that are sent.
    pub media_type: String,
    /// The type, as it is written where the models, the runtime and the names of other crates are in scope.
    pub ty: String,
}

/// The bodies of all operations that are read or written as JSON.
pub(crate) fn json_bodies(plan: &Plan<'_>) -> Vec<JsonBody> {
    let mut bodies = Vec::new();
    for operation in &plan.api.operations {
        let body = |response: Option<Statuses>, media_type: &str, ty: &Type| JsonBody {
            operation: operation.node.clone(),
            response: response.map(|statuses| statuses.to_string()),
            media_type: media_type.to_owned(),
            ty: text(plan, ty),
        };
        let sent = operation.body.iter().filter(|sent| sent.kind == BodyKind::Json);
        bodies.extend(sent.map(|sent| body(None, &sent.media_type, &sent.ty)));
        let received = operation.successes.iter().chain(&operation.failures);
        bodies.extend(
            received.filter(|received| received.kind == BodyKind::Json).filter_map(|received| {
                Some(body(Some(received.statuses), received.media_type.as_deref()?, &received.ty))
            }),
        );
    }
    bodies
}

fn text(plan: &Plan<'_>, of: &Type) -> String {
    ty(plan, of, SIBLING, &mut Uses::default()).to_string()
}
