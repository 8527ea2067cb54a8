//! The names of what a caller calls: operations with their parameters and replies, and the `with_` methods of the client.

use std::collections::HashSet;

use super::{ENOUGH_NAMES, OperationNames, called, setter_name, spelled};
use crate::analyze::ident::{USED_BY_OPERATIONS, is_reserved, reserved_types, snake_name, type_name};
use crate::analyze::scope::{Scope, Wish, assign};
use crate::ir::{Api, Header, Location, Operation, Outcome, Parameter, Statuses};
use crate::parallel;

/// Methods of every call. The setter of a parameter must not have such a name.
const CALL_METHODS: &[&str] = &[
    "check",
    "send",
    "send_blocking",
    "send_full",
    "send_full_blocking",
    "send_stream",
    "stream",
    "with_content_type",
    "with_header",
    "with_reconnect",
    "with_redirects",
    "with_retry",
    "with_timeout",
];

/// Methods of operators. A setter takes one argument too, so a setter with such a name would mislead.
const OPERATORS: &[&str] = &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// The settings of every client, each without the `with_` of its method.
const CLIENT_SETTINGS: &[&str] = &[
    "attempt_headers",
    "attempt_timeout",
    "base_url",
    "connect_timeout",
    "crate_name",
    "header",
    "layer",
    "max_response_size",
    "redirects",
    "retry",
    "server",
    "timeout",
    "transport",
    "user_agent",
];

/// Names that no operation's method gets. Every client has these methods. Rust would call `Into::into` in place of a method `into(&self)`.
const RESERVED_METHODS: &[&str] = &["new", "clone", "http", "into", "over_plain_http", "request", "try_into"];

/// The beginning of the names of methods that make token sources.
pub(super) const TOKENS_BY: &str = "tokens_by_";

/// The names of the operations. The types for their headers are in the module of the models, so they must differ from these.
pub(super) fn operation_names<'n>(api: &Api, models: impl Iterator<Item = &'n str>) -> Vec<OperationNames> {
    let mut scope = Scope::reserving(RESERVED_METHODS.iter().copied());
    let wishes: Vec<Wish<'_, _>> =
        api.operations.iter().enumerate().map(|(at, operation)| method_wish(at, operation)).collect();
    let methods = assign(&mut scope, &wishes);
    let reserved = |name: &str| is_reserved(name) || USED_BY_OPERATIONS.contains(&name);
    let mut types = Scope::reserving(reserved_types().chain(USED_BY_OPERATIONS.iter().copied()));
    models.filter(|name| name.ends_with("Headers")).for_each(|name| drop(types.take(name)));
    let wishes = methods.iter().enumerate().map(|(rank, method)| {
        let name = type_name(method);
        // `Self_` has its underscore because it is reserved.
        let bare = name.trim_end_matches('_');
        let name = if reserved(bare) { format!("{bare}Operation") } else { name };
        Wish { rank, keeps: true, plain: name, longer: Box::new(Vec::new) }
    });
    let tys = assign(&mut types, &wishes.collect::<Vec<_>>());
    let inside = parallel::map(api.operations.iter().collect(), ENOUGH_NAMES, inside_names);
    let (mut names, mut ids): (Vec<OperationNames>, _) = (Vec::new(), HashSet::new());
    for (((operation, inside), method), ty) in api.operations.iter().zip(inside).zip(methods).zip(tys) {
        let (output, error) = (types.take(&format!("{ty}Output")), types.take(&format!("{ty}Error")));
        let headers = types.take(&format!("{ty}Headers"));
        let Operation { id, method: verb, path, .. } = operation;
        let id = if ids.insert(id) { id.clone() } else { format!("{id} {verb} {path}") };
        names.push(OperationNames { id, method, ty, output, error, headers, ..inside });
    }
    names
}

/// The names that must differ only from other names of the same operation.
fn inside_names(operation: &Operation) -> OperationNames {
    let mut scope = Scope::default();
    // The body comes first, so that a parameter that is added later does not take the name.
    let body = if operation.body.is_some() { scope.take("body") } else { String::new() };
    for (method, is_there) in [("events", operation.events.is_some()), ("items", operation.items.is_some())] {
        if is_there {
            scope.take(method);
        }
    }
    let parameters = parameter_names(&operation.parameters, &mut scope);
    let (successes, failures) = (status_names(&operation.successes), status_names(&operation.failures));
    let header_fields = header_names(&operation.headers);
    OperationNames { parameters, body, successes, failures, header_fields, ..OperationNames::default() }
}

/// The wish of an operation. If several operations want one name, the one that is already spelled so gets it, else the first in the
/// document. So an operation that is added at the end takes no name from an earlier one. The others get their method and path
/// added.
fn method_wish(at: usize, operation: &Operation) -> Wish<'_, (bool, usize)> {
    let id = operation.explicit.as_ref().unwrap_or(&operation.id);
    let plain = method_name(id);
    let longer = move || vec![method_name(&format!("{id} {} {}", operation.method.to_lowercase(), operation.path))];
    Wish { rank: (plain != *id, at), keeps: true, plain, longer: Box::new(longer) }
}

fn method_name(words: &str) -> String {
    let name = snake_name(words);
    let is_reserved =
        ["with_", TOKENS_BY].iter().any(|start| name.starts_with(start)) || RESERVED_METHODS.contains(&name.as_str());
    if is_reserved { format!("call_{name}") } else { name }
}

/// If several parameters have one name, the one that comes first in a request keeps it: path, query, header, cookie.
fn parameter_names(parameters: &[Parameter], scope: &mut Scope) -> Vec<String> {
    let wishes: Vec<Wish<'_, _>> = parameters.iter().map(parameter_wish).collect();
    assign(scope, &wishes)
}

fn parameter_wish(parameter: &Parameter) -> Wish<'_, (bool, Location, &str)> {
    let Parameter { explicit, wire, required, location, .. } = parameter;
    let name = snake_name(explicit.as_deref().unwrap_or(wire));
    // A required parameter is an argument, so its name cannot conflict.
    let is_taken = CALL_METHODS.contains(&name.as_str()) || OPERATORS.contains(&name.as_str());
    let plain = match (required, is_taken) {
        (true, _) => name,
        (false, true) => format!("{name}_"),
        (false, false) => setter_name(name),
    };
    let rank = (*wire != plain.trim_end_matches('_'), *location, wire.as_str());
    let longer = move || {
        let told = snake_name(&format!("{wire} {}", location_word(*location)));
        std::iter::once(told).chain(spelled(wire, snake_name)).collect()
    };
    Wish { rank, keeps: true, plain, longer: Box::new(longer) }
}

/// The value of `in`.
pub(in crate::analyze) fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The names of the fields for headers. They are made from lower case, because the case of a header's name means nothing.
fn header_names(headers: &[Header]) -> Vec<String> {
    let wishes = headers.iter().map(|header| {
        let wire = header.wire.to_lowercase();
        called(&header.wire, snake_name(header.explicit.as_deref().unwrap_or(&wire)), snake_name)
    });
    assign(&mut Scope::default(), &wishes.collect::<Vec<_>>())
}

fn status_names(outcomes: &[Outcome]) -> Vec<String> {
    let mut scope = Scope::default();
    outcomes.iter().map(|outcome| scope.take(&status_name(outcome.statuses))).collect()
}

/// The name of a status: its reason phrase.
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
    let wishes = variables.iter().map(|variable| called(&variable.name, snake_name(&variable.name), snake_name));
    assign(&mut Scope::default(), &wishes.collect::<Vec<_>>())
}

pub(super) fn scheme_names(api: &Api) -> Vec<String> {
    let mut scope = Scope::reserving(CLIENT_SETTINGS.iter().copied());
    let wishes = api.schemes.iter().map(|scheme| {
        let name = snake_name(scheme.explicit.as_deref().unwrap_or(&scheme.wire));
        called(&scheme.wire, name.trim_end_matches('_').to_owned(), snake_name)
    });
    assign(&mut scope, &wishes.collect::<Vec<_>>())
}
