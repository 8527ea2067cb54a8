//! A public item of an emitted API as a value: its name, its signature, and what it stands for on the wire.
//!
//! Each emitter gives items and tokens from the same tables, so that a comparison of two crates need not know how an item is made.

use std::borrow::Cow;
use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Plan;
use crate::emit::Uses;
use crate::emit::ty::{SIBLING, is_converted, ty};
use crate::emit::uses::ident;
use crate::ir::{BodyKind, Credential, Location, ModelId, OperationId, Scalar, Statuses, Type};
use crate::node::Node;
use crate::render;

/// What kind of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// The client itself.
    Client,
    /// A function of the client that every client has, or one that takes a credential.
    ClientFunction,
    /// A method of the client that calls an operation.
    Method,
    /// An argument of a function.
    Argument,
    /// A method of a call that sets what is optional.
    CallSetter,
    /// A method of a call that reads the reply as a stream.
    Stream,
    /// What an operation gives, or its error.
    Reply,
    /// One of several replies.
    Outcome,
    /// The headers of an operation's replies.
    Headers,
    /// A structure.
    Struct,
    /// A structure around one value.
    Newtype,
    /// Values out of a list.
    Enumeration,
    /// One of several types.
    Union,
    /// Another name for a type.
    Alias,
    /// A field of a structure.
    Field,
    /// A variant of an enumeration or a union.
    Variant,
    /// The function that makes a structure.
    Constructor,
    /// A method that sets a field.
    Setter,
    /// An implementation of a trait.
    Trait,
}

/// An item, and those that are reached through it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// What it is.
    pub kind: ItemKind,
    /// Its name among its siblings.
    pub name: Cow<'a, str>,
    /// Its path inside the API's module: `Order.note`, `Status::Void`, `Client::list_orders().limit`.
    pub path: String,
    /// What the compiler checks, besides its kind and its arguments.
    pub signature: Signature,
    /// What it stands for on the wire.
    pub meaning: Meaning<'a>,
    /// What it is made from.
    pub place: Place<'a>,
    /// Its arguments, fields, variants, functions.
    pub inside: Vec<Item<'a>>,
}

/// What the compiler checks about an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Signature {
    /// Its name alone.
    Name,
    /// What it holds, or is another name for.
    Value(Written),
    /// Its receiver and its return type. The arguments are items inside it.
    Function {
        /// `&self`, `self`, or nothing.
        receiver: &'static str,
        /// The type.
        returns: String,
    },
}

/// A type as it is written in a signature.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Written {
    /// `()`.
    Nothing,
    /// Bytes as they are.
    Bytes,
    /// Bytes that are sent: in memory, or read while they are sent.
    RequestBody,
    /// A type that the document does not make: one of the runtime, or one that belongs to an operation.
    Own(String),
    /// A type of the document.
    Type(Type),
    /// An `Option` of a type.
    Option(Box<Self>),
    /// A boxed type.
    Boxed(Box<Self>),
    /// Any type that converts into it: `impl Into<…>`.
    Into(Box<Self>),
}

/// What an item stands for on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning<'a> {
    /// Nothing.
    Nothing,
    /// The server that is called.
    Url(String),
    /// What is sent as a credential, and where. The name of a header is in lower case.
    Credential(Cow<'a, Credential>),
    /// The calls that tokens come from, in words, and the values in these calls and their replies.
    Tokens(String, Vec<String>),
    /// A method, a path without the names of its parameters, and how the body is written.
    Request(&'a str, String, Option<BodyKind>),
    /// A parameter.
    Parameter(Location, Cow<'a, str>),
    /// The body of a request.
    Body,
    /// The statuses of a reply.
    Statuses(Statuses),
    /// A header of a reply, in lower case.
    Header(String),
    /// A member of a JSON object.
    Member(&'a str),
    /// All members of a JSON object that have no field of their own.
    Rest,
    /// A value in JSON.
    Value(&'a Scalar),
    /// The member that tells alternatives apart.
    Tag(&'a str),
    /// A stream: the runtime's type, and its function that reads one.
    Stream(&'static str, &'static str),
}

/// What an item is made from; its meaning says which part.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// The document's servers.
    Servers,
    /// A security scheme.
    Scheme(&'a str),
    /// A schema.
    Model(ModelId),
    /// An operation.
    Operation(OperationId),
    /// Anything else.
    Node(&'a Node),
}

impl<'a> Item<'a> {
    /// An item with only a name as its signature.
    pub(super) fn new(
        kind: ItemKind,
        name: impl Into<Cow<'a, str>>,
        path: impl Into<String>,
        place: Place<'a>,
    ) -> Self {
        let (name, path) = (name.into(), path.into());
        Self { kind, name, path, signature: Signature::Name, meaning: Meaning::Nothing, place, inside: Vec::new() }
    }

    /// The same item, holding a type.
    pub(super) fn holding(self, held: Written) -> Self {
        Self { signature: Signature::Value(held), ..self }
    }

    /// The same item as a function.
    pub(super) fn function(self, receiver: &'static str, returns: impl Into<String>) -> Self {
        Self { signature: Signature::Function { receiver, returns: returns.into() }, ..self }
    }

    /// The same item with a meaning.
    pub(super) fn meaning(self, meaning: Meaning<'a>) -> Self {
        Self { meaning, ..self }
    }

    /// The same item with more items inside.
    pub(super) fn with(mut self, inside: impl IntoIterator<Item = Item<'a>>) -> Self {
        self.inside.extend(inside);
        self
    }

    /// An argument of a function.
    pub(super) fn argument(name: impl Into<Cow<'a, str>>, taken: Written, place: Place<'a>) -> Self {
        let name = name.into();
        Self::new(ItemKind::Argument, name.clone(), name, place).holding(taken)
    }

    /// What it holds.
    pub fn held(&self) -> Option<&Written> {
        match &self.signature {
            Signature::Value(held) => Some(held),
            _ => None,
        }
    }

    /// Its arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &Self> {
        self.inside.iter().filter(|item| item.kind == ItemKind::Argument)
    }
}

impl Written {
    /// A type. A nullable type is an `Option`, just like a type that may be missing.
    pub fn of(ty: &Type) -> Self {
        match ty {
            Type::Nullable(inner) => Self::of(inner).optional(),
            other => Self::Type(other.clone()),
        }
    }

    /// How a value of a type is taken from a caller.
    pub(super) fn taken(plan: &Plan<'_>, ty: &Type) -> Self {
        if is_converted(plan, ty) { Self::Into(Box::new(Self::of(ty))) } else { Self::of(ty) }
    }

    pub(super) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(super) fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    /// The same with other types of the document. `None` if one of them has no counterpart.
    pub fn map(&self, change: &impl Fn(&Type) -> Option<Type>) -> Option<Self> {
        let inside = |inner: &Self| inner.map(change).map(Box::new);
        Some(match self {
            Self::Nothing | Self::Bytes | Self::RequestBody | Self::Own(_) => self.clone(),
            Self::Type(ty) => Self::of(&change(ty)?),
            Self::Option(inner) => Self::Option(inside(inner)?),
            Self::Boxed(inner) => Self::Boxed(inside(inner)?),
            Self::Into(inner) => Self::Into(inside(inner)?),
        })
    }

    /// Its text, as a file among the models writes it.
    pub fn text(&self, plan: &Plan<'_>) -> String {
        match self {
            // A type that is more than a name, such as `&str`.
            Self::Own(name) => name.clone(),
            held => render::inline(&held.tokens(plan, SIBLING, &mut Uses::default())),
        }
    }

    /// Its tokens, in a file that sees the models at the path `models`.
    pub(super) fn tokens(&self, plan: &Plan<'_>, models: &'static str, uses: &mut Uses) -> TokenStream {
        let mut inside = |inner: &Self| inner.tokens(plan, models, uses);
        match self {
            Self::Nothing => quote!(()),
            Self::Option(inner) => {
                let inner = inside(inner);
                quote!(Option<#inner>)
            }
            Self::Boxed(inner) => {
                let inner = inside(inner);
                quote!(Box<#inner>)
            }
            Self::Into(inner) => {
                let inner = inside(inner);
                quote!(impl Into<#inner>)
            }
            Self::Bytes => {
                let bytes = uses.from("bytes", "Bytes");
                quote!(#bytes)
            }
            Self::RequestBody => {
                let body = uses.runtime("RequestBody");
                quote!(#body)
            }
            Self::Own(name) => {
                let name = ident(name);
                quote!(#name)
            }
            Self::Type(written) => ty(plan, written, models, uses),
        }
    }
}

impl fmt::Display for Meaning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Url(url) => f.write_str(url),
            Self::Credential(credential) => match credential.as_ref() {
                Credential::Header(name) => write!(f, "the header `{name}`"),
                Credential::Query(name) => write!(f, "the query `{name}`"),
                Credential::Cookie(name) => write!(f, "the cookie `{name}`"),
                Credential::Basic => f.write_str("a user name and a password"),
                Credential::Bearer => f.write_str("a bearer token"),
            },
            Self::Tokens(calls, _) => f.write_str(calls),
            Self::Request(method, path, _) => write!(f, "`{method} {path}`"),
            Self::Parameter(location, name) => write!(f, "{} `{name}`", location.word()),
            Self::Body => f.write_str("the body"),
            Self::Statuses(statuses) => statuses.fmt(f),
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Member(name) => write!(f, "`{name}` in JSON"),
            Self::Rest => f.write_str("the other members"),
            Self::Value(value) => write!(f, "`{}`", value.json()),
            Self::Tag(name) => write!(f, "told by `{name}`"),
            Self::Stream(reader, _) => f.write_str(reader),
        }
    }
}
