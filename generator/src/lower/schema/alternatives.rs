//! The words from which the names of a union's alternatives are made.
//!
//! Each alternative gets words from its own schema. If several would get the same words, each gets words that only this alternative has.
//! Order does not count.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::Lower;
use super::naming::{constant_text, reference_words, required};
use crate::document::Node;
use crate::fnv::hash;
use crate::limits::MAX_NAMING_DEPTH;
use crate::schema::WORDS;

impl Lower<'_> {
    /// The words for a schema, as an alternative if it is one.
    pub(in crate::lower) fn alternative_words(&self, node: &Node) -> Option<String> {
        let list = node.parent();
        let index = node.pointer.last().and_then(|index| index.parse::<usize>().ok());
        match (list.pointer.last(), index) {
            (Some("oneOf" | "anyOf"), Some(index)) => self.list_words(&list).get(index).cloned(),
            _ => self.document.value(node).map(branch_words),
        }
    }

    /// The words for each of a list of alternatives.
    pub(in crate::lower) fn list_words(&self, list: &Node) -> Rc<[String]> {
        if let Some(known) = self.known_words.borrow().get(list) {
            return known.clone();
        }
        let schemas = self.document.value(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let words: Rc<[String]> = words_of_all(schemas).into();
        self.known_words.borrow_mut().insert(list.clone(), words.clone());
        words
    }
}

/// Whether a list has only one alternative besides `null`, so that nothing has to tell it apart.
pub(in crate::lower) fn is_only(list: &Value) -> bool {
    let schemas = list.as_array().into_iter().flatten();
    let is_null = |schema: &&Value| schema.get("type").and_then(Value::as_str) == Some("null");
    // Two are enough to know, and there may be thousands.
    schemas.filter(|schema| !is_null(schema)).take(2).count() == 1
}

fn words_of_all(schemas: &[Value]) -> Vec<String> {
    let mut words: Vec<String> = schemas.iter().map(branch_words).collect();
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, word) in words.iter().enumerate() {
        groups.entry(word).or_default().push(index);
    }
    let told = groups.values().filter(|group| group.len() > 1).flat_map(|group| telling(schemas, group));
    let told: Vec<(usize, String)> = told.collect();
    for (index, word) in told {
        if let Some(own) = words.get_mut(index) {
            *own = word;
        }
    }
    words
}

/// Words for alternatives with the same words: each gets the first words that only this alternative has. If several have no such words, the
/// simplest one keeps the common words, and the others get a hash of their schema, which does not depend on anything around it.
fn telling(schemas: &[Value], group: &[usize]) -> Vec<(usize, String)> {
    let schema = |index: &usize| schemas.get(*index).unwrap_or(&Value::Null);
    let all: Vec<(usize, Vec<Cow<'_, str>>)> =
        group.iter().map(|index| (*index, all_words(schema(index), MAX_NAMING_DEPTH))).collect();
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for (_, words) in &all {
        let words: HashSet<&str> = words.iter().map(AsRef::as_ref).collect();
        words.into_iter().for_each(|word| *holders.entry(word).or_default() += 1);
    }
    let alone = |word: &&Cow<'_, str>| holders.get(word.as_ref()) == Some(&1);
    let (mut told, mut untold) = (Vec::new(), Vec::new());
    for (index, words) in &all {
        match words.iter().find(alone) {
            Some(word) => told.push((*index, word.as_ref().to_owned())),
            None => untold.push((without_words(schema(index)).to_string(), *index)),
        }
    }
    untold.sort_by(|(one, _), (other, _)| (one.len(), one).cmp(&(other.len(), other)));
    untold.dedup_by(|(one, _), (other, _)| one == other);
    told.extend(untold.into_iter().skip(1).map(|(content, index)| {
        let digest = format!("{:08x}", hash(&content));
        (index, format!("{} {digest}", branch_words(schema(&index))))
    }));
    told
}

/// All words that may tell an alternative apart: its title, its parts, the members that it requires and those that it has, its format, then
/// its listed values, the types inside it and its bounds.
fn all_words(schema: &Value, depth: usize) -> Vec<Cow<'_, str>> {
    let words = more_words(schema, depth).into_iter().map(Cow::Borrowed);
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| type_of(schema.get(key)?));
    let mut typed: Vec<String> =
        members(schema).filter_map(|(name, member)| Some(format!("{name} {}", type_of(member)?))).collect();
    typed.sort_unstable();
    let bounds = schema.as_object().into_iter().flatten().filter(|(_, value)| value.is_number());
    let mut bounds: Vec<String> = bounds.map(|(keyword, value)| format!("{keyword} {value}")).collect();
    bounds.sort_unstable();
    let plain = values.chain(inner).map(Cow::Borrowed);
    words.chain(plain).chain(typed.into_iter().chain(bounds).map(Cow::Owned)).collect()
}

/// The one type of a schema, or the name that it refers to.
fn type_of(schema: &Value) -> Option<&str> {
    let named = schema.get("$ref").and_then(Value::as_str).map(reference_words);
    named.or_else(|| schema.get("type").and_then(Value::as_str))
}

/// A schema without documentation, its members sorted.
fn without_words(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut kept: Vec<(&String, &Value)> =
                members.iter().filter(|(key, it)| it.is_object() || !WORDS.contains(&key.as_str())).collect();
            kept.sort_unstable_by_key(|(key, _)| *key);
            Value::Object(kept.into_iter().map(|(key, value)| (key.clone(), without_words(value))).collect())
        }
        Value::Array(elements) => elements.iter().map(without_words).collect(),
        other => other.clone(),
    }
}

/// The words that may name an alternative: its title, its parts, the members that it requires and those that it has, its format.
fn more_words(schema: &Value, depth: usize) -> Vec<&str> {
    let mut words: Vec<&str> = schema.get("title").and_then(Value::as_str).into_iter().collect();
    words.extend(schema.get("$ref").and_then(Value::as_str).map(reference_words));
    let mut own = required(schema);
    let mut members: Vec<&str> = members(schema).map(|(name, _)| name).collect();
    members.sort_unstable();
    own.extend(members);
    let inner = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
    if depth > 0 {
        words.extend(inner.flatten().chain(schema.get("items")).flat_map(|part| more_words(part, depth - 1)));
    }
    words.extend(own);
    words.extend(schema.get("format").and_then(Value::as_str));
    words
}

fn members(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, member)| (name.as_str(), member))
}

/// The words for an alternative, from its schema alone and independent of any order: the name to which it refers, its constant, the member
/// that it requires, its type, or the name of one of its parts.
pub(in crate::lower) fn branch_words(schema: &Value) -> String {
    let constants = members(schema).filter_map(|(name, member)| Some((name, constant_text(member)?)));
    let constant = constants.min().map(|(_, constant)| constant);
    let first = members(schema).map(|(name, _)| name).min();
    let ty = schema.get("type").and_then(Value::as_str);
    let named = schema.get("$ref").and_then(Value::as_str).map(reference_words);
    let words = named.or(constant_text(schema)).or(constant).or(required(schema).first().copied()).or(first).or(ty);
    words.or_else(|| more_words(schema, MAX_NAMING_DEPTH).first().copied()).unwrap_or("other").to_owned()
}
