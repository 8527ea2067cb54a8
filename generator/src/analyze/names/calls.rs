//! The names of what a caller calls: operations with their parameters and replies, and the `with_` methods of the client.

use super::{OperationNames, setter_name};
use crate::analyze::ident::{RESERVED_TYPES, USED_BY_OPERATIONS, snake_name, type_name};
use crate::analyze::scope::{Scope, assign};
use crate::ir::{Api, Header, Operation, Outcome, Parameter, Statuses};

/// Methods of every call, beside those: a parameter's would be a second one of the name.
const CALL_METHODS: &[&str] = &["check", "send_stream", "stream", "with_content_type"];

/// What every client can be set to, by a method that begins with `with_`.
const CLIENT_SETTINGS: &[&str] =
    &["base_url", "server", "timeout", "connect_timeout", "max_response_size", "transport", "user_agent", "crate_name"];

/// Methods that every client has.
const RESERVED_METHODS: &[&str] = &["new", "clone", "http"];

pub(super) fn operation_names(api: &Api) -> Vec<OperationNames> {
    let id = |operation: &Operation| operation.explicit.clone().unwrap_or_else(|| operation.id.clone());
    let places: Vec<String> = api.operations.iter().map(|it| format!("{} {} {}", it.id, it.path, it.method)).collect();
    let mut methods = Scope::reserving(RESERVED_METHODS.iter().copied());
    let wishes = api.operations.iter().zip(&places).map(|(operation, place)| {
        let name = snake_name(&id(operation));
        let reserved = name.starts_with("with_") || RESERVED_METHODS.contains(&name.as_str());
        (place.as_str(), if reserved { format!("call_{name}") } else { name })
    });
    let methods = assign(&mut methods, wishes);
    let reserved = |name: &str| RESERVED_TYPES.contains(&name) || USED_BY_OPERATIONS.contains(&name);
    let mut types = Scope::reserving(RESERVED_TYPES.iter().chain(USED_BY_OPERATIONS).copied());
    let wishes = methods.iter().map(|method| (method.as_str(), type_name(method)));
    let wishes = wishes.map(|(method, name)| (method, if reserved(&name) { format!("{name}Operation") } else { name }));
    let tys = assign(&mut types, wishes);
    let mut names: Vec<OperationNames> = Vec::new();
    for ((operation, method), ty) in api.operations.iter().zip(methods).zip(tys) {
        let (output, error) = (types.take(&format!("{ty}Output")), types.take(&format!("{ty}Error")));
        let headers = types.take(&format!("{ty}Headers"));
        let header_fields = header_names(&operation.headers);
        let mut scope = Scope::default();
        // First, so that no added parameter takes the name.
        let body = if operation.body.is_some() { scope.take("body") } else { String::new() };
        for (method, is_there) in [("events", operation.events.is_some()), ("items", operation.items.is_some())] {
            if is_there {
                scope.take(method);
            }
        }
        let parameters = parameter_names(&operation.parameters, &mut scope);
        let (successes, failures) = (status_names(&operation.successes), status_names(&operation.failures));
        names.push(OperationNames {
            method,
            ty,
            output,
            error,
            parameters,
            body,
            successes,
            failures,
            headers,
            header_fields,
        });
    }
    names
}

/// Of parameters that the document calls the same, those come first that stand further ahead in a request.
fn parameter_names(parameters: &[Parameter], scope: &mut Scope) -> Vec<String> {
    let mut order: Vec<usize> = (0..parameters.len()).collect();
    order.sort_by_key(|index| parameters[*index].location);
    let wishes = order.iter().map(|index| {
        let Parameter { explicit, wire, required, .. } = &parameters[*index];
        let name = setter_name(snake_name(explicit.as_deref().unwrap_or(wire)));
        (wire.as_str(), if !required && CALL_METHODS.contains(&name.as_str()) { format!("{name}_") } else { name })
    });
    let assigned = assign(scope, wishes);
    let mut names = vec![String::new(); parameters.len()];
    for (index, name) in order.into_iter().zip(assigned) {
        names[index] = name;
    }
    names
}

/// The case of a header's name is nobody's choice.
fn header_names(headers: &[Header]) -> Vec<String> {
    let wishes = headers.iter().map(|header| {
        let wire = header.wire.to_lowercase();
        (header.wire.as_str(), snake_name(header.explicit.as_deref().unwrap_or(&wire)))
    });
    assign(&mut Scope::default(), wishes)
}

fn status_names(outcomes: &[Outcome]) -> Vec<String> {
    let mut scope = Scope::default();
    outcomes.iter().map(|outcome| scope.take(&status_name(outcome.statuses))).collect()
}

/// A status by its reason phrase.
fn status_name(statuses: Statuses) -> String {
    match statuses {
        Statuses::Default => "Default".to_owned(),
        Statuses::Range(digit) => match digit {
            1 => "Informational".to_owned(),
            2 => "Success".to_owned(),
            3 => "Redirection".to_owned(),
            4 => "ClientError".to_owned(),
            _ => "ServerError".to_owned(),
        },
        Statuses::Code(code) => {
            let reason = http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("Status{code}"), type_name)
        }
    }
}

pub(super) fn variable_names(api: &Api) -> Vec<String> {
    let variables = api.servers.first().map_or(&[][..], |server| &server.variables);
    let wishes = variables.iter().map(|variable| (variable.name.as_str(), snake_name(&variable.name)));
    assign(&mut Scope::default(), wishes)
}

pub(super) fn scheme_names(api: &Api) -> Vec<String> {
    let mut scope = Scope::reserving(CLIENT_SETTINGS.iter().copied());
    let wishes = api.schemes.iter().map(|scheme| {
        let name = snake_name(scheme.explicit.as_deref().unwrap_or(&scheme.wire));
        (scheme.wire.as_str(), name.trim_end_matches('_').to_owned())
    });
    assign(&mut scope, wishes)
}
