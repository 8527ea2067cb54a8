//! The common meaning of schemas that hold at once, with references followed and `allOf` merged: the intersection.
//!
//! It keeps the schemas of which it is made, each with its place.

use std::iter::successors;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value};

use super::all_of::Part;
use super::{Additional, Discriminator, JsonType, Schema};
use crate::document::{Node, Version};
use crate::formats::{self, Format, Rust};
use crate::media_type::MediaType;

/// What several schemas say together. If several schemas describe a member, all its schemas are kept.
#[derive(Clone, Debug)]
pub struct EffectiveSchema<'d> {
    /// The schema that was asked for.
    pub node: Node,
    /// The schema from which the documentation comes: the one that was asked for, or else the last part.
    pub own: Arc<Schema<'d>>,
    /// The schemas that hold. A schema comes after those that it refers to.
    pub parts: Vec<Part<'d>>,
    /// The contradictions.
    pub conflicts: Vec<Conflict>,
    /// Whether no value is valid, because a schema is `false` or the types contradict each other.
    pub never: bool,
    /// The types that all schemas admit. `None` if no schema names a type.
    pub types: Option<Vec<JsonType>>,
    /// Whether the types admit `null`.
    pub nullable: bool,
    /// Whether only `null` is valid (`type: 'null'`).
    pub only_null: bool,
    /// `format`.
    pub format: Option<&'d str>,
    /// The values that all `enum`s list.
    pub enumeration: Option<Vec<&'d Value>>,
    /// `const`.
    pub constant: Option<&'d Value>,
    /// The members, each with all schemas that describe it.
    pub properties: IndexMap<String, Vec<Node>>,
    /// The members that must be there.
    pub required: IndexSet<String>,
    /// The schemas of further members.
    pub additional: Vec<Node>,
    /// Whether any member may follow (`additionalProperties: true`).
    pub open: bool,
    /// Whether no member may follow (`additionalProperties: false`).
    pub closed: bool,
    /// The schemas of the elements of a list.
    pub items: Vec<Node>,
    /// The first elements of a list, each with all schemas that describe it.
    pub prefix_items: Vec<Vec<Node>>,
    /// `oneOf` and `anyOf`.
    pub unions: Vec<Alternatives>,
    /// The first `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// If it is a combination of alternatives of several unions: these alternatives, the outermost first.
    pub within: Vec<Node>,
    /// `x-secret`.
    pub secret: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<&'d str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'d str>,
    /// Names of the values of `enum`.
    pub value_names: Vec<String>,
    /// Documentation of the values of `enum`.
    pub value_docs: Vec<String>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Clone, Debug)]
pub struct Alternatives {
    /// Where its schemas are.
    pub branches: Vec<Node>,
    /// The discriminator next to it.
    pub discriminator: Option<Discriminator>,
}

/// A contradiction of two schemas.
#[derive(Clone, Debug)]
pub enum Conflict {
    /// The schema has no type in common with the schemas before it.
    Types(Node),
    /// The schema has no value in common with the schemas before it. The second field is the `const` that is kept.
    Values(Node, Option<Value>),
}

impl<'d> EffectiveSchema<'d> {
    /// Merges schemas into one that admits only what each of them admits. Gives `None` for an empty list. `is_whole` says that the list is the
    /// schema at `node` with the targets of its `$ref` and `allOf`.
    pub fn of(node: Node, parts: Vec<Part<'d>>, is_whole: bool) -> Option<Self> {
        let all = || parts.iter().map(|part| &part.schema);
        // The documentation comes from the schema at `node`, or else from the last part.
        let own = all().rev().find(|schema| schema.node == node).or(all().next_back())?.clone();
        let mut merged = Self::empty(node, own);
        all().for_each(|schema| merged.add(schema));
        // In 3.1, each schema that names a type must admit `null`. A schema that names none does not count. In 3.0, `nullable` next to an
        // `allOf` is meant for the whole.
        let is_typed = |schema: &Arc<Schema<'d>>| !schema.types.is_empty() || schema.only_null;
        let some_are_typed = all().any(is_typed);
        // What only wraps another schema is as nullable as that.
        let wrapped = |schema: &&Arc<Schema<'d>>| match schema.all_of.as_slice() {
            [only] if !schema.constrains_itself() => all().find(|inner| inner.node == *only),
            _ => None,
        };
        let mut wrappers = successors(Some(&merged.own), wrapped).take(parts.len());
        merged.nullable = (is_whole && wrappers.any(|schema| schema.nullable))
            || all()
                .filter(|it| if some_are_typed { is_typed(it) } else { it.constrains_itself() })
                .all(|schema| schema.nullable);
        merged.parts = parts;
        Some(merged)
    }

    fn empty(node: Node, own: Arc<Schema<'d>>) -> Self {
        Self {
            node,
            own,
            parts: Vec::new(),
            conflicts: Vec::new(),
            never: false,
            types: None,
            nullable: false,
            only_null: false,
            format: None,
            enumeration: None,
            constant: None,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Vec::new(),
            open: false,
            closed: false,
            items: Vec::new(),
            prefix_items: Vec::new(),
            unions: Vec::new(),
            discriminator: None,
            within: Vec::new(),
            secret: false,
            content_encoding: None,
            content_media_type: None,
            value_names: Vec::new(),
            value_docs: Vec::new(),
        }
    }

    fn add(&mut self, schema: &Schema<'d>) {
        self.never |= schema.boolean == Some(false);
        self.only_null |= schema.only_null;
        self.add_types(schema);
        self.add_values(schema);
        self.add_members(schema);
        self.items.extend(schema.items.clone());
        self.add_prefix_items(&schema.prefix_items);
        for (_, branches) in schema.unions() {
            let (branches, discriminator) = (branches.to_vec(), schema.discriminator.clone());
            self.unions.push(Alternatives { branches, discriminator });
        }
        self.discriminator = self.discriminator.take().or_else(|| schema.discriminator.clone());
        self.format = self.format.or(schema.format);
        self.content_media_type = self.content_media_type.or(schema.content_media_type);
        self.content_encoding = self.content_encoding.or(schema.content_encoding);
        self.secret |= schema.secret;
    }

    fn add_types(&mut self, schema: &Schema<'d>) {
        if schema.types.is_empty() {
            return;
        }
        let types = match self.types.take() {
            None => schema.types.clone(),
            Some(types) => common_types(&types, &schema.types),
        };
        if types.is_empty() {
            self.conflicts.push(Conflict::Types(schema.node.clone()));
            self.never = true;
        }
        self.types = Some(types);
    }

    /// Adds `const` and `enum`. If they have no value in common, the first `const` is kept.
    fn add_values(&mut self, schema: &Schema<'d>) {
        let had_values = self.has_values();
        if let Some(values) = schema.enumeration {
            self.enumeration = Some(match self.enumeration.take() {
                None => values.iter().collect(),
                Some(earlier) => earlier.into_iter().filter(|value| values.contains(value)).collect(),
            });
            self.value_names.clone_from(&schema.value_names);
            self.value_docs.clone_from(&schema.value_docs);
        }
        let differs = self.constant.zip(schema.constant).is_some_and(|(one, other)| one != other);
        self.constant = self.constant.or(schema.constant);
        let is_empty = schema.enumeration.is_some_and(<[Value]>::is_empty);
        if differs || (had_values && !self.has_values() && !is_empty) {
            self.conflicts.push(Conflict::Values(schema.node.clone(), self.constant.cloned()));
        }
    }

    fn add_members(&mut self, schema: &Schema<'d>) {
        for (name, node) in &schema.properties {
            self.properties.entry(name.clone()).or_default().push(node.clone());
        }
        self.required.extend(schema.required.iter().cloned());
        match &schema.additional {
            Additional::Schema(node) => self.additional.push(node.clone()),
            Additional::Any => self.open = true,
            Additional::Forbidden => self.closed = true,
            Additional::Unspecified => {}
        }
        self.additional.extend(schema.patterns.iter().map(|(_, node)| node.clone()));
    }

    fn add_prefix_items(&mut self, nodes: &[Node]) {
        let missing = nodes.len().saturating_sub(self.prefix_items.len());
        self.prefix_items.extend(std::iter::repeat_n(Vec::new(), missing));
        self.prefix_items.iter_mut().zip(nodes).for_each(|(all, node)| all.push(node.clone()));
    }

    /// Adds the keywords around an alternative. A keyword with one value is added only if the alternative does not have it.
    pub fn hold_as_well(&mut self, base: &Self) {
        self.parts.extend(base.parts.iter().cloned());
        for (name, nodes) in &base.properties {
            self.properties.entry(name.clone()).or_default().extend(nodes.iter().cloned());
        }
        self.required.extend(base.required.iter().cloned());
        self.additional.extend(base.additional.iter().cloned());
        self.open |= base.open;
        self.closed |= base.closed;
        let items: Vec<Node> = base.items.iter().filter(|node| !self.items.contains(node)).cloned().collect();
        let is_untyped = self.inferred_types().is_empty();
        if is_untyped && base.types.is_some() {
            self.nullable = base.nullable;
        }
        self.types = self.types.take().or_else(|| base.types.clone());
        self.items.extend(items);
        if is_untyped || !base.within.is_empty() {
            self.format = self.format.or(base.format);
            self.enumeration = self.enumeration.take().or_else(|| base.enumeration.clone());
            self.constant = self.constant.or(base.constant);
        }
    }

    /// Whether `const` and `enum` leave a value.
    fn has_values(&self) -> bool {
        match (self.constant, &self.enumeration) {
            (Some(constant), Some(values)) => values.contains(&constant),
            (None, Some(values)) => !values.is_empty(),
            (_, None) => true,
        }
    }

    /// Whether no value is valid because the types contradict each other.
    pub fn is_contradiction(&self) -> bool {
        self.conflicts.iter().any(|conflict| matches!(conflict, Conflict::Types(_)))
    }

    /// Whether it says anything of an object's members.
    pub fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.additional.is_empty() || self.open
    }

    /// The places of its parts.
    pub fn part_nodes(&self) -> Vec<Node> {
        self.parts.iter().map(|part| part.schema.node.clone()).collect()
    }

    /// The format that says the same as `contentEncoding` and `contentMediaType`.
    pub fn content_format(&self) -> Option<&'static Format> {
        content_format(self.content_encoding, self.content_media_type)
    }

    /// Whether a string stands for bytes as they are.
    pub fn is_raw(&self) -> bool {
        self.content_format().is_some_and(|format| matches!(format.rust, Rust::Bytes))
    }

    /// The types that it admits. If `type` is missing, they are inferred from the other keywords. Empty if these do not tell.
    pub fn inferred_types(&self) -> Vec<JsonType> {
        if let Some(types) = &self.types {
            return types.clone();
        }
        let types = self.types_of_values();
        match types.is_empty() {
            false => types,
            true if self.has_members() => vec![JsonType::Object],
            true if !self.items.is_empty() || !self.prefix_items.is_empty() => vec![JsonType::Array],
            true => types,
        }
    }

    fn types_of_values(&self) -> Vec<JsonType> {
        types_of(
            self.constant.iter().chain(self.enumeration.iter().flatten().filter(|_| self.constant.is_none())).copied(),
        )
    }

    /// A value in the type of the schema: a number that is listed among strings becomes its text.
    pub fn as_declared(&self, value: &Value) -> Value {
        let strings = self.types.as_deref() == Some(&[JsonType::String]);
        match value {
            Value::Bool(_) | Value::Number(_) if strings => Value::String(value.to_string()),
            other => other.clone(),
        }
    }

    /// The values of `const` or `enum`. `None` if it has neither. A whole number is an integer, however it is written (2020-12, 4.2.3).
    pub fn listed(&self) -> Option<Vec<Value>> {
        let values = match (self.constant, &self.enumeration) {
            (Some(constant), _) => vec![constant],
            (None, Some(values)) => values.clone(),
            (None, None) => return None,
        };
        if self.types.as_deref() != Some(&[JsonType::Integer]) {
            return Some(values.into_iter().cloned().collect());
        }
        // If a part for any number lists values, and another part admits only integers, the values with fractions drop out.
        let lists_numbers =
            |part: &Part<'_>| part.schema.enumeration.is_some() && part.schema.types.contains(&JsonType::Number);
        let is_narrowed = self.parts.iter().any(lists_numbers);
        let values = values.into_iter().map(whole);
        Some(values.filter(|value| !is_narrowed || !value.is_f64()).collect())
    }

    /// Whether `null` is valid in addition to a list of values. In 3.1, only the `const` itself is valid, whatever the type admits.
    pub fn admits_null_beside_values(&self, version: Version) -> bool {
        let is_exact = self.constant.is_some() && version != Version::V30;
        self.nullable && !is_exact
    }

    /// Whether `null` is admitted, apart from alternatives.
    pub fn admits_null(&self, version: Version) -> bool {
        match self.listed() {
            Some(values) => self.admits_null_beside_values(version) || values.contains(&Value::Null),
            None => self.nullable,
        }
    }
}

/// The types of some values, each once.
pub fn types_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Vec<JsonType> {
    let mut types: Vec<JsonType> = values.into_iter().filter_map(JsonType::of).collect();
    types.sort_unstable_by_key(|ty| ty.name());
    types.dedup();
    types
}

/// The format that says the same as `contentEncoding` and `contentMediaType`, which replace it from 3.1 on (OpenAPI 3.1.1, 4.8.14.2).
pub fn content_format(encoding: Option<&str>, media_type: Option<&str>) -> Option<&'static Format> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => formats::named("byte"),
        Some("base64url") => formats::named("base64url"),
        Some(_) => None,
        None if MediaType::of(media_type?).kind().is_text() => None,
        None => formats::named("binary"),
    }
}

/// The types that both lists admit.
fn common_types(types: &[JsonType], others: &[JsonType]) -> Vec<JsonType> {
    let admits = |types: &[JsonType], wanted: JsonType| {
        types.contains(&wanted) || (wanted == JsonType::Integer && types.contains(&JsonType::Number))
    };
    let mut common: Vec<JsonType> = types.iter().filter(|wanted| admits(others, **wanted)).copied().collect();
    common.extend(others.iter().filter(|wanted| !types.contains(wanted) && admits(types, **wanted)));
    common
}

fn whole(value: &Value) -> Value {
    if let Some(integer) = value.as_str().and_then(|text| text.parse::<i64>().ok()) {
        return Value::from(integer);
    }
    let float = value.as_f64().filter(|float| value.is_f64() && float.fract() == 0.0 && float.abs() < 1e15);
    float.map_or_else(|| value.clone(), |float| Value::Number(Number::from(float as i64)))
}
