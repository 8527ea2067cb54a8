//! Replies that are handed over while they arrive: server-sent events and streams of JSON values.

use openapiv3::{MediaType as Declared, Operation, StatusCode};

use super::Lower;
use crate::document::{Node, Places};
use crate::ir::{Items, Type};
use crate::media_type::{Kind, MediaType};

impl Lower<'_> {
    /// What the events of a successful reply hold, where it can be a stream of them.
    pub(super) fn events(&mut self, operation: &Operation) -> Option<Type> {
        let (_, media_type, at) = streamed(operation, &self.places, Kind::EventStream)?;
        let schema = self.schema_of(media_type);
        let node = self.item_schema(&at).or(schema);
        Some(match node.map(|node| self.type_of(&node)) {
            None | Some(Type::Any | Type::Text(_) | Type::Secret | Type::Binary) => Type::String,
            Some(ty) => ty,
        })
    }

    /// The values of a successful reply that can be a stream of them.
    pub(super) fn items(&mut self, operation: &Operation) -> Option<Items> {
        let (name, _, at) = streamed(operation, &self.places, Kind::JsonStream)?;
        let node = self.item_schema(&at)?;
        let ty = match self.type_of(&node) {
            Type::Binary => Type::String,
            ty => ty,
        };
        Some(Items { media_type: MediaType::of(name).essence().to_owned(), ty })
    }

    /// The schema of what a stream is made of (3.2, 4.14.1).
    pub(super) fn item_schema(&self, media_type: &Node) -> Option<Node> {
        Some(media_type.join("itemSchema")).filter(|node| self.document.value(node).is_some())
    }
}

/// The first media type of some kind that a successful reply has, by its name and its place.
fn streamed<'o>(operation: &'o Operation, places: &Places, kind: Kind) -> Option<(&'o str, &'o Declared, Node)> {
    let successful = |status: &StatusCode| match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(digit) => *digit == 2,
    };
    let responses = operation.responses.responses.iter().filter(|(status, _)| successful(status));
    let mut media_types = responses.filter_map(|(_, response)| response.as_item()).flat_map(|response| {
        let place = places.of(&response.extensions);
        response.content.iter().map(move |(name, media_type)| (name, media_type, place.clone()))
    });
    let (name, media_type, response) = media_types.find(|(name, ..)| MediaType::of(name).kind() == kind)?;
    let at = places.of(&media_type.extensions).or_else(|| Some(response?.join("content").join(name)))?;
    Some((name, media_type, at))
}
