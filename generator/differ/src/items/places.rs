//! Where in a document an item comes from.
//!
//! References are followed, except a reference that is the schema of a property. If the place of an item is not found, the place of its
//! owner is given.

use std::collections::HashSet;

use generator::document::Document;
use generator::emit::ItemKind;
use generator::emit::item::{Item, Meaning, Place};
use generator::ir::{Location, Statuses};
use generator::node::Node;

use super::Crate;

impl Crate<'_> {
    /// What an item is made from.
    pub(super) fn node(&self, item: &Item<'_>) -> Option<Node> {
        Some(match item.place {
            Place::Servers => self.document.top("servers"),
            Place::Scheme(name) => self.document.top("components").join("securitySchemes").join(name),
            Place::Node(node) => node.clone(),
            Place::Model(id) => {
                let schema = &self.plan.api.model(id).node;
                match &item.meaning {
                    Meaning::Member(name) => property(self.document, schema, name),
                    _ => schema.clone(),
                }
            }
            Place::Operation(id) => {
                let operation = &self.plan.api.operations.get(id.0)?.node;
                self.of_operation(operation, &item.meaning).unwrap_or_else(|| operation.clone())
            }
        })
    }

    /// The node from which an item of the other crate would be made in this crate, if the item had the same parent here.
    pub(super) fn beside(&self, item: &Item<'_>, parent: &Item<'_>) -> Option<Node> {
        match item.kind {
            ItemKind::Variant | ItemKind::Trait | ItemKind::Constructor | ItemKind::Setter => self.node(parent),
            ItemKind::CallSetter | ItemKind::Argument | ItemKind::Outcome => match parent.place {
                Place::Operation(id) => self.of_operation(&self.plan.api.operations.get(id.0)?.node, &item.meaning),
                _ => self.node(&Item { place: parent.place, inside: Vec::new(), ..item.clone() }),
            },
            _ => None,
        }
    }

    /// The node from which an argument is made. Both crates have the function, but perhaps only one of them has the argument.
    pub(super) fn part(&self, function: &Item<'_>, argument: &Item<'_>) -> Option<Node> {
        if argument.meaning == Meaning::Nothing {
            return self.node(function);
        }
        let own = function.arguments().any(|it| it.meaning == argument.meaning);
        if own {
            self.node(&Item { place: function.place, ..argument.clone() })
        } else {
            self.beside(argument, function)
        }
    }

    /// A part of an operation.
    fn of_operation(&self, operation: &Node, meaning: &Meaning<'_>) -> Option<Node> {
        match meaning {
            Meaning::Parameter(location, name) => parameter(self.document, operation, *location, name),
            Meaning::Body => body(self.document, operation),
            Meaning::Statuses(statuses) => response(self.document, operation, *statuses),
            Meaning::Header(name) => header(self.document, operation, name),
            _ => None,
        }
    }
}

/// The schema of a property, in the schema itself or in one of its parts.
fn property(document: &Document, schema: &Node, name: &str) -> Node {
    let inside = within(document, schema, name, &mut HashSet::new());
    // Keywords next to a `oneOf` are part of each alternative.
    let beside = || within(document, &schema.parent().parent(), name, &mut HashSet::new());
    inside.or_else(beside).unwrap_or_else(|| schema.clone())
}

fn within(document: &Document, schema: &Node, name: &str, seen: &mut HashSet<Node>) -> Option<Node> {
    let schema = document.follow(schema).unwrap_or_else(|_| schema.clone());
    if !seen.insert(schema.clone()) {
        return None;
    }
    let value = document.value(&schema)?;
    if value.get("properties").and_then(|properties| properties.get(name)).is_some() {
        return Some(schema.join("properties").join(name));
    }
    let parts = value.get("allOf").and_then(|parts| parts.as_array()).map_or(0, Vec::len);
    (0..parts).find_map(|index| within(document, &schema.join("allOf").join(index), name, seen))
}

/// A parameter, of the operation or of its path item.
fn parameter(document: &Document, operation: &Node, location: Location, name: &str) -> Option<Node> {
    let item = operation.parent();
    [operation, &item].into_iter().map(|at| at.join("parameters")).find_map(|list| {
        let count = document.value(&list)?.as_array()?.len();
        let nodes = (0..count).filter_map(|index| document.follow(&list.join(index)).ok());
        nodes.into_iter().find(|node| {
            let text = |key| document.value(node).and_then(|it| it.get(key)).and_then(serde_json::Value::as_str);
            text("in") == Some(location.word()) && text("name") == Some(name)
        })
    })
}

/// The request body.
fn body(document: &Document, operation: &Node) -> Option<Node> {
    let node = operation.join("requestBody");
    document.value(&node)?;
    Some(document.follow(&node).unwrap_or(node))
}

/// The response of some statuses.
fn response(document: &Document, operation: &Node, statuses: Statuses) -> Option<Node> {
    let key = statuses.to_string();
    let keys = [key.clone(), key.to_lowercase()].map(|key| operation.join("responses").join(key));
    let node = keys.into_iter().find(|node| document.value(node).is_some())?;
    Some(document.follow(&node).unwrap_or(node))
}

/// A header of the first response that has it.
fn header(document: &Document, operation: &Node, name: &str) -> Option<Node> {
    let responses = operation.join("responses");
    document.value(&responses)?.as_object()?.keys().find_map(|status| {
        let headers = document.follow(&responses.join(status)).ok()?.join("headers");
        let names = document.value(&headers)?.as_object()?.keys();
        let node = headers.join(names.into_iter().find(|it| it.eq_ignore_ascii_case(name))?);
        Some(document.follow(&node).unwrap_or(node))
    })
}
