//! What schemas mean, whatever the dialect.
//!
//! [`Schemas`] reads each schema of a document once. It takes a place in the raw tree and gives the schema's keywords: those of JSON Schema
//! 2020-12, and OpenAPI's additions. OpenAPI 3.0's spelling (`nullable`, boolean exclusive bounds) is converted to these. Keywords of the
//! wrong kind, unknown keywords and keywords that are not honoured are reported there. An [`EffectiveSchema`] is what several schemas mean
//! together, with references followed and `allOf` merged. Types are made from it, and documents are compared by it.

mod all_of;
mod bounds;
mod effective;
mod keywords;
mod plausible;
mod read;
mod schemas;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value;

use crate::document::Node;

pub use crate::formats::JsonType;
pub use all_of::{Part, Parts};
pub use effective::{Alternatives, Conflict, EffectiveSchema, content_format, types_of};
pub use keywords::WORDS;
pub use schemas::Schemas;

/// A schema's keywords.
#[derive(Clone, Debug)]
pub struct Schema<'d> {
    /// Where it is.
    pub node: Node,
    /// As it is written.
    pub raw: &'d Value,
    /// Set if the schema is `true` or `false` (2020-12, 4.3.2).
    pub boolean: Option<bool>,
    /// `$ref`, or a `$dynamicRef` that has only one possible target.
    pub reference: Option<String>,
    /// `type`, without `null`.
    pub types: Vec<JsonType>,
    /// Whether `null` is among the types.
    pub nullable: bool,
    /// Whether `null` is the only type.
    pub only_null: bool,
    /// `format`.
    pub format: Option<&'d str>,
    /// `enum`.
    pub enumeration: Option<&'d [Value]>,
    /// `const`.
    pub constant: Option<&'d Value>,
    /// `properties`, in document order.
    pub properties: Vec<(String, Node)>,
    /// `required`.
    pub required: Vec<String>,
    /// A boolean `required`, which OpenAPI does not have: whether the property that holds this schema is required.
    pub required_here: bool,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `patternProperties`.
    pub patterns: Vec<(String, Node)>,
    /// `items`.
    pub items: Option<Node>,
    /// `prefixItems`.
    pub prefix_items: Vec<Node>,
    /// `allOf`.
    pub all_of: Vec<Node>,
    /// `oneOf`.
    pub one_of: Vec<Node>,
    /// `anyOf`.
    pub any_of: Vec<Node>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `title`: a comment, never a name.
    pub title: Option<&'d str>,
    /// `description`.
    pub description: Option<&'d str>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<&'d str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'d str>,
    /// `default`.
    pub default: Option<&'d Value>,
    /// The bounds, as `keyword` and value, in document order.
    pub bounds: Vec<(&'d str, &'d Value)>,
    /// `x-rust-name`.
    pub rust_name: Option<&'d str>,
    /// `x-secret`.
    pub secret: bool,
    /// `x-enum-varnames`, `x-rust-names`: names of the values of `enum`.
    pub value_names: Vec<String>,
    /// `x-enum-descriptions`: documentation of the values of `enum`.
    pub value_docs: Vec<String>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Additional {
    /// It is absent: any member may follow, but nothing is said about its type.
    Unspecified,
    /// `false`.
    Forbidden,
    /// `true` or `{}`.
    Any,
    /// A schema.
    Schema(Node),
}

/// `discriminator` (OpenAPI 3.1.1, 4.8.25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`, in document order: a tag's value and what it names. Shared, because every subtype has it.
    pub mapping: Arc<[(String, String)]>,
    /// `defaultMapping` (3.2): the alternative of a value whose tag is missing or selects no alternative.
    pub default: Option<String>,
}

impl<'d> Schema<'d> {
    /// A schema that says nothing.
    fn empty(node: Node, raw: &'d Value) -> Self {
        Self {
            node,
            raw,
            boolean: None,
            reference: None,
            types: Vec::new(),
            nullable: false,
            only_null: false,
            format: None,
            enumeration: None,
            constant: None,
            properties: Vec::new(),
            required: Vec::new(),
            required_here: false,
            additional: Additional::Unspecified,
            patterns: Vec::new(),
            items: None,
            prefix_items: Vec::new(),
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            title: None,
            description: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            content_encoding: None,
            content_media_type: None,
            default: None,
            bounds: Vec::new(),
            rust_name: None,
            secret: false,
            value_names: Vec::new(),
            value_docs: Vec::new(),
        }
    }

    /// Whether it says anything about the value, beyond documentation.
    pub fn constrains(&self) -> bool {
        self.constrains_itself() || self.reference.is_some() || !self.all_of.is_empty()
    }

    /// Whether it constrains values by itself, without its reference and its `allOf`.
    pub fn constrains_itself(&self) -> bool {
        !self.types.is_empty() || self.constrains_beyond_types()
    }

    /// Whether it constrains values by itself, and not only their types.
    pub fn constrains_beyond_types(&self) -> bool {
        self.boolean == Some(false)
            || self.constant.is_some()
            || self.enumeration.is_some()
            || self.has_members()
            || self.items.is_some()
            || !self.prefix_items.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
    }

    /// Whether its values are secrets: `x-secret`, or the format `password`.
    pub fn is_secret(&self) -> bool {
        self.secret || self.format == Some("password")
    }

    /// Its lists of alternatives, by their keywords.
    pub fn unions(&self) -> impl Iterator<Item = (&'static str, &[Node])> {
        let lists = [("oneOf", self.one_of.as_slice()), ("anyOf", self.any_of.as_slice())];
        lists.into_iter().filter(|(_, branches)| !branches.is_empty())
    }

    /// Whether it says anything of an object's members.
    pub fn has_members(&self) -> bool {
        !self.properties.is_empty()
            || !self.patterns.is_empty()
            || !matches!(self.additional, Additional::Unspecified)
            || !self.required.is_empty()
    }
}
