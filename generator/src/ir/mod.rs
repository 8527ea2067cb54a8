//! The intermediate representation: an API in terms that are neither OpenAPI's nor Rust's.
//!
//! `lower` makes it, `analyze` computes tables about it, `emit` reads both. It is plain data without tokens and Rust names. Its methods
//! only look things up. References are ids, so that types may be recursive.

mod bound;
mod model;
mod operation;
mod token;

use std::collections::{BTreeMap, HashSet};

use crate::choices::{Dependency, Derives};

pub use bound::Bound;
pub use model::{
    Branch, DefaultBranch, EnumValue, Enumeration, Field, Label, Model, ModelId, ModelKind, Naming, Root, Scalar,
    Struct, Thing, Type, Union,
};
pub use operation::{
    Body, BodyKind, Credential, Encoding, Header, Items, Location, Operation, OperationId, Outcome, Parameter,
    Requirement, Scheme, SchemeId, Server, ServerVariable, Statuses, Style, StyleKind,
};
pub use token::{Exchange, Member, Mint, TokenReply, TokenSource};

/// A whole API: what one OpenAPI document describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.description`, or else `info.summary`.
    pub description: Option<String>,
    /// `info.version`, as written.
    pub version: String,
    /// The servers for operations without servers of their own.
    pub servers: Vec<Server>,
    /// The security schemes of `components.securitySchemes`, in document order.
    pub schemes: Vec<Scheme>,
    /// The token sources of some of the schemes.
    pub token_sources: Vec<TokenSource>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The requests and the replies of webhooks. In a webhook, the server is the caller.
    pub webhooks: Webhooks,
    /// The types, in document order; [`ModelId`] is the index.
    pub models: Vec<Model>,
    /// How many places say more than "anything" and are emitted as untyped JSON. Each of them has a diagnostic.
    pub untyped: usize,
    /// The further traits that are derived for some types.
    pub derives: Vec<Derives>,
    /// The crates that the user's own types need, by name.
    pub dependencies: BTreeMap<String, Dependency>,
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

    /// How many of the document's named schemas have a type. Several of them may share one.
    pub fn components(&self) -> usize {
        let namings = self.models.iter().flat_map(|model| std::iter::once(&model.naming).chain(&model.also));
        let named = namings.filter(|naming| naming.steps.is_empty()).filter_map(|naming| match &naming.root {
            Root::Component(name) => Some(name),
            Root::Operation(_) | Root::Other(_) => None,
        });
        named.collect::<HashSet<_>>().len()
    }

    /// Adds every model that a type leads to. A model that is already in the set is skipped, because its own references were added with it.
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
    /// The types of requests, which the client's user receives.
    pub received: Vec<Type>,
    /// The types of replies, which the client's user sends.
    pub sent: Vec<Type>,
}

/// The documentation that a document gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// One line: `summary`, or a schema's `title` if it has no description.
    pub summary: Option<String>,
    /// CommonMark, as written.
    pub description: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// The value that counts if none is given (`default`), as JSON.
    pub default: Option<String>,
    /// The bounds that the document sets (`minimum`, `pattern`, …), each a keyword and its value as JSON. Here they are documentation.
    /// Bounds that can be checked are also at the place of the value, as [`Bound`]s.
    pub bounds: Vec<(String, String)>,
}

impl Docs {
    /// Takes from further documentation what this one lacks. Bounds are left out.
    pub fn complete(&mut self, more: Docs) {
        self.summary = self.summary.take().or(more.summary);
        self.description = self.description.take().or(more.description);
        self.deprecated |= more.deprecated;
        self.default = self.default.take().or(more.default);
    }
}
