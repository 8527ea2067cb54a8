//! Types: what `components.schemas` and inline schemas become.

use std::fmt;

use indexmap::IndexSet;
use serde_json::Value;

use crate::formats::Format;
use crate::ir::{Bound, Docs};
use crate::node::Node;

/// An index into [`Api::models`](super::Api::models).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelId(pub usize);

/// A type that gets a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Where its name comes from.
    pub naming: Naming,
    /// Its documentation.
    pub docs: Docs,
    /// What it is.
    pub kind: ModelKind,
    /// The bounds on the values of an alias.
    pub bounds: Vec<Bound>,
    /// The schema from which it was made. If several describe the same thing, the first one.
    pub node: Node,
    /// The naming of the other places that describe the same thing.
    pub also: IndexSet<Naming>,
}

/// What a name is made from. `analyze` chooses the name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Naming {
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// What the place belongs to.
    pub root: Root,
    /// The path from the root to the schema, in words: property names, `item`, `value`, a branch's label.
    pub steps: Vec<String>,
    /// Decides between places with the same words. It is never part of a name.
    pub place: String,
    /// What the document describes there.
    pub thing: Thing,
    /// The place itself.
    pub node: Node,
}

impl Naming {
    /// Makes this the naming of a schema inside the present one. `word` is the step that leads there.
    pub fn step(&mut self, word: &str) {
        if let Some(name) = self.explicit.take() {
            (self.root, self.steps) = (Root::Component(name), Vec::new());
        }
        self.steps.push(word.to_owned());
        self.place = format!("{}/{word}", self.place);
        match &mut self.thing {
            Thing::At(way) | Thing::Reply(way) | Thing::Named(_, way) => *way = format!("{way}/{word}"),
        }
    }
}

/// The part of the document that an inline schema describes. Two equal schemas share a type if they describe the same part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A part at a place of the document.
    At(String),
    /// A part of a reply. All replies of an operation count as one place.
    Reply(String),
    /// A part with an `x-rust-name`, and the path from there.
    Named(String, String),
}

/// What an inline schema belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// A named component schema.
    Component(String),
    /// An operation, by `operationId` or the words that replace it.
    Operation(String),
    /// Anything else that has a name: a reusable response, parameter, request body or header.
    Other(String),
}

/// What a model is.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelKind {
    /// An object with known members.
    Struct(Struct),
    /// A string or an integer out of a list.
    Enumeration(Enumeration),
    /// One of several types (`oneOf`, `anyOf`, several `type`s).
    Union(Union),
    /// A name for another type.
    Alias(Type),
}

/// An object with known members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Struct {
    /// The members, in document order.
    pub fields: Vec<Field>,
    /// The type of further members, if the document says so (`additionalProperties`, `patternProperties`).
    pub additional: Option<Type>,
    /// The bounds on each further member.
    pub additional_bounds: Vec<Bound>,
    /// Whether there can be no further members (`additionalProperties: false`).
    pub closed: bool,
    /// The bounds on the number of members.
    pub bounds: Vec<Bound>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The member's name in JSON.
    pub wire: String,
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// What it holds.
    pub ty: Type,
    /// What that must hold to.
    pub bounds: Vec<Bound>,
    /// Whether it must be there.
    pub required: bool,
    /// `readOnly`: only the server sets it.
    pub read_only: bool,
    /// `writeOnly`: only the client sets it.
    pub write_only: bool,
    /// The only value that it can have (`const`, or an `enum` of one value), of any kind. If the type is an enumeration, this is the
    /// enumeration's only value.
    pub constant: Option<Value>,
    /// The values that it can have, if the document lists them and the type has others as well. They tell the branches of a union apart.
    pub listed: Vec<Value>,
    /// The value by which a discriminator selects the structure, if this is the discriminator's property. `new` fills it in.
    pub tag: Option<Scalar>,
}

/// A value that tells things apart: one of an enumeration, or of a discriminator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
}

impl Scalar {
    /// The value as it stands in JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Bool(flag) => (*flag).into(),
            Self::Integer(integer) => (*integer).into(),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Bool(flag) => flag.fmt(f),
            Self::Integer(integer) => integer.fmt(f),
        }
    }
}

/// A value out of a list. The list is open: a server may add to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The values, in document order.
    pub values: Vec<EnumValue>,
    /// Whether the list is a `const`: exactly one value, which a caller never has to name.
    pub constant: bool,
    /// Whether the document admits any other value as well.
    pub open: bool,
}

/// One value of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// As it stands in JSON: a string or an integer, the same kind for all values of an enumeration.
    pub wire: Scalar,
    /// The name that the document asks for.
    pub explicit: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The alternatives, in document order.
    pub branches: Vec<Branch>,
    /// The member whose value tells the alternatives apart.
    pub tag: Option<String>,
    /// The alternative for values without a tag, and perhaps for values whose tag selects no alternative. Only in a union with a tag.
    pub default: Option<DefaultBranch>,
}

/// The alternative for a value without a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultBranch {
    /// Its index.
    pub branch: usize,
    /// Whether a value whose tag selects no alternative belongs to this one as well (`defaultMapping`).
    pub unlisted: bool,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// What it holds.
    pub ty: Type,
    /// What that must hold to.
    pub bounds: Vec<Bound>,
    /// The tag's values that select it, each of the tag's own type. Empty without a discriminator, and if only values without the tag
    /// belong to this alternative ([`Union::default`]). If the branch is a union by the same tag, these are all values that select one of
    /// its branches.
    pub tags: Vec<Scalar>,
    /// Whether the type has the tag among its own members, so that it writes the tag itself.
    pub writes_tag: bool,
    /// What its name is made from.
    pub label: Label,
    /// Its documentation.
    pub docs: Docs,
}

/// What a variant's name is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// Words from the document: a tag's value, or words that describe the shape.
    Words(String),
    /// The name of the type that it holds.
    Type,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// Any JSON.
    Any,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer(&'static Format),
    /// A number. Always 64 bits, because a `float` in 32 bits would be written back with other digits.
    Float,
    /// Text.
    String,
    /// Text that must not be shown (`format: password`, `x-secret`).
    Secret,
    /// Text of a known format.
    Text(&'static Format),
    /// Bytes, as a body or a part of one. In JSON, they are text.
    Binary,
    /// A list.
    Array(Box<Type>),
    /// A list whose elements have their own types. Only the first `least` elements must be present.
    Tuple {
        /// The types, by position.
        elements: Vec<Type>,
        /// The least number of elements.
        least: usize,
    },
    /// An object with any member names.
    Map(Box<Type>),
    /// The type or `null`.
    Nullable(Box<Type>),
    /// A type of the user's, by its path.
    Own(String),
    /// A named type.
    Model(ModelId),
}

impl Type {
    /// The type without `null`.
    pub fn present(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner.present(),
            other => other,
        }
    }

    /// The same type that also admits `null`.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            other => Self::Nullable(Box::new(other)),
        }
    }

    /// Calls `visit` with the type and every type inside it.
    pub fn each(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each(visit),
            Self::Tuple { elements, .. } => elements.iter().for_each(|element| element.each(visit)),
            _ => {}
        }
    }

    /// The type with its models replaced. `None` if one of them has no replacement.
    pub fn replaced(&self, model: &mut impl FnMut(ModelId) -> Option<Self>) -> Option<Self> {
        Some(match self {
            Self::Model(id) => model(*id)?,
            Self::Array(inner) => Self::Array(Box::new(inner.replaced(model)?)),
            Self::Map(inner) => Self::Map(Box::new(inner.replaced(model)?)),
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.replaced(model)?)),
            Self::Tuple { elements, least } => {
                let elements = elements.iter().map(|element| element.replaced(model)).collect::<Option<_>>()?;
                Self::Tuple { elements, least: *least }
            }
            other => other.clone(),
        })
    }

    /// Calls `visit` with the id of every model that the type mentions.
    pub fn each_model(&self, visit: &mut impl FnMut(ModelId)) {
        self.each(&mut |ty| {
            if let Self::Model(id) = ty {
                visit(*id);
            }
        });
    }
}

impl ModelKind {
    /// What differs between most models: the names of members or the listed values, and the types.
    pub fn signs(&self) -> (Vec<Scalar>, Vec<&Type>) {
        let text = |text: &String| Scalar::Text(text.clone());
        let names = match self {
            Self::Struct(structure) => structure.fields.iter().map(|field| text(&field.wire)).collect(),
            Self::Enumeration(enumeration) => enumeration.values.iter().map(|value| value.wire.clone()).collect(),
            Self::Union(union) => union.tag.iter().map(text).collect(),
            Self::Alias(_) => Vec::new(),
        };
        (names, self.types())
    }

    /// The types directly inside.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(structure) => {
                structure.fields.iter().map(|field| &field.ty).chain(&structure.additional).collect()
            }
            Self::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enumeration(_) => Vec::new(),
        }
    }

    /// The same types, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(structure) => {
                structure.fields.iter_mut().map(|field| &mut field.ty).chain(&mut structure.additional).collect()
            }
            Self::Union(union) => union.branches.iter_mut().map(|branch| &mut branch.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enumeration(_) => Vec::new(),
        }
    }
}
