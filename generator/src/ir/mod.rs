//! The intermediate representation: an API in terms that are neither OpenAPI's nor Rust's.
//!
//! `lower` makes it, `analyze` computes tables about it, `emit` reads both. It is plain data: no tokens, no Rust names, no
//! behaviour beyond looking things up. References are ids, so that types may be recursive.

mod bound;
mod model;
mod operation;

use std::collections::{BTreeMap, HashSet};

use crate::choices::Derives;

pub use bound::Bound;
pub use model::{
    Branch, DefaultBranch, EnumValue, Enumeration, Field, Label, Model, ModelId, ModelKind, Naming, Root, Scalar,
    Struct, Thing, Type, Union,
};
pub use operation::{
    Body, BodyKind, Credential, Encoding, Header, Items, Location, Operation, OperationId, Outcome, Parameter,
    Requirement, Scheme, SchemeId, Server, ServerVariable, Statuses, Style, StyleKind,
};

/// A whole API: what one OpenAPI document describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.description`, or `info.summary` where there is none.
    pub description: Option<String>,
    /// `info.version`, as written.
    pub version: String,
    /// The servers that an operation goes to unless it has its own.
    pub servers: Vec<Server>,
    /// The security schemes of `components.securitySchemes`, in document order.
    pub schemes: Vec<Scheme>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// What goes over the wire where the server calls.
    pub webhooks: Webhooks,
    /// The types, in document order; [`ModelId`] is the index.
    pub models: Vec<Model>,
    /// How many places say more than "anything" and are emitted as untyped JSON; each is in a diagnostic.
    pub untyped: usize,
    /// What is derived for some of the types as well.
    pub derives: Vec<Derives>,
    /// The crates that the user's own types need, each with the rest of its line in the manifest.
    pub dependencies: BTreeMap<String, String>,
}

impl Api {
    /// The model of an id that this API gave out.
    pub fn model(&self, id: ModelId) -> &Model {
        &self.models[id.0]
    }

    /// The models with their ids.
    pub fn models(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        self.models.iter().enumerate().map(|(index, model)| (ModelId(index), model))
    }

    /// How many of the document's named schemas have a type, be it one that they share.
    pub fn components(&self) -> usize {
        let namings = self.models.iter().flat_map(|model| std::iter::once(&model.naming).chain(&model.also));
        let named = namings.filter(|naming| naming.steps.is_empty()).filter_map(|naming| match &naming.root {
            Root::Component(name) => Some(name),
            Root::Operation(_) | Root::Other(_) => None,
        });
        named.collect::<HashSet<_>>().len()
    }

    /// Adds every model that a type leads to. One that is there already has brought along what it leads to.
    pub fn reach(&self, ty: &Type, reached: &mut HashSet<ModelId>) {
        let mut pending = Vec::new();
        ty.each_model(&mut |id| pending.push(id));
        while let Some(id) = pending.pop() {
            if reached.insert(id) {
                for ty in self.model(id).kind.types() {
                    ty.each_model(&mut |id| pending.push(id));
                }
            }
        }
    }

    /// The operations with their ids.
    pub fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations.iter().enumerate().map(|(index, operation)| (OperationId(index), operation))
    }
}

/// The types of webhooks, by their direction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Webhooks {
    /// Of requests, which come to the client's user.
    pub received: Vec<Type>,
    /// Of replies, which the user makes.
    pub sent: Vec<Type>,
}

/// What a document says of a thing in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// One line: `summary`, or a schema's `title` where there is no description.
    pub summary: Option<String>,
    /// CommonMark, as written.
    pub description: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// What the value is where it is left out (`default`), as JSON.
    pub default: Option<String>,
    /// The bounds that the document sets (`minimum`, `pattern`, …), each a keyword and its value as JSON. They are told
    /// here; what can be checked of them stands where the value does, as [`Bound`]s.
    pub bounds: Vec<(String, String)>,
}
