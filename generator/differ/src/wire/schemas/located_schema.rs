//! An effective schema for the comparison: each fact with the node that states it, so that a change has a place.
//!
//! A list with one alternative is treated as `allOf`, because it means the same.

use std::sync::Arc;

use generator::diagnostics::Diagnostics;
use generator::document::{Document, Node, Version};
use generator::formats::{self, Format};
use generator::limits::MAX_SINGLE_BRANCHES;
use generator::schema::{self, EffectiveSchema, JsonType, Parts, Schema, Schemas, WORDS, content_format, types_of};
use indexmap::IndexMap;
use serde_json::Value;

use crate::wire::located::Located;

/// What schemas say together.
#[derive(Clone, Debug, Default)]
pub(in crate::wire) struct LocatedSchema<'d> {
    /// The schema objects that it is merged from, its own first.
    pub parts: Vec<Part<'d>>,
    /// Whether its own schema leads to all others.
    pub is_whole: bool,
    /// The properties, by name, each with its schemas.
    pub properties: IndexMap<&'d str, Vec<Located<'d>>>,
    /// The names of the properties that must be there, with the parts that say so.
    pub required: IndexMap<&'d str, usize>,
    /// Lists of alternatives.
    pub alternatives: Vec<Alternatives<'d>>,
    /// Lists with a single alternative. That alternative is among the `parts`.
    pub single_branches: Vec<Alternatives<'d>>,
    /// The elements of its own `allOf`.
    pub members: Vec<Node>,
    /// The types that it admits, without `null`. `None` if it admits any type.
    pub types: Option<Vec<JsonType>>,
    /// Whether it admits null. `None` if it does not say.
    pub nullable: Option<bool>,
    /// The values that it admits, without `null`. `None` if it admits any value.
    pub values: Option<Vec<&'d Value>>,
    /// Whether [`values`](Self::values) come from `const`.
    pub is_const: bool,
    /// Whether its `enum` has null. `None` if it has no `enum`, and in 3.0.
    pub lists_null: Option<bool>,
}

/// A schema object among those of a view.
#[derive(Clone, Debug)]
pub(in crate::wire) struct Part<'d> {
    pub at: Located<'d>,
    schema: Arc<Schema<'d>>,
    /// The index of the element of the view's own `allOf` that led to it.
    pub member: Option<usize>,
    /// Whether a single alternative led to it.
    is_single: bool,
}

/// Whether a list of alternatives has null.
#[derive(Clone, Copy, Default)]
struct NullAlternative {
    /// Null is an alternative.
    is_one: bool,
    /// Null is the only alternative.
    is_only: bool,
}

/// `oneOf` or `anyOf`, without an alternative for null.
#[derive(Clone, Debug)]
pub(in crate::wire) struct Alternatives<'d> {
    /// `oneOf`, or else `anyOf`.
    pub exclusive: bool,
    pub members: Vec<Located<'d>>,
    /// The part that has it.
    pub part: usize,
}

/// Merges schemas that all hold.
pub(in crate::wire) fn view<'d>(
    document: &'d Document,
    schemas: &mut Schemas<'d>,
    set: &[Located<'d>],
) -> LocatedSchema<'d> {
    // Faults of schemas were reported when the document was lowered.
    let (mut parts, mut said) = (Parts::default(), Diagnostics::default());
    for at in set {
        schemas.add_parts(&at.node, None, &mut parts, &mut said);
    }
    let own = parts.all.len();
    let (mut at, mut found) = (0, 0);
    while let Some(part) = parts.all.get(at).cloned()
        && found < MAX_SINGLE_BRANCHES
    {
        for (_, branches) in part.schema.unions() {
            if let [only] = schemas.present(branches, &mut said).as_slice() {
                schemas.add_parts(only, part.member, &mut parts, &mut said);
                found += 1;
            }
        }
        at += 1;
    }
    let mut all: Vec<(usize, Part)> = Vec::new();
    for (index, schema::Part { schema, rank, member }) in parts.all.into_iter().enumerate() {
        let at = Located { node: schema.node.clone(), value: schema.raw };
        all.push((rank, Part { at, schema, member, is_single: index >= own }));
    }
    all.sort_unstable_by_key(|(rank, _)| *rank);
    let all = all.into_iter().map(|(_, part)| part).collect();
    LocatedSchema { is_whole: set.len() == 1, parts: all, members: parts.members, ..LocatedSchema::default() }
        .completed(document, schemas)
}

impl<'d> LocatedSchema<'d> {
    /// Merges the parts.
    fn completed(self, document: &'d Document, schemas: &mut Schemas<'d>) -> Self {
        let Self { parts, is_whole, members, .. } = self;
        let mut view = Self { parts, is_whole, members, ..Self::default() };
        for (index, part) in view.parts.iter().enumerate() {
            for (name, at) in part.at.get("properties").iter().flat_map(Located::members) {
                view.properties.entry(name).or_default().push(at);
            }
            let names = part.at.value.get("required").and_then(Value::as_array).into_iter().flatten();
            names.filter_map(Value::as_str).for_each(|name| {
                view.required.entry(name).or_insert(index);
            });
        }
        let null = view.add_alternatives(document, schemas);
        view.add_facts(document, null);
        view
    }

    /// Adds the lists of alternatives.
    fn add_alternatives(&mut self, document: &'d Document, schemas: &mut Schemas<'d>) -> NullAlternative {
        let mut said = Diagnostics::default();
        let mut null = NullAlternative::default();
        let all = self.parts.iter().enumerate();
        for (part, (key, branches)) in all.flat_map(|(index, part)| part.schema.unions().map(move |it| (index, it))) {
            let present = schemas.present(branches, &mut said);
            null.is_one |= present.len() < branches.len();
            null.is_only |= present.is_empty() && !branches.is_empty();
            let members: Vec<Located> = present.into_iter().filter_map(|node| Located::new(document, node)).collect();
            let list = Alternatives { exclusive: key == "oneOf", members, part };
            match list.members.len() {
                0 => {}
                1 => self.single_branches.push(list),
                _ => self.alternatives.push(list),
            }
        }
        null
    }

    /// Adds what the parts together say about types, values and null. Alternatives that are constants count as values.
    fn add_facts(&mut self, document: &'d Document, null: NullAlternative) {
        let Some(first) = self.parts.first() else { return };
        let node = first.at.node.clone();
        let parts = self.parts.iter().rev().map(|part| schema::Part {
            schema: part.schema.clone(),
            rank: 0,
            member: part.member,
        });
        let Some(whole) = EffectiveSchema::of(node, parts.collect(), self.is_whole) else { return };
        let mut listed = whole.constant.map(|constant| vec![constant]).or_else(|| whole.enumeration.clone());
        if listed.is_none()
            && let [only] = self.alternatives.as_slice()
            && let Some(constants) = only.members.iter().map(|at| constant(at.value)).collect::<Option<Vec<_>>>()
        {
            self.alternatives.clear();
            listed = Some(constants);
        }
        // A list of both booleans lists what the type admits.
        let both = [Value::Bool(true), Value::Bool(false)];
        if listed.as_ref().is_some_and(|values| both.iter().all(|flag| values.contains(&flag)))
            && whole.types.as_deref() == Some(&[JsonType::Boolean])
        {
            listed = None;
        }
        let types = if whole.never { Some(Vec::new()) } else { whole.types.clone() };
        let has_null = null.is_one;
        let lists_only_null = listed.as_ref().is_some_and(|values| values.iter().all(|value| value.is_null()));
        let is_only_null = whole.only_null || null.is_only || lists_only_null;
        let types = types.or_else(|| is_only_null.then(Vec::new));
        let implied = || types_of(listed.iter().flatten().copied());
        let implied = || [implied(), whole.inferred_types()].into_iter().find(|types| !types.is_empty());
        let is_typed = types.is_some() || listed.is_some() || !self.alternatives.is_empty();
        let null =
            has_null || whole.admits_null(document.version()) || listed.iter().flatten().any(|value| value.is_null());
        self.types = types.or_else(implied);
        self.nullable = if null { Some(true) } else { is_typed.then_some(false) };
        self.is_const = whole.constant.is_some();
        let decides = document.version() != Version::V30 && whole.constant.is_none() && !has_null;
        let list = whole.enumeration.as_ref().filter(|_| decides);
        self.lists_null = list.map(|values| values.iter().any(|value| value.is_null()));
        let values = listed.filter(|_| !lists_only_null);
        self.values = values.map(|values| values.into_iter().filter(|value| !value.is_null()).collect());
    }

    /// The first part that has a keyword, and what it says.
    pub fn keyword(&self, key: &str) -> Option<(usize, &'d Value)> {
        let mut parts = self.parts.iter().enumerate();
        parts.find_map(|(index, part)| Some((index, part.at.value.get(key)?)))
    }

    /// Whether two parts have different values for a keyword. Then both values hold.
    pub fn says_several(&self, key: &str) -> bool {
        let mut said = self.parts.iter().filter_map(|part| part.at.value.get(key));
        said.next().is_some_and(|first| said.any(|other| other != first))
    }

    /// The schemas of a keyword, from all parts.
    pub fn schemas(&self, key: &str) -> Vec<Located<'d>> {
        self.parts.iter().filter_map(|part| part.at.get(key)).collect()
    }

    /// The members of a keyword that holds an object, from all parts.
    pub fn map(&self, key: &str) -> IndexMap<&'d str, Vec<Located<'d>>> {
        let mut found: IndexMap<&str, Vec<Located>> = IndexMap::new();
        for (name, at) in self.schemas(key).iter().flat_map(Located::members) {
            found.entry(name).or_default().push(at);
        }
        found
    }

    /// The elements of a keyword that holds a list, from the first part that has the keyword.
    pub fn list(&self, key: &str) -> Vec<Located<'d>> {
        let first = self.parts.iter().find_map(|part| part.at.get(key));
        first.iter().flat_map(Located::elements).collect()
    }

    /// Whether a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.at.flag(key) == Some(true))
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.keyword(key).and_then(|(_, value)| value.as_str())
    }

    /// The format of its strings, if they hold bytes. From 3.1 on, `contentEncoding` and `contentMediaType` say it.
    pub fn bytes(&self) -> Option<&'static Format> {
        let encoding = self.text("contentEncoding");
        let content = content_format(encoding, self.text("contentMediaType"));
        let Some(format) = self.text("format").map(formats::named) else { return content };
        let is_of_bytes = |format: &Format| matches!(format.name(), "byte" | "base64url" | "binary");
        format.filter(|format| is_of_bytes(format) && (encoding.is_none() || content == Some(*format)))
    }

    /// Whether the strings of both views hold bytes in the same form.
    pub fn is_as_binary_as(&self, other: &LocatedSchema<'_>) -> bool {
        self.bytes().is_some() && self.bytes() == other.bytes()
    }

    /// This view without the parts that came from some elements of its own `allOf`: those at the indexes `dropped`.
    pub fn without(&self, document: &'d Document, schemas: &mut Schemas<'d>, dropped: &[usize]) -> Self {
        let keeps = |part: &&Part<'d>| part.member.is_none_or(|member| !dropped.contains(&member));
        let parts = self.parts.iter().filter(keeps).cloned().collect();
        Self { parts, ..self.clone() }.completed(document, schemas)
    }

    /// This view, with its single alternatives as alternatives and not as parts.
    pub fn unfolded(&self, document: &'d Document, schemas: &mut Schemas<'d>) -> Self {
        let parts = self.parts.iter().filter(|part| !part.is_single).cloned().collect();
        let mut unfolded = Self { parts, ..self.clone() }.completed(document, schemas);
        let alone = std::mem::take(&mut unfolded.single_branches);
        unfolded.alternatives.extend(alone);
        unfolded
    }

    /// This view with `branch`, an alternative from its first list, as a further part.
    pub fn with_branch(&self, document: &'d Document, schemas: &mut Schemas<'d>, branch: &Self) -> Self {
        let parts = self.parts.iter().chain(&branch.parts).cloned().collect();
        let mut whole = Self { parts, ..Self::default() }.completed(document, schemas);
        whole.alternatives = self.alternatives.iter().skip(1).chain(&branch.alternatives).cloned().collect();
        whole.nullable = branch.nullable;
        whole
    }

    /// This view without its alternatives.
    pub fn without_alternatives(&self) -> Self {
        Self { alternatives: Vec::new(), ..self.clone() }
    }

    /// Whether it has lists of alternatives of its own, and each of them has a single alternative.
    pub fn is_single(&self) -> bool {
        !self.single_branches.is_empty() && !self.is_several()
    }

    /// Whether it has alternatives of its own. A list with one alternative does not count.
    pub fn is_several(&self) -> bool {
        let is_own = |list: &Alternatives<'d>| self.parts.get(list.part).is_some_and(|part| !part.is_single);
        self.alternatives.iter().any(is_own)
    }

    /// The first part that says that null is admitted.
    pub fn null_part(&self) -> Option<usize> {
        self.parts.iter().position(|part| admits_null(part.at.value))
    }

    /// The value of a keyword.
    pub fn said(&self, key: &str) -> Option<&'d Value> {
        self.keyword(key).map(|(_, value)| value)
    }

    /// Whether it says nothing about a value.
    pub fn says_nothing(&self) -> bool {
        self.says_only(&[]) && self.types.is_none() && self.alternatives.is_empty()
    }

    /// Whether its parts have no keywords but these, and those that say nothing about a value.
    pub fn says_only(&self, keys: &[&str]) -> bool {
        let is_silent = |key: &String| {
            ["$ref", "allOf", "deprecated"].contains(&key.as_str())
                || key.starts_with("x-")
                || WORDS.contains(&key.as_str())
        };
        let all = self.parts.iter().filter_map(|part| part.at.object()).flat_map(serde_json::Map::keys);
        all.filter(|key| !is_silent(key)).all(|key| keys.contains(&key.as_str()))
    }

    /// Whether it says what a value looks like, and not only what is forbidden.
    pub fn has_shape(&self) -> bool {
        self.types.is_some() || !self.properties.is_empty() || self.values.is_some()
    }
}

/// Whether a schema object says that null is admitted, itself or by one of its alternatives.
fn admits_null(schema: &Value) -> bool {
    let is_null = |value: &Value| value.as_str() == Some("null") || value.is_null();
    let lists = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
    let says = |schema: &Value| match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(is_null),
        Some(one) => is_null(one),
        None => false,
    };
    says(schema)
        || schema.get("nullable") == Some(&Value::Bool(true))
        || lists("enum").any(Value::is_null)
        || schema.get("const").is_some_and(Value::is_null)
        || ["oneOf", "anyOf"].into_iter().flat_map(lists).any(says)
}

/// The one value that a schema admits.
fn constant(schema: &Value) -> Option<&Value> {
    let members = schema.as_object()?;
    members.get("const").or_else(|| match members.get("enum")?.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}
