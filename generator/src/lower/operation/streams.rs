//! Replies that a caller reads while they arrive: server-sent events and streams of JSON values.

use std::slice;

use super::Lower;
use super::outcome::{responses, successful};
use crate::document::Node;
use crate::document::model::{MediaType as Declared, Operation};
use crate::ir::{Items, Type};
use crate::media_type::{Kind, MediaType};
use crate::schema::EffectiveSchema;

impl Lower<'_> {
    /// The type of the events of a successful reply, if it can be a stream of events.
    pub(in crate::lower) fn events(&mut self, operation: &Operation) -> Option<Type> {
        let (_, declared) = streamed(operation, Kind::EventStream)?;
        let node = declared.item_schema.as_ref().or(declared.schema.as_ref());
        let ty = node.map(|node| match self.data_of_events(node) {
            Data::Whole => self.type_of(node),
            Data::Member(data) => self.type_of(&data),
            Data::Several => Type::String,
        });
        Some(match ty {
            None | Some(Type::Any | Type::Text(_) | Type::Secret | Type::Binary) => Type::String,
            Some(ty) => ty,
        })
    }

    /// Finds the schema of the data of events. In OpenAPI 3.2 (4.14.3), the schema at the node describes the whole event, as an object with
    /// the fields of an event. In many documents it describes only the data.
    fn data_of_events(&mut self, node: &Node) -> Data {
        let Some(event) = self.merge(slice::from_ref(node)) else { return Data::Whole };
        if let Some(data) = data(&event) {
            let content = data.join("contentSchema");
            let has_content = self.document.value(&content).is_some();
            return Data::Member(if has_content { content } else { data.clone() });
        }
        let mut branches = event.unions.iter().flat_map(|union| &union.branches).peekable();
        let is_union = branches.peek().is_some();
        let are_events =
            branches.all(|branch| self.merge(slice::from_ref(branch)).is_some_and(|event| data(&event).is_some()));
        if is_union && are_events { Data::Several } else { Data::Whole }
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

/// Where the schema of the data of events is.
enum Data {
    /// It is the schema at the node.
    Whole,
    /// It is the schema at this place, inside the schema of an event.
    Member(Node),
    /// There are several, one for each alternative.
    Several,
}

/// The schema of the data inside the schema of an event. `None` if the schema has other members than the fields of an event.
fn data<'s>(event: &'s EffectiveSchema) -> Option<&'s Node> {
    let is_event = event.properties.keys().all(|name| ["data", "event", "id", "retry"].contains(&name.as_str()));
    event.properties.get("data").filter(|_| is_event)?.last()
}

/// The first media type of some kind that a successful reply has, by its name.
fn streamed(operation: &Operation, kind: Kind) -> Option<(&str, &Declared)> {
    let successful = successful(operation);
    let replies = responses(operation).filter(|(statuses, _)| successful.contains(statuses));
    let mut media_types = replies.flat_map(|(_, response)| &response.content);
    let (name, declared) = media_types.find(|(name, _)| MediaType::of(name).kind() == kind)?;
    Some((name, declared))
}
