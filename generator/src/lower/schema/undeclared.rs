//! Members that `required` names and `properties` does not. They have the type of further members, or are any JSON.
//!
//! The property of a discriminator is left out if a union writes it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Lower;
use crate::diagnostics::{FileId, Severity, codes};
use crate::document::{Document, Node};
use crate::ir::{Docs, Field, Type};
use crate::pointer::Pointer;
use crate::schema::EffectiveSchema;
use crate::similar::{SUGGESTED, nearest};
use crate::trail::Trail;

/// The properties by which unions tell a schema from others.
pub(in crate::lower) struct Tagged {
    of: HashMap<Node, HashSet<String>>,
}

impl Tagged {
    pub(in crate::lower) fn of(document: &Document) -> Self {
        let mut tagged = Self { of: HashMap::new() };
        let files: HashSet<_> = document.files().map(|(_, file)| file).chain([document.root().file]).collect();
        for file in files {
            if let Some(value) = document.value(&Node { file, pointer: Pointer::root() }) {
                tagged.add(document, file, &Trail::ROOT, value);
            }
        }
        tagged
    }

    fn add(&mut self, document: &Document, file: FileId, trail: &Trail<'_>, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(property) = property(value) {
                    let node = Node { file, pointer: trail.pointer() };
                    self.add_alternatives(document, &node, value, property);
                }
                let nested = members.iter().filter(|(_, member)| holds(member));
                nested.for_each(|(key, member)| self.add(document, file, &trail.member(key), member));
            }
            Value::Array(elements) => {
                let nested = elements.iter().enumerate().filter(|(_, element)| holds(element));
                nested.for_each(|(index, element)| self.add(document, file, &trail.element(index), element));
            }
            _ => {}
        }
    }

    fn add_alternatives(&mut self, document: &Document, node: &Node, schema: &Value, property: &str) {
        for key in ["oneOf", "anyOf"] {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            let places = (0..count).map(|index| node.join(key).join(index));
            for target in places.filter_map(|place| document.follow(&place).ok()) {
                self.of.entry(target).or_default().insert(property.to_owned());
            }
        }
    }
}

fn property(schema: &Value) -> Option<&str> {
    schema.get("discriminator")?.get("propertyName")?.as_str()
}

fn holds(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

impl Lower<'_> {
    /// The names of the members that are required without being declared, and that no union writes.
    pub(in crate::lower) fn undeclared(&self, merged: &EffectiveSchema) -> Vec<String> {
        let names = merged.required.iter().filter(|name| !merged.properties.contains_key(*name));
        let (tags, mut seen) = (self.tags_of(merged), HashSet::new());
        names.filter(|name| !tags.contains(name.as_str()) && seen.insert(*name)).cloned().collect()
    }

    /// The members by which a union tells the schema from others. The union writes them.
    fn tags_of<'m>(&'m self, merged: &'m EffectiveSchema) -> HashSet<&'m str> {
        let schemas = || merged.parts.iter().map(|part| &part.schema);
        let own = schemas().filter_map(|schema| Some(schema.discriminator.as_ref()?.property.as_str()));
        let others = schemas().filter_map(|schema| self.tagged.of.get(&schema.node));
        own.chain(others.flatten().map(String::as_str)).collect()
    }

    /// The fields of the members that are not declared: first the required ones, then those that only an alternative requires.
    pub(in crate::lower) fn undeclared_fields(
        &mut self,
        merged: &EffectiveSchema,
        others: Option<&Type>,
    ) -> Vec<Field> {
        let required = self.undeclared(merged);
        required.iter().for_each(|name| self.report_undeclared(name, merged));
        let optional = self.required_by_alternatives(merged);
        let known: HashSet<&String> = required.iter().collect();
        let optional: Vec<String> = optional.into_iter().filter(|name| !known.contains(name)).collect();
        let ty = others.cloned().unwrap_or(Type::Any);
        let bounds = self.additional_bounds(merged, &ty);
        let names = required.into_iter().map(|name| (name, true)).chain(optional.into_iter().map(|name| (name, false)));
        let field = |(wire, required)| Field {
            wire,
            explicit: None,
            docs: Docs::default(),
            ty: ty.clone(),
            bounds: bounds.clone(),
            required,
            read_only: false,
            write_only: false,
            constant: None,
            tag: None,
        };
        names.map(field).collect()
    }

    /// The undeclared members that an alternative requires, if it does nothing but require members.
    fn required_by_alternatives(&mut self, merged: &EffectiveSchema) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for node in merged.unions.iter().flat_map(|union| &union.branches) {
            if self.only_requires(node) {
                let schema = self.read(node);
                names.extend(schema.required.iter().filter(|name| !merged.properties.contains_key(*name)).cloned());
            }
        }
        let (tags, mut seen) = (self.tags_of(merged), HashSet::new());
        names.retain(|name| !tags.contains(name.as_str()) && seen.insert(name.clone()));
        names
    }

    fn report_undeclared(&mut self, name: &str, merged: &EffectiveSchema) {
        let message = match merged.closed {
            true => {
                format!("`{name}` is required, but `additionalProperties: false` forbids it: emitted as untyped JSON")
            }
            false if merged.additional.is_empty() && !merged.open => {
                format!("`{name}` is required but not among the properties: emitted as untyped JSON")
            }
            false => return,
        };
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::UNKNOWN_REQUIRED, message, &merged.node);
        let known = merged.properties.keys().map(String::as_str);
        let near = if merged.required.len() <= SUGGESTED { nearest(name, known) } else { None };
        self.out.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("add it to the properties"),
        });
    }
}
