//! Members that `required` names and `properties` does not. They have the type of further members, or are any JSON. The property of a
//! discriminator has the type of its values.

use std::collections::HashSet;

use super::Lower;
use super::own_tags::{OwnTags, only_value};
use crate::diagnostics::{Severity, codes};
use crate::formats::INT64;
use crate::ir::{Docs, Field, Scalar, Type};
use crate::schema::EffectiveSchema;
use crate::similar::{SUGGESTED, nearest};

impl Lower<'_> {
    /// The names of the members that are required without being declared.
    pub(in crate::lower) fn undeclared(&self, merged: &EffectiveSchema) -> Vec<String> {
        let names = merged.required.iter().filter(|name| !merged.properties.contains_key(*name));
        let mut seen = HashSet::new();
        names.filter(|name| seen.insert(*name)).cloned().collect()
    }

    /// The fields of the members that are not declared: first the required ones, then those that only an alternative requires.
    pub(in crate::lower) fn undeclared_fields(
        &mut self,
        merged: &EffectiveSchema,
        others: Option<&Type>,
        tags: &OwnTags,
    ) -> Vec<Field> {
        let required = self.undeclared(merged);
        let optional = self.required_by_alternatives(merged);
        let known: HashSet<&String> = required.iter().collect();
        let optional: Vec<String> = optional.into_iter().filter(|name| !known.contains(name)).collect();
        let ty = others.cloned().unwrap_or(Type::Any);
        let names = required.into_iter().map(|name| (name, true)).chain(optional.into_iter().map(|name| (name, false)));
        let fields = names.map(|(wire, required)| {
            let is_tag = self.is_tag(&wire, merged);
            if required && !is_tag {
                self.report_undeclared(&wire, merged);
            }
            let ty = match tags.get(&wire).and_then(only_value) {
                _ if !is_tag => ty.clone(),
                Some(Scalar::Integer(_)) => Type::Integer(INT64),
                Some(Scalar::Bool(_)) => Type::Bool,
                _ => Type::String,
            };
            Field {
                wire,
                explicit: None,
                docs: Docs::default(),
                bounds: if is_tag { Vec::new() } else { self.additional_bounds(merged, &ty) },
                ty,
                required,
                read_only: false,
                write_only: false,
                constant: None,
                listed: Vec::new(),
                tag: None,
            }
        });
        fields.collect()
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
        let mut seen = HashSet::new();
        names.retain(|name| !self.is_tag(name, merged) && seen.insert(name.clone()));
        names
    }

    fn report_undeclared(&mut self, name: &str, merged: &EffectiveSchema) {
        let message = match merged.closed {
            true if merged.additional.is_empty() => {
                format!("`{name}` is required, but `additionalProperties: false` forbids it: emitted as untyped JSON")
            }
            false if merged.additional.is_empty() && !merged.open => {
                format!("`{name}` is required but not among the properties: emitted as untyped JSON")
            }
            _ => return,
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
