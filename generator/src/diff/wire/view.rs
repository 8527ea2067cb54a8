//! A schema as it means: its references followed, its `allOf` merged, 3.0 and 3.1 in one spelling.
//!
//! Nothing is thrown away in merging: a view is a list of parts, each the members of one schema object where it stands, and
//! what is asked of it is asked of the parts. So whatever is found in a view is found at a place.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::at::At;
use crate::document::{Document, Version};
use crate::limits::MAX_COMPARED_ALL_OF;

/// The types of JSON, without `null`.
pub(super) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];

/// A merged schema.
#[derive(Debug)]
pub(super) struct View<'d> {
    /// The schema objects that it is merged from, its own first.
    pub parts: Vec<Part<'d>>,
    /// The properties, by name, each with its schemas.
    pub properties: IndexMap<&'d str, Vec<At<'d>>>,
    /// The names of the properties that must be there, with the parts that say so.
    pub required: IndexMap<&'d str, usize>,
    /// Lists of alternatives.
    pub alternatives: Vec<Alternatives<'d>>,
    /// Alternatives that are alone in their lists, and so are parts.
    pub singles: Vec<Alternatives<'d>>,
    /// The elements of its own `allOf`.
    pub members: Vec<At<'d>>,
    /// The types that it admits, `null` left out; none where any type will do.
    pub types: Option<Vec<&'d str>>,
    /// Whether it admits null; none where nothing is said of it.
    pub nullable: Option<bool>,
    /// The values that it admits, `null` left out; none where any value will do.
    pub values: Option<Vec<&'d Value>>,
    /// Whether [`values`](Self::values) come from `const`.
    pub is_const: bool,
}

/// A schema object among those of a view.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub at: At<'d>,
    /// The element of the view's own `allOf` that it came by.
    pub member: Option<usize>,
    /// Whether it came by an alternative that is alone.
    pub single: bool,
}

/// `oneOf` or `anyOf`, without an alternative for null.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'d> {
    /// Where.
    pub at: At<'d>,
    /// `oneOf`, or else `anyOf`.
    pub exclusive: bool,
    pub members: Vec<At<'d>>,
}

/// Merges schemas that all hold.
pub(super) fn view<'d>(document: &'d Document, term: &[At<'d>]) -> View<'d> {
    let mut merge = Merge::new(document);
    let mut admits_null = false;
    for at in term {
        admits_null |= merge.add(at.clone(), None, 0);
    }
    merge.finish(admits_null)
}

struct Merge<'d> {
    document: &'d Document,
    parts: Vec<Part<'d>>,
    seen: HashSet<usize>,
    members: Vec<At<'d>>,
    alternatives: Vec<Alternatives<'d>>,
    singles: Vec<Alternatives<'d>>,
    /// Whether it is below an alternative that is alone.
    in_single: bool,
}

impl<'d> Merge<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            document,
            parts: Vec::new(),
            seen: HashSet::new(),
            members: Vec::new(),
            alternatives: Vec::new(),
            singles: Vec::new(),
            in_single: false,
        }
    }

    /// Adds a schema and what it consists of; whether it admits null whatever its parts say.
    fn add(&mut self, at: At<'d>, member: Option<usize>, depth: usize) -> bool {
        if depth > MAX_COMPARED_ALL_OF || !self.seen.insert(at.id()) {
            return false;
        }
        let Some(object) = at.object() else {
            if at.value == &Value::Bool(false) {
                self.parts.push(Part { at, member, single: self.in_single });
            }
            return false;
        };
        let mut null = object.get("nullable") == Some(&Value::Bool(true));
        let reference = object.get("$ref").or_else(|| object.get("$dynamicRef")).and_then(Value::as_str);
        // What stands beside a reference means something since 3.1 alone; `nullable` is so often written there that it counts.
        if reference.is_none() || self.document.version() != Version::V30 {
            self.parts.push(Part { at: at.clone(), member, single: self.in_single });
        }
        if let Some(target) = reference.and_then(|text| self.document.target(&at.node, text).ok())
            && let Some(target) = At::new(self.document, target)
        {
            null |= self.add(target, member, depth + 1);
        }
        if reference.is_none() || self.document.version() != Version::V30 {
            for element in at.get("allOf").iter().flat_map(At::elements) {
                let member = member.or_else(|| {
                    self.members.push(element.clone());
                    self.members.len().checked_sub(1)
                });
                self.add(element, member, depth + 1);
            }
            null |= self.alternatives(&at, "oneOf", member, depth) | self.alternatives(&at, "anyOf", member, depth);
        }
        null
    }

    /// Adds alternatives; whether one of them is null. One that is alone is no alternative but a part.
    fn alternatives(&mut self, at: &At<'d>, key: &str, member: Option<usize>, depth: usize) -> bool {
        let Some(list) = at.get(key).filter(|list| list.value.is_array()) else { return false };
        let (nulls, members): (Vec<At>, Vec<At>) = list.elements().partition(|element| is_null(element.value));
        match members.as_slice() {
            [] => !nulls.is_empty(),
            [only] => {
                let outer = std::mem::replace(&mut self.in_single, true);
                let null = self.add(only.clone(), member, depth + 1);
                self.in_single = outer;
                self.singles.push(Alternatives { at: list, exclusive: key == "oneOf", members });
                null || !nulls.is_empty()
            }
            _ => {
                self.alternatives.push(Alternatives { at: list, exclusive: key == "oneOf", members });
                !nulls.is_empty()
            }
        }
    }

    fn finish(mut self, admits_null: bool) -> View<'d> {
        let mut properties: IndexMap<&str, Vec<At>> = IndexMap::new();
        let mut required = IndexMap::new();
        for (index, part) in self.parts.iter().enumerate() {
            for (name, at) in part.at.get("properties").iter().flat_map(At::members) {
                properties.entry(name).or_default().push(at);
            }
            let names = part.at.value.get("required").and_then(Value::as_array).into_iter().flatten();
            names.filter_map(Value::as_str).for_each(|name| {
                required.entry(name).or_insert(index);
            });
        }
        let (values, is_const, null_value) = self.values();
        let types = self.types(values.as_deref());
        let nullable = self.nullable(admits_null, values.is_some(), null_value);
        let Self { parts, members, alternatives, singles, .. } = self;
        View { parts, properties, required, alternatives, singles, members, types, nullable, values, is_const }
    }

    /// What `enum` and `const` leave; alternatives that are constants are values too.
    fn values(&mut self) -> (Option<Vec<&'d Value>>, bool, bool) {
        let mut found: Option<Vec<&'d Value>> = None;
        let mut is_const = false;
        for members in self.parts.iter().filter_map(|part| part.at.object()) {
            let own = match (members.get("const"), members.get("enum")) {
                (Some(value), _) => vec![value],
                (None, Some(Value::Array(values))) => values.iter().collect(),
                _ => continue,
            };
            is_const |= members.contains_key("const");
            found = Some(match found {
                Some(earlier) => earlier.into_iter().filter(|value| own.contains(value)).collect(),
                None => own,
            });
        }
        if found.is_none()
            && let [only] = self.alternatives.as_slice()
            && let Some(constants) =
                only.members.iter().map(|member| constant(member.value)).collect::<Option<Vec<_>>>()
        {
            self.alternatives.clear();
            found = Some(constants);
        }
        let null = found.as_ref().is_some_and(|values| values.iter().any(|value| value.is_null()));
        let found = found.map(|values| values.into_iter().filter(|value| !value.is_null()).collect());
        (found, is_const, null)
    }

    fn types(&self, values: Option<&[&Value]>) -> Option<Vec<&'d str>> {
        let mut types: Option<Vec<&str>> = None;
        for part in &self.parts {
            if part.at.value == &Value::Bool(false) {
                return Some(Vec::new());
            }
            let Some(own) = own_types(&part.at) else { continue };
            let own: Vec<&str> = own.into_iter().filter(|name| *name != "null").collect();
            types = Some(match types {
                Some(earlier) => both(&earlier, &own),
                None => own,
            });
        }
        types.or_else(|| self.implied(values))
    }

    /// The type that other keywords speak of: what says nothing of its type but has properties is meant to be an object.
    fn implied(&self, values: Option<&[&Value]>) -> Option<Vec<&'d str>> {
        if let Some(values) = values.filter(|values| !values.is_empty()) {
            let mut types: Vec<&str> = values.iter().map(|value| type_of(value)).collect();
            types.sort_unstable();
            types.dedup();
            return Some(types);
        }
        let says = |keys: &[&str]| {
            let mut members = self.parts.iter().filter_map(|part| part.at.object());
            members.any(|members| keys.iter().any(|key| members.contains_key(*key)))
        };
        if says(&["properties", "additionalProperties", "patternProperties"]) {
            return Some(vec!["object"]);
        }
        says(&["items", "prefixItems"]).then(|| vec!["array"])
    }

    /// In 3.1 all types that are listed must list null; in 3.0 `nullable` beside an `allOf` is meant for the whole.
    fn nullable(&self, admits_null: bool, has_values: bool, null_value: bool) -> Option<bool> {
        let typed: Vec<Vec<&str>> = self.parts.iter().filter_map(|part| own_types(&part.at)).collect();
        if admits_null {
            return Some(true);
        }
        if !typed.is_empty() {
            return Some(typed.iter().all(|types| types.contains(&"null")));
        }
        if has_values || null_value {
            return Some(null_value);
        }
        (!self.alternatives.is_empty() || self.parts.iter().any(|part| part.at.value == &Value::Bool(false)))
            .then_some(false)
    }
}

impl<'d> View<'d> {
    /// The first part that has a keyword, and what it says.
    pub fn keyword(&self, key: &str) -> Option<(usize, &'d Value)> {
        let mut parts = self.parts.iter().enumerate();
        parts.find_map(|(index, part)| Some((index, part.at.value.get(key)?)))
    }

    /// The schemas that a keyword holds, of all parts.
    pub fn schemas(&self, key: &str) -> Vec<At<'d>> {
        self.parts.iter().filter_map(|part| part.at.get(key)).collect()
    }

    /// The members of a keyword that holds an object, of all parts.
    pub fn map(&self, key: &str) -> IndexMap<&'d str, Vec<At<'d>>> {
        let mut found: IndexMap<&str, Vec<At>> = IndexMap::new();
        for (name, at) in
            self.parts.iter().filter_map(|part| part.at.get(key)).collect::<Vec<_>>().iter().flat_map(At::members)
        {
            found.entry(name).or_default().push(at);
        }
        found
    }

    /// The elements of a keyword that holds a list, of the first part that has it.
    pub fn list(&self, key: &str) -> Vec<At<'d>> {
        let first = self.parts.iter().find_map(|part| part.at.get(key));
        first.iter().flat_map(At::elements).collect()
    }

    /// Whether a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.at.flag(key) == Some(true))
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.keyword(key).and_then(|(_, value)| value.as_str())
    }

    /// Without the parts that came by some elements of its own `allOf`.
    pub fn without(&self, document: &'d Document, dropped: &[usize]) -> Self {
        self.with_parts(document, |part| part.member.is_none_or(|member| !dropped.contains(&member)))
    }

    /// With the alternatives that are alone as alternatives, not as parts.
    pub fn unfolded(&self, document: &'d Document) -> Self {
        let mut unfolded = self.with_parts(document, |part| !part.single);
        unfolded.alternatives = self.singles.clone();
        unfolded
    }

    fn with_parts(&self, document: &'d Document, keeps: impl Fn(&Part<'d>) -> bool) -> Self {
        let parts: Vec<Part> = self.parts.iter().filter(|part| keeps(part)).cloned().collect();
        let kept = |at: &At| parts.iter().any(|part| at.node.pointer.starts_with(&part.at.node.pointer));
        let alternatives = self.alternatives.iter().filter(|list| kept(&list.at)).cloned().collect();
        let (members, singles) = (self.members.clone(), self.singles.clone());
        let merge = Merge { parts, members, alternatives, singles, ..Merge::new(document) };
        merge.finish(self.nullable == Some(true))
    }

    /// Whether it says what a value looks like, rather than only what of it is forbidden.
    pub fn has_shape(&self) -> bool {
        self.types.is_some() || !self.properties.is_empty() || self.values.is_some()
    }
}

/// Whether a schema admits null alone.
fn is_null(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else { return false };
    let only = |key: &str| match members.get(key) {
        Some(Value::Array(values)) => {
            matches!(values.as_slice(), [Value::Null])
                || matches!(values.as_slice(), [Value::String(text)] if text == "null")
        }
        Some(Value::String(text)) => key == "type" && text == "null",
        _ => false,
    };
    only("type") || only("enum") || members.get("const") == Some(&Value::Null)
}

/// The one value that a schema admits.
fn constant(schema: &Value) -> Option<&Value> {
    let members = schema.as_object()?;
    members.get("const").or_else(|| match members.get("enum")?.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

fn own_types<'d>(at: &At<'d>) -> Option<Vec<&'d str>> {
    let known = |name: &&str| *name == "null" || TYPES.contains(name);
    let mut types: Vec<&str> = match at.value.get("type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    types.retain(known);
    if types.is_empty() { None } else { Some(types) }
}

/// The types that both lists admit.
fn both<'d>(left: &[&'d str], right: &[&'d str]) -> Vec<&'d str> {
    let mut shared = Vec::new();
    for (name, other) in left.iter().flat_map(|name| right.iter().map(move |other| (*name, *other))) {
        let narrower = match (name, other) {
            _ if name == other => name,
            ("integer", "number") | ("number", "integer") => "integer",
            _ => continue,
        };
        if !shared.contains(&narrower) {
            shared.push(narrower);
        }
    }
    shared
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
