//! `enum` and `const`: values out of a list.

use serde_json::Value;

use super::Lower;
use super::types::Lowered;
use crate::diagnostics::{Severity, codes};
use crate::document::Node;
use crate::formats::UINT64;
use crate::ir::{Docs, EnumValue, Enumeration, ModelKind, Scalar, Type};
use crate::limits::MAX_VALUES;
use crate::schema::{EffectiveSchema, JsonType};

impl Lower<'_> {
    /// What a schema with `const` or `enum` lowers to. `None` if it has neither.
    pub(in crate::lower) fn listed_values(&mut self, merged: &EffectiveSchema) -> Option<Lowered> {
        let values = merged.listed().filter(|values| !values.is_empty())?;
        let constant = merged.constant.is_some();
        let nullable = merged.admits_null_beside_values(self.document.version()) || values.contains(&Value::Null);
        let values: Vec<(usize, Value)> =
            values.into_iter().enumerate().filter(|(_, value)| !value.is_null()).collect();
        let scalar = |ty: Type| Some(Lowered::Type(if nullable { ty.nullable() } else { ty }));
        // If a list, an object or `null` is the only value, the type is any JSON, because no Rust type stands for one such value.
        if matches!(values.as_slice(), [] | [(_, Value::Array(_) | Value::Object(_))]) {
            return scalar(Type::Any);
        }
        match self.value_kind(&values, merged) {
            None => {
                let merged = EffectiveSchema { enumeration: None, constant: None, ..merged.clone() };
                Some(self.without_list(&merged))
            }
            Some(JsonType::Boolean) => scalar(Type::Bool),
            Some(JsonType::Integer) if !values.iter().all(|(_, value)| value.is_i64()) => {
                if values.len() > 1 {
                    let message = "some values of this `enum` are greater than 2^63 - 1: the list is not honoured";
                    self.warn(codes::MIXED_ENUM, message, &merged.node.join("enum"));
                }
                scalar(Type::Integer(UINT64))
            }
            Some(JsonType::Number) => {
                if !constant {
                    let message = "the type of this `enum` is number, not integer: the list is not honoured";
                    self.warn(codes::MIXED_ENUM, message, &merged.node.join("enum"));
                }
                scalar(Type::Float)
            }
            Some(JsonType::String) if merged.secret => scalar(Type::Secret),
            Some(kind) if values.len() > MAX_VALUES => {
                self.report_long_list(values.len(), &merged.node.join("enum"));
                let types = Some(vec![kind]);
                Some(self.lower_merged(&EffectiveSchema {
                    enumeration: None,
                    constant: None,
                    types,
                    nullable,
                    ..merged.clone()
                }))
            }
            Some(kind) => {
                let values = self.enumeration(&values, kind, merged);
                let kind = ModelKind::Enumeration(Enumeration { values, constant, open: false });
                Some(Lowered::Model { kind, docs: self.docs(&merged.own), nullable })
            }
        }
    }

    /// A list of values of several kinds, or of objects. The type counts, without the list.
    fn without_list(&mut self, merged: &EffectiveSchema) -> Lowered {
        let why = "the values of this `enum` are not all strings or all integers";
        match merged.inferred_types().as_slice() {
            [] => Lowered::Type(self.untyped(why, &merged.node)),
            _ => {
                self.warn(codes::MIXED_ENUM, format!("{why}: the list is not honoured"), &merged.node);
                self.lower_merged(merged)
            }
        }
    }

    /// Reports a list that is too long to be an enumeration. Any value of its kind is read.
    pub(in crate::lower) fn report_long_list(&mut self, count: usize, at: &Node) {
        let message = format!("{count} values are more than the {MAX_VALUES} of an enumeration: any other is read too");
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::LARGE_ENUM, message, at).about_key();
        self.out.push(diagnostic.help("list the values that callers name, if they name any"));
    }

    /// The common kind of all values. `type` is taken into account.
    fn value_kind(&mut self, values: &[(usize, Value)], merged: &EffectiveSchema) -> Option<JsonType> {
        let declared = match merged.types.as_deref() {
            Some([only]) => Some(*only),
            _ => None,
        };
        if declared == Some(JsonType::String) && values.iter().all(|(_, value)| !value.is_array() && !value.is_object())
        {
            return Some(JsonType::String);
        }
        let mut kinds = values.iter().map(|(_, value)| match value {
            Value::String(_) => Some(JsonType::String),
            Value::Bool(_) => Some(JsonType::Boolean),
            Value::Number(number) if number.is_i64() => Some(JsonType::Integer),
            // Some values need an unsigned type, because a float would round them.
            Value::Number(_) if values.iter().all(|(_, value)| value.is_u64()) => Some(JsonType::Integer),
            Value::Number(_) => Some(JsonType::Number),
            _ => None,
        });
        let first = kinds.next()??;
        let same = kinds.all(|kind| kind == Some(first));
        match declared {
            Some(JsonType::Integer) if same && first == JsonType::String => {
                let message = "the type is integer, but all values are texts: read as of the type `string`";
                let at = merged.node.join(if merged.constant.is_some() { "const" } else { "enum" });
                self.warn(codes::REPAIRED, message, &at);
                Some(first)
            }
            Some(JsonType::Integer) if !same || first != JsonType::Integer => self.foreign_values(values, merged),
            Some(JsonType::Number) => values.iter().all(|(_, value)| value.is_number()).then_some(JsonType::Number),
            _ => same.then_some(first),
        }
    }

    /// Reports the listed values that are not integers although the type is. Gives `None`, so that the list does not count.
    fn foreign_values(&mut self, values: &[(usize, Value)], merged: &EffectiveSchema) -> Option<JsonType> {
        let at = merged.node.join("enum");
        for (index, value) in values.iter().filter(|(_, value)| !value.is_i64()) {
            let at = at.join(index);
            if value.is_u64() {
                let message = "an integer is listed that no type of 64 bits holds beside the other values";
                self.error(codes::ENUM_VALUE_TYPE, message, &at, "remove it, or the values that are less than zero");
                continue;
            }
            let message = format!("{} is listed, but the type is integer", crate::document::kind_of(value));
            self.error(codes::ENUM_VALUE_TYPE, message, &at, "write an integer, or change the `type`");
        }
        None
    }

    fn enumeration(&mut self, values: &[(usize, Value)], kind: JsonType, merged: &EffectiveSchema) -> Vec<EnumValue> {
        let mut listed: Vec<EnumValue> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (index, value) in values {
            let wire = match (value, kind) {
                (Value::String(text), _) => Scalar::Text(text.clone()),
                (Value::Number(number), JsonType::Integer) => Scalar::Integer(number.as_i64().unwrap_or_default()),
                (other, _) => {
                    let message = format!("{other} is listed, but the type is string: read as \"{other}\"");
                    let at = match merged.constant {
                        Some(_) => merged.node.join("const"),
                        None => merged.node.join("enum").join(index),
                    };
                    self.warn(codes::REPAIRED, message, &at);
                    Scalar::Text(other.to_string())
                }
            };
            let text = |texts: &[String]| texts.get(*index).filter(|text| !text.is_empty()).cloned();
            let docs = Docs { description: text(&merged.value_docs), ..Docs::default() };
            let explicit = text(&merged.value_names);
            if seen.insert(wire.clone()) {
                listed.push(EnumValue { wire, explicit, docs });
            }
        }
        listed
    }
}
