//! Replies that a caller reads while they arrive: server-sent events and streams of JSON values.

use super::Lower;
use super::outcome::responses;
use crate::document::model::{MediaType as Declared, Operation};
use crate::ir::{Items, Type};
use crate::media_type::{Kind, MediaType};

impl Lower<'_> {
    /// The type of the events of a successful reply, if it can be a stream of events.
    pub(in crate::lower) fn events(&mut self, operation: &Operation) -> Option<Type> {
        let (_, declared) = streamed(operation, Kind::EventStream)?;
        let node = declared.item_schema.as_ref().or(declared.schema.as_ref());
        Some(match node.map(|node| self.type_of(node)) {
            None | Some(Type::Any | Type::Text(_) | Type::Secret | Type::Binary) => Type::String,
            Some(ty) => ty,
        })
    }

    /// The values of a successful reply, if it can be a stream of values (3.2, 4.14.1).
    pub(in crate::lower) fn items(&mut self, operation: &Operation) -> Option<Items> {
        let (name, declared) = streamed(operation, Kind::JsonStream)?;
        let ty = match self.type_of(declared.item_schema.as_ref()?) {
            Type::Binary => Type::String,
            ty => ty,
        };
        Some(Items { media_type: MediaType::of(name).essence().to_owned(), ty })
    }
}

/// The first media type of some kind that a successful reply has, by its name.
fn streamed(operation: &Operation, kind: Kind) -> Option<(&str, &Declared)> {
    let successful = responses(operation).filter(|(statuses, _)| statuses.is_success());
    let mut media_types = successful.flat_map(|(_, response)| &response.content);
    let (name, declared) = media_types.find(|(name, _)| MediaType::of(name).kind() == kind)?;
    Some((name, declared))
}
