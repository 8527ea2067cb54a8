//! Operations: `openapiv3`'s typed nodes to [`ir::Operation`](crate::ir::Operation).

use std::collections::HashMap;

use openapiv3::{ParameterSchemaOrContent, ReferenceOr, StatusCode};

use super::body::Content;
use super::{Lower, place, template};
use crate::diagnostics::Severity;
use crate::document::{self, Node, PathOperation, QUERY_STRING};
use crate::ir::{
    Body, BodyKind, Docs, Location, Operation, Outcome, Parameter, Scheme, SchemeId, Server, ServerVariable, Statuses,
    Style, StyleKind, Type,
};

impl Lower<'_> {
    pub(super) fn operations(&mut self, schemes: &[Scheme]) -> Vec<Operation> {
        let ids: HashMap<String, SchemeId> =
            schemes.iter().enumerate().map(|(index, scheme)| (scheme.wire.clone(), SchemeId(index))).collect();
        let shared = self.document.security(self.out).unwrap_or_default();
        let operations = document::operations(self.document, &mut self.places, self.out);
        self.repeated_ids(&operations);
        let shared_uses = operations.iter().any(|operation| operation.operation.security.is_none());
        let node = self.document.top("security");
        let shared = if shared_uses { self.requirements(&shared, &ids, &node) } else { Vec::new() };
        operations
            .into_iter()
            .flat_map(|path_operation| {
                let security = match &path_operation.operation.security {
                    Some(own) => self.requirements(own, &ids, &path_operation.node.join("security")),
                    None => shared.clone(),
                };
                let variants = self.operation(&path_operation);
                variants.into_iter().map(move |operation| Operation { security: security.clone(), ..operation })
            })
            .collect()
    }

    /// Operations must not share an id (4.8.10), since that is what they are called; a name for each in Rust mends it.
    fn repeated_ids(&mut self, operations: &[PathOperation]) {
        let mut known: HashMap<&str, &Node> = HashMap::new();
        let named = operations.iter().filter(|from| !from.operation.extensions.contains_key("x-rust-name"));
        for from in named {
            let Some(id) = from.operation.operation_id.as_deref() else { continue };
            if let Some(first) = known.get(id) {
                let message = format!("the operation id `{id}` is taken by `{}`", first.pointer);
                let diagnostic = self.document.diagnostic(
                    Severity::Warning,
                    "duplicate-operation-id",
                    message + ": a number is put behind it",
                    &from.node.join("operationId"),
                );
                self.out.push(diagnostic.help("give one of the two another id, or an `x-rust-name`"));
            } else {
                known.insert(id, &from.node);
            }
        }
    }

    /// An operation, once for each way in which its body can be written: the preferred one under its own name.
    fn operation(&mut self, from: &PathOperation) -> Vec<Operation> {
        let operation = &from.operation;
        let id = operation.operation_id.clone().filter(|id| !id.trim().is_empty());
        let parameters = self.parameters(from);
        let body = operation.request_body.as_ref().and_then(ReferenceOr::as_item);
        let mut bodies = body.map_or_else(Vec::new, |body| self.request_bodies(body)).into_iter();
        let (events, items) = (self.events(operation), self.items(operation));
        let headers = self.headers(responses(operation).map(|(_, response)| response));
        let (mut successes, mut failures) = self.outcomes(operation);
        if from.method == "HEAD" {
            // A reply to HEAD has no body, whatever the document gives the status (RFC 9110, 9.3.2).
            successes.iter_mut().chain(&mut failures).for_each(Outcome::without_body);
        }
        if let Some(Some(callbacks)) =
            self.document.value(&from.node.join("callbacks")).map(serde_json::Value::as_object)
            && !callbacks.is_empty()
        {
            self.warn(
                "callbacks",
                "callbacks are not emitted: they are requests to the client",
                &from.node.join("callbacks"),
            );
        }
        let own = Operation {
            id: id.unwrap_or_else(|| place::path_words(&from.method, &from.path)),
            explicit: text(&operation.extensions, "x-rust-name"),
            method: from.method.clone(),
            path: template::sent(&from.path).to_owned(),
            docs: operation_docs(operation),
            parameters,
            body: bodies.next(),
            successes,
            failures,
            events,
            headers,
            items,
            security: Vec::new(),
            server: operation.servers.first().or(from.servers.first()).cloned().map(server),
            node: from.node.clone(),
        };
        let others = bodies.map(|body| {
            let word = match body.kind {
                BodyKind::Form => "form",
                BodyKind::Multipart => "multipart",
                BodyKind::Text => "text",
                _ => "json",
            };
            let named = |name: &String| format!("{name} with {word}");
            Operation {
                id: named(&own.id),
                explicit: own.explicit.as_ref().map(named),
                body: Some(body),
                ..own.clone()
            }
        });
        let others: Vec<Operation> = others.collect();
        std::iter::once(own).chain(others).collect()
    }

    pub(super) fn parameter(&mut self, parameter: &openapiv3::Parameter, node: &Node) -> Option<Parameter> {
        let data = parameter.parameter_data_ref();
        let (location, mut kind, reserved) = style(parameter);
        if data.extensions.contains_key(QUERY_STRING) {
            kind = StyleKind::QueryString;
        }
        if location == Location::Header && is_reserved_header(&data.name) {
            let message =
                format!("a header parameter `{}` is ignored: the specification leaves it to other parts", data.name);
            self.warn("reserved-header", message, node);
            return None;
        }
        let explode = data.explode.unwrap_or(matches!(kind, StyleKind::Form | StyleKind::DeepObject));
        let mut words = Docs::default();
        let mut bounds = Vec::new();
        let (ty, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = self.places.of_schema(schema);
                words = schema.as_ref().map_or(words, |node| super::docs(&self.read(node)));
                let mut ty = schema.as_ref().map_or(Type::Any, |node| self.type_of(node));
                bounds.extend(schema.iter().flat_map(|node| self.bounds(std::slice::from_ref(node), &ty)));
                ty = self.hidden_at(node, ty);
                (ty, Style { kind, explode, reserved })
            }
            ParameterSchemaOrContent::Content(content) => {
                let content = self.content(content, node, true)?;
                let kind = if content.kind == BodyKind::Json { StyleKind::Json } else { kind };
                bounds = content.bounds;
                (content.ty, Style { kind, explode, reserved })
            }
        };
        Some(Parameter {
            wire: data.name.clone(),
            explicit: text(&data.extensions, "x-rust-name"),
            docs: Docs {
                description: data.description.clone().or(words.description),
                deprecated: data.deprecated.unwrap_or_default(),
                ..words
            },
            location,
            style,
            required: data.required,
            ty: scalar(ty),
            bounds,
        })
    }

    fn request_bodies(&mut self, body: &openapiv3::RequestBody) -> Vec<Body> {
        let Some(node) = self.places.of(&body.extensions) else { return Vec::new() };
        let docs = Docs { description: body.description.clone(), ..Docs::default() };
        let bodies = self.sent(&body.content, &node).into_iter();
        let bodies = bodies.map(|Content { media_type, kind, ty, bounds, encodings }| {
            let docs = docs.clone();
            Body { media_type, kind, ty, bounds, required: body.required, docs, encodings }
        });
        bodies.collect()
    }

    /// The replies, those that a caller wants first. Where no 2xx is declared, `default` is what a 2xx holds as well.
    fn outcomes(&mut self, operation: &openapiv3::Operation) -> (Vec<Outcome>, Vec<Outcome>) {
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        for (statuses, response) in responses(operation) {
            let outcome = self.outcome(statuses, response);
            if statuses.is_success() { successes.push(outcome) } else { failures.push(outcome) }
        }
        if successes.is_empty()
            && let Some(default) = failures.iter().find(|outcome| outcome.statuses == Statuses::Default)
        {
            successes.push(Outcome { statuses: Statuses::Range(2), ..default.clone() });
        }
        (successes, failures)
    }

    fn outcome(&mut self, statuses: Statuses, response: &openapiv3::Response) -> Outcome {
        let docs = Docs { description: Some(response.description.clone()), ..Docs::default() };
        let node = self.places.of(&response.extensions);
        if let Some(node) = &node {
            self.check_response(node);
        }
        let content = node.as_ref().and_then(|node| self.content(&response.content, node, false));
        if let (Some(node), Some(content)) = (&node, &content) {
            self.check_received(content.kind, node);
        }
        match content {
            Some(Content { media_type, kind, ty, .. }) => {
                let (kind, ty) = match kind {
                    BodyKind::Form => (BodyKind::Text, Type::String),
                    BodyKind::Multipart => (BodyKind::Binary, Type::Binary),
                    _ => (kind, ty),
                };
                Outcome { statuses, media_type: Some(media_type), kind, ty, docs }
            }
            None => Outcome { statuses, media_type: None, kind: BodyKind::Empty, ty: Type::Any, docs },
        }
    }
}

/// The declared replies, `default` at the end.
fn responses(operation: &openapiv3::Operation) -> impl Iterator<Item = (Statuses, &openapiv3::Response)> {
    let responses = &operation.responses;
    let declared = responses.responses.iter().filter_map(|(status, response)| {
        let statuses = match status {
            StatusCode::Code(code) => Statuses::Code(*code),
            StatusCode::Range(digit) => Statuses::Range(*digit),
        };
        Some((statuses, response.as_item()?))
    });
    let default = responses.default.as_ref().and_then(ReferenceOr::as_item);
    declared.chain(default.map(|response| (Statuses::Default, response)))
}

impl Outcome {
    fn without_body(&mut self) {
        (self.media_type, self.kind, self.ty) = (None, BodyKind::Empty, Type::Any);
    }
}

impl Statuses {
    fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(digit) => digit == 2,
            Self::Default => false,
        }
    }
}

fn operation_docs(operation: &openapiv3::Operation) -> Docs {
    let more = operation.external_docs.as_ref().map(|docs| match &docs.description {
        Some(description) => format!("{description}: {}", docs.url),
        None => format!("See {}", docs.url),
    });
    let parts: Vec<String> = operation.description.clone().into_iter().chain(more).collect();
    let description = (!parts.is_empty()).then(|| parts.join("\n\n"));
    let (summary, deprecated) = (operation.summary.clone(), operation.deprecated);
    Docs { summary, description, deprecated, ..Docs::default() }
}

/// Where a parameter goes and how it is written.
fn style(parameter: &openapiv3::Parameter) -> (Location, StyleKind, bool) {
    use openapiv3::{Parameter as P, PathStyle, QueryStyle};
    match parameter {
        P::Query { style, allow_reserved, .. } => {
            let kind = match style {
                QueryStyle::Form => StyleKind::Form,
                QueryStyle::SpaceDelimited => StyleKind::Space,
                QueryStyle::PipeDelimited => StyleKind::Pipe,
                QueryStyle::DeepObject => StyleKind::DeepObject,
            };
            (Location::Query, kind, *allow_reserved)
        }
        P::Path { style, .. } => {
            let kind = match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            };
            (Location::Path, kind, false)
        }
        P::Header { .. } => (Location::Header, StyleKind::Simple, false),
        P::Cookie { .. } => (Location::Cookie, StyleKind::Form, false),
    }
}

/// `Accept`, `Content-Type` and `Authorization` are set by other parts of a request (4.8.12.1).
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

/// A parameter is text in the end: so are bytes.
pub(super) fn scalar(ty: Type) -> Type {
    if ty == Type::Binary { Type::String } else { ty }
}

pub(super) fn text(extensions: &indexmap::IndexMap<String, serde_json::Value>, key: &str) -> Option<String> {
    extensions.get(key).and_then(serde_json::Value::as_str).map(str::to_owned)
}

/// A server of the document.
pub(super) fn server(server: openapiv3::Server) -> Server {
    let variables = server.variables.into_iter().flatten().map(|(name, variable)| ServerVariable {
        name,
        default: variable.default,
        values: variable.enumeration.into_iter().collect(),
    });
    Server { url: server.url, description: server.description, variables: variables.collect() }
}
