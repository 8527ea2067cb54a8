//! The operations of a document, in document order.

use std::collections::HashSet;

use serde_json::Value;

use super::conformed::Conformed;
use super::extension::odd_extension;
use super::model::{Operation, Parameter};
use super::shape::{self, Kind};
use super::unknown::unknown_member;
use super::{Document, Node, kind_of};
use crate::diagnostics::{Diagnostics, Severity, codes};
use crate::methods::METHODS;
use crate::parallel;
use crate::similar::nearest;

/// An operation with what its path item says for it.
#[derive(Debug)]
pub struct PathOperation {
    /// The path template.
    pub path: String,
    /// The method, in capitals.
    pub method: String,
    /// The operation.
    pub operation: Operation,
    /// The parameters of the path item, which the operation's own take precedence over.
    pub shared: Vec<Parameter>,
    /// The servers of the path item.
    pub servers: Vec<openapiv3::Server>,
    /// Where the operation is.
    pub node: Node,
}

/// From this number of paths on, threads save more time than they take.
const ENOUGH_PATHS: usize = 64;

/// All operations below `paths`.
pub fn operations(document: &Document, out: &mut Diagnostics) -> Vec<PathOperation> {
    let node = document.top("paths");
    match document.value(&node) {
        Some(Value::Object(paths)) => {
            let paths: Vec<&String> = paths.keys().filter(|path| !path.starts_with("x-")).collect();
            let read = parallel::map_parts(&paths, ENOUGH_PATHS, |part| {
                let mut out = Diagnostics::default();
                let items = part.iter().flat_map(|path| path_item(document, path, &node.join(path), &mut out));
                (items.collect::<Vec<_>>(), out)
            });
            let operations = read.into_iter().flat_map(|(operations, diagnostics)| {
                out.extend(diagnostics);
                operations
            });
            operations.collect()
        }
        Some(Value::Null) | None => {
            let without_paths = document
                .value(&document.root())
                .is_some_and(|root| ["webhooks", "components"].iter().any(|key| root.get(key).is_some()));
            if !without_paths || document.version() == super::Version::V30 {
                let message = "the document has no `paths`: no operation is emitted".to_owned();
                out.push(document.diagnostic(Severity::Warning, codes::NO_PATHS, message, &document.root()));
            }
            Vec::new()
        }
        Some(other) => {
            let message = format!("`paths` must be an object, found {}", kind_of(other));
            let diagnostic = document.diagnostic(Severity::Error, codes::WRONG_KIND, message, &node);
            out.push(diagnostic.help("write each path as a key, as in `/pets:`, with its operations below"));
            Vec::new()
        }
    }
}

fn path_item(document: &Document, path: &str, at: &Node, out: &mut Diagnostics) -> Vec<PathOperation> {
    let node = match document.follow(at) {
        Ok(node) => node,
        Err(fault) => {
            document.report_lost(at, &fault, out);
            return Vec::new();
        }
    };
    if node != *at && !document.names_a("path item", || "a path item".to_owned(), &node, at, out) {
        return Vec::new();
    }
    if let Some(value) = document.value(at) {
        out.extend(super::reference::beside_reference(document, value, at, &["summary", "description"]));
    }
    if !path.starts_with('/') {
        let message = format!("the path `{path}` must begin with `/`: read as `/{path}`");
        out.push(document.diagnostic(Severity::Warning, codes::REPAIRED, message, at));
    }
    let Some(Value::Object(members)) = document.value(&node) else {
        if document.value(&node).is_some_and(|value| !value.is_null()) {
            let message = format!("the path item of `{path}` must be an object");
            let diagnostic = document.diagnostic(Severity::Error, codes::WRONG_KIND, message, at);
            out.push(diagnostic.help("write the operations below the path, as in `get:`"));
        }
        return Vec::new();
    };
    let shared: Vec<Parameter> = document.list_of(&node.join("parameters"), &shape::PARAMETERS, out);
    let servers: Vec<openapiv3::Server> = document.list_of(&node.join("servers"), &shape::SERVERS, out);
    let mut operations = Vec::new();
    for (method, at) in methods(document, members, &node, out) {
        if !document.is_chosen(path, &method) {
            continue;
        }
        if let Some(operation) = document.typed(&at, &shape::OPERATION, out) {
            let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
            let (shared, servers) = (shared.clone(), servers.clone());
            operations.push(PathOperation { path, method, operation, shared, servers, node: at });
        }
    }
    operations
}

/// The methods of a path item, with the places of their operations.
fn methods(
    document: &Document,
    members: &serde_json::Map<String, Value>,
    node: &Node,
    out: &mut Diagnostics,
) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    out.extend(members.keys().filter_map(|key| odd_extension(document, node, key)));
    for (key, value) in members.iter().filter(|(key, _)| !key.starts_with("x-")) {
        if METHODS.contains(&key.as_str()) {
            found.push((key.to_uppercase(), node.join(key)));
        } else if key == "additionalOperations" {
            let others = &node.join(key);
            let objects = Kind::Map(&Kind::Unread);
            document.conformed(others, &objects, out);
            for method in value.as_object().into_iter().flat_map(|others| others.keys()) {
                let at = others.join(method);
                match http::Method::from_bytes(method.as_bytes()) {
                    Ok(_) => found.push((method.clone(), at)),
                    Err(_) => {
                        let message = format!("`{method}` is not an HTTP method");
                        let diagnostic = document.diagnostic(Severity::Error, codes::INVALID_METHOD, message, &at);
                        out.push(diagnostic.help("write a method's name, as in `PURGE`"));
                    }
                }
            }
        } else if !shape::PATH_ITEM_MEMBERS.contains(&key.as_str()) {
            let known: Vec<&str> = [shape::PATH_ITEM_MEMBERS, METHODS].concat();
            let mut diagnostic = unknown_member(document, node, "a path item", key, &known);
            if value.is_object() {
                diagnostic.severity = Severity::Error;
                diagnostic.code = codes::UNKNOWN_METHOD;
                if nearest(key, known.iter().copied()).is_none() {
                    diagnostic.help = Some(format!("write one of {}", METHODS.join(", ")));
                }
                diagnostic.message = format!("`{key}` is not a method that a path item can have");
            }
            out.push(diagnostic);
        }
    }
    let mut seen = HashSet::new();
    for (method, at) in &found {
        if !seen.insert(method) {
            let message = format!("there are two operations of the method `{method}`");
            let diagnostic = document.diagnostic(Severity::Warning, codes::REPEATED_METHOD, message, at);
            out.push(diagnostic.about_key().help("remove one of them: both are emitted"));
        }
    }
    found
}

impl Document {
    /// `info`, with defaults for missing members.
    pub fn info(&self, out: &mut Diagnostics) -> openapiv3::Info {
        let node = self.top("info");
        if self.value(&node).is_none() {
            let message = "the document must have `info`: read as untitled".to_owned();
            out.push(self.diagnostic(Severity::Warning, codes::REPAIRED, message, &self.root()));
        }
        self.typed(&node, &shape::INFO, out).unwrap_or_else(|| openapiv3::Info {
            title: shape::UNTITLED.to_owned(),
            version: shape::NO_VERSION.to_owned(),
            ..Default::default()
        })
    }

    /// `servers`.
    pub fn servers(&self, out: &mut Diagnostics) -> Vec<openapiv3::Server> {
        self.list_of(&self.top("servers"), &shape::SERVERS, out)
    }

    /// The `security` for operations without `security` of their own.
    pub fn security(&self, out: &mut Diagnostics) -> Option<Vec<openapiv3::SecurityRequirement>> {
        self.conformed(&self.top("security"), &shape::SECURITY, out).map(Conformed::requirements)
    }

    /// The names and places of `components.securitySchemes`, and each scheme as plain members.
    ///
    /// `openapiv3` does not know `mutualTLS`, so the schemes are passed on as they are.
    pub fn security_schemes(&self, out: &mut Diagnostics) -> Vec<(String, Node, Value)> {
        let node = self.top("components").join("securitySchemes");
        let Some(Value::Object(members)) = self.value(&node) else { return Vec::new() };
        let kind = Kind::Referable(&shape::SECURITY_SCHEME);
        members
            .keys()
            .filter_map(|name| {
                let at = node.join(name);
                let scheme = self.conformed(&at, &kind, out)?.to_json();
                Some((name.clone(), at, scheme))
            })
            .collect()
    }
}

/// A schema of a webhook's request or reply. In a webhook, the server is the caller.
#[derive(Debug)]
pub struct WebhookSchema {
    /// Where it is.
    pub node: Node,
    /// Whether it is the schema of a reply. The client's user makes the reply.
    pub is_reply: bool,
}

/// The schemas of webhooks' requests and replies.
pub fn webhook_schemas(document: &Document) -> Vec<WebhookSchema> {
    let mut found = Vec::new();
    for item in members(document, &document.top("webhooks")) {
        for operation in members(document, &item) {
            let replies = members(document, &operation.join("responses"));
            let body = document.follow(&operation.join("requestBody"));
            let bodies = body.into_iter().map(|body| (body, false)).chain(replies.into_iter().map(|it| (it, true)));
            for (body, is_reply) in bodies {
                let media_types = members(document, &body.join("content")).into_iter();
                let schemas = media_types.map(|media_type| media_type.join("schema"));
                let schemas = schemas.filter(|node| document.value(node).is_some());
                found.extend(schemas.map(|node| WebhookSchema { node, is_reply }));
            }
        }
    }
    found
}

/// The members of an object that are objects, with references followed.
fn members(document: &Document, node: &Node) -> Vec<Node> {
    let members = document.value(node).and_then(Value::as_object).into_iter().flatten();
    let objects = members.filter(|(name, value)| value.is_object() && !name.starts_with("x-"));
    objects.filter_map(|(name, _)| document.follow(&node.join(name)).ok()).collect()
}
