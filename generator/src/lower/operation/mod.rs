//! Operations: the document's to [`ir::Operation`](crate::ir::Operation).

pub(super) mod body;
pub(super) mod carried;
pub(super) mod encoding;
pub(super) mod headers;
pub(super) mod media_type;
pub(super) mod outcome;
pub(super) mod parameters;
pub(super) mod parts;
pub(super) mod security;
pub(super) mod servers;
pub(super) mod streams;
pub(super) mod template;

use std::collections::HashMap;

use self::body::Content;
use self::outcome::responses;
use super::Lower;
use super::schema::naming;
use crate::diagnostics::{Severity, codes};
use crate::document::model;
use crate::document::{self, Node, PathOperation, is_reserved_header};
use crate::ir::{Body, BodyKind, Docs, Location, Operation, Outcome, Parameter, Scheme, SchemeId, Style, StyleKind};

impl Lower<'_> {
    pub(in crate::lower) fn operations(&mut self, schemes: &[Scheme]) -> Vec<Operation> {
        let ids: HashMap<String, SchemeId> =
            schemes.iter().enumerate().map(|(index, scheme)| (scheme.wire.clone(), SchemeId(index))).collect();
        let shared = self.document.security(self.out).unwrap_or_default();
        let operations = document::operations(self.document, self.out);
        self.repeated_ids(&operations);
        self.shortened_ids(&operations);
        let shared_uses = operations.iter().any(|operation| operation.operation.security.is_none());
        let node = self.document.top("security");
        let shared_scopes = security::scopes(&shared, &ids);
        let shared = if shared_uses { self.requirements(&shared, &ids, schemes, &node) } else { Vec::new() };
        operations
            .into_iter()
            .flat_map(|path_operation| {
                let (security, scopes) = match &path_operation.operation.security {
                    Some(own) => {
                        let scopes = security::scopes(own, &ids);
                        (self.requirements(own, &ids, schemes, &path_operation.node.join("security")), scopes)
                    }
                    None => (shared.clone(), shared_scopes.clone()),
                };
                let variants = self.operation(&path_operation);
                if let Some(operation) = variants.first() {
                    self.check_credentials(operation, &security, schemes);
                }
                variants.into_iter().map(move |operation| Operation {
                    security: security.clone(),
                    scopes: scopes.clone(),
                    ..operation
                })
            })
            .collect()
    }

    /// Reports operations that share an id (4.8.10), because their names come from it. Operations with an `x-rust-name` do not count.
    fn repeated_ids(&mut self, operations: &[PathOperation]) {
        let mut known: HashMap<&str, &Node> = HashMap::new();
        let named = operations.iter().filter(|from| from.operation.rust_name.is_none());
        for from in named {
            let Some(id) = from.operation.operation_id.as_deref() else { continue };
            if let Some(first) = known.get(id) {
                let message = format!("the operation id `{id}` is taken by `{}`", first.pointer);
                let diagnostic = self.document.diagnostic(
                    Severity::Warning,
                    codes::DUPLICATE_OPERATION_ID,
                    message + ": this operation gets its method and path added to its name",
                    &from.node.join("operationId"),
                );
                self.out.push(diagnostic.help("give one of the two another id, or an `x-rust-name`"));
            } else {
                known.insert(id, &from.node);
            }
        }
    }

    /// Reports once that operation ids repeat their paths and methods.
    fn shortened_ids(&mut self, operations: &[PathOperation]) {
        let functions = operations.iter().map(|from| (from, self.homes.function(&from.path, &from.method)));
        let mut shortened = functions.filter_map(|(from, function)| Some((from, function?)));
        let Some((first, function)) = shortened.next() else { return };
        let id = first.operation.operation_id.as_deref().unwrap_or_default();
        let others = match shortened.count() {
            0 => String::new(),
            count => format!(", and {count} more likewise"),
        };
        let message = format!("the operation id `{id}` repeats its path and method: emitted as `{function}`{others}");
        let node = first.node.join("operationId");
        let diagnostic = self.document.diagnostic(Severity::Note, codes::SHORTENED_OPERATION_ID, message, &node);
        self.out.push(diagnostic.help("give an operation that is to be called otherwise an `x-rust-name`"));
    }

    /// An operation, once for each way in which its body can be written. The preferred way has the operation's own name.
    fn operation(&mut self, from: &PathOperation) -> Vec<Operation> {
        let operation = &from.operation;
        let id = operation.operation_id.clone().filter(|id| !id.trim().is_empty());
        let id = self.homes.function(&from.path, &from.method).map(str::to_owned).or(id);
        let parameters = self.parameters(from);
        let body = operation.request_body.as_ref();
        let mut bodies = body.map_or_else(Vec::new, |body| self.request_bodies(body)).into_iter();
        let (events, items) = (self.events(operation), self.items(operation));
        let headers = self.headers(responses(operation).map(|(_, response)| response));
        let (mut successes, mut failures) = self.outcomes(operation);
        if from.method == "GET" {
            self.note_undescribed(operation);
        }
        if from.method == "HEAD" {
            // A reply to HEAD has no body, whatever the document says (RFC 9110, 9.3.2).
            successes.iter_mut().chain(&mut failures).for_each(Outcome::without_body);
        }
        if let Some(Some(callbacks)) =
            self.document.value(&from.node.join("callbacks")).map(serde_json::Value::as_object)
            && !callbacks.is_empty()
        {
            self.warn(
                codes::CALLBACKS,
                "callbacks are not emitted: they are requests to the client",
                &from.node.join("callbacks"),
            );
        }
        let own = Operation {
            id: id.unwrap_or_else(|| naming::path_words(&from.method, &from.path)),
            explicit: operation.rust_name.clone(),
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
            scopes: Vec::new(),
            server: self.own_server(from),
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

    pub(in crate::lower) fn parameter(&mut self, declared: &model::Parameter) -> Option<Parameter> {
        let (location, kind) = place_and_style(declared);
        if location == Location::Header && is_reserved_header(&declared.name) {
            let name = &declared.name;
            let message = format!("a header parameter `{name}` is ignored: other parts of the request set it");
            self.warn(codes::RESERVED_HEADER, message, &declared.node);
            return None;
        }
        if !self.check_name(location, &declared.name, &declared.node) {
            return None;
        }
        let style =
            Style { kind, explode: declared.explode, reserved: declared.allow_reserved && location == Location::Query };
        let (ty, style, bounds, words) = match &declared.schema {
            Some(schema) => {
                let ty = self.type_of(schema);
                let ty = self.carried(ty);
                let bounds = self.bounds(std::slice::from_ref(schema), &ty);
                let ty = self.hidden_at(&declared.node, ty);
                let schema = self.read(schema);
                (ty, style, bounds, self.docs(&schema))
            }
            None => {
                let content = self.content(&declared.content, &declared.node, true)?;
                let kind = match content.kind {
                    BodyKind::Json => StyleKind::Json,
                    BodyKind::Form => StyleKind::FormText,
                    BodyKind::Multipart => {
                        let message = "a parameter cannot be multipart: it is sent as JSON";
                        self.warn(codes::MULTIPART, message, &declared.node.join("content"));
                        StyleKind::Json
                    }
                    BodyKind::Text | BodyKind::Binary | BodyKind::Empty => kind,
                };
                (self.carried(content.ty), Style { kind, ..style }, content.bounds, Docs::default())
            }
        };
        Some(Parameter {
            wire: declared.name.clone(),
            explicit: declared.rust_name.clone(),
            docs: Docs {
                description: declared.description.clone().or(words.description),
                deprecated: declared.deprecated || words.deprecated,
                ..words
            },
            location,
            style,
            required: declared.required,
            ty,
            bounds,
        })
    }

    fn request_bodies(&mut self, body: &model::RequestBody) -> Vec<Body> {
        let docs = Docs { description: body.description.clone(), ..Docs::default() };
        let bodies = self.sent(&body.content, &body.node).into_iter();
        let bodies = bodies.map(|Content { media_type, kind, ty, bounds, encodings }| {
            let (docs, media_type) = (docs.clone(), self.sent_as(media_type, kind, &body.node));
            Body { media_type, kind, ty, bounds, required: body.required, docs, encodings }
        });
        bodies.collect()
    }
}

fn operation_docs(operation: &model::Operation) -> Docs {
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
fn place_and_style(declared: &model::Parameter) -> (Location, StyleKind) {
    let location = match declared.location {
        model::Location::Path => Location::Path,
        model::Location::Header => Location::Header,
        model::Location::Cookie => Location::Cookie,
        model::Location::Query => Location::Query,
        model::Location::QueryString => return (Location::Query, StyleKind::QueryString),
    };
    let kind = match declared.style {
        model::Style::Simple => StyleKind::Simple,
        model::Style::Label => StyleKind::Label,
        model::Style::Matrix => StyleKind::Matrix,
        model::Style::Form => StyleKind::Form,
        model::Style::SpaceDelimited => StyleKind::Space,
        model::Style::PipeDelimited => StyleKind::Pipe,
        model::Style::DeepObject => StyleKind::DeepObject,
    };
    (location, kind)
}
