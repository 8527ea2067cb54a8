//! Replies that are handed over while they arrive: server-sent events and streams of JSON values.

use openapiv3::{MediaType, Operation, StatusCode};

use super::Lower;
use super::body::{EVENT_STREAM, essence, is_stream};
use crate::document::{Node, Places};
use crate::ir::{Items, Type};

impl Lower<'_> {
    /// What the events of a successful reply hold, where it can be a stream of them.
    pub(super) fn events(&mut self, operation: &Operation) -> Option<Type> {
        let (_, media_type, at) = streamed(operation, &self.places, |name| name == EVENT_STREAM)?;
        let schema = self.schema_of(media_type);
        let node = self.item_schema(&at).or(schema);
        Some(match node.map(|node| self.type_of(&node)) {
            None | Some(Type::Any | Type::Text(_) | Type::Secret | Type::Binary) => Type::String,
            Some(ty) => ty,
        })
    }

    /// The values of a successful reply that can be a stream of them.
    pub(super) fn items(&mut self, operation: &Operation) -> Option<Items> {
        let (name, _, at) = streamed(operation, &self.places, is_stream)?;
        let node = self.item_schema(&at)?;
        let ty = match self.type_of(&node) {
            Type::Binary => Type::String,
            ty => ty,
        };
        Some(Items { media_type: essence(name).to_owned(), ty })
    }

    /// The schema of what a stream is made of (3.2, 4.14.1).
    pub(super) fn item_schema(&self, media_type: &Node) -> Option<Node> {
        Some(media_type.join("itemSchema")).filter(|node| self.document.value(node).is_some())
    }
}

/// The first media type of some kind that a successful reply has, by its name and its place.
fn streamed<'o>(
    operation: &'o Operation,
    places: &Places,
    wanted: impl Fn(&str) -> bool,
) -> Option<(&'o str, &'o MediaType, Node)> {
    let successful = |status: &StatusCode| match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(digit) => *digit == 2,
    };
    let responses = operation.responses.responses.iter().filter(|(status, _)| successful(status));
    let mut media_types = responses.filter_map(|(_, response)| response.as_item()).flat_map(|response| {
        let place = places.of(&response.extensions);
        response.content.iter().map(move |(name, media_type)| (name, media_type, place.clone()))
    });
    let (name, media_type, response) = media_types.find(|(name, ..)| wanted(essence(name)))?;
    let at = places.of(&media_type.extensions).or_else(|| Some(response?.join("content").join(name)))?;
    Some((name, media_type, at))
}
