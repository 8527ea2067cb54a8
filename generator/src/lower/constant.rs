//! `const`, and an `enum` of one value: what a value is that has no choice.
//!
//! Takes schemas that hold together, gives the values that they list, each as its type holds it.

use serde_json::{Number, Value};

use super::Lower;
use super::merged::Merged;
use crate::document::{Node, Version};
use crate::ir::{ModelKind, Scalar, Type};
use crate::schema::JsonType;

impl Lower<'_> {
    /// The one value that a member of the type can have, as the schemas at its place say.
    pub(super) fn member_constant(&mut self, nodes: &[Node], ty: &Type) -> Option<Value> {
        let held = self.unaliased(ty).clone();
        if !self.may_be_constant(&held) {
            return None;
        }
        let merged = self.merge(nodes).filter(|merged| !merged.never)?;
        let value = self.only_value(&merged)?;
        self.holds(&held, &value).then_some(value)
    }

    /// The one value that some schemas admit, as their type holds it.
    fn only_value(&self, merged: &Merged) -> Option<Value> {
        let nullable = self.is_nullable_list(merged);
        let mut values = merged.listed().unwrap_or_default();
        values.dedup();
        match values.as_slice() {
            [only] if !nullable || only.is_null() => Some(merged.as_declared(only)),
            [] if merged.only_null && merged.types.is_none() => Some(Value::Null),
            _ => None,
        }
    }

    /// Whether a list of values goes with `null` as well. In 3.1 a `const` is what it says, whatever the type admits.
    pub(super) fn is_nullable_list(&self, merged: &Merged) -> bool {
        let is_exact = merged.constant.is_some() && self.document.version() != Version::V30;
        merged.nullable && !is_exact
    }

    /// Whether values of a type can be out of a list of one.
    fn may_be_constant(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Bool | Type::Integer(_) | Type::Float => true,
            Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Enumeration(enumeration)) => enumeration.values.len() == 1,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value is one of the type.
    fn holds(&self, ty: &Type, value: &Value) -> bool {
        match (ty, value) {
            (Type::Any, _) | (Type::Bool, Value::Bool(_)) | (Type::Float, Value::Number(_)) => true,
            (Type::Integer(_), Value::Number(number)) => !number.is_f64(),
            (Type::Model(id), value) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Enumeration(enumeration)) => {
                    enumeration.values.iter().all(|listed| Some(&listed.wire) == scalar(value).as_ref())
                }
                _ => false,
            },
            _ => false,
        }
    }
}

impl Merged {
    /// The values of `const` or `enum`; `None` where there is neither. A whole number is an integer, however it is written
    /// (2020-12, 4.2.3).
    pub(super) fn listed(&self) -> Option<Vec<Value>> {
        let values = match (&self.constant, &self.enumeration) {
            (Some(constant), _) => vec![constant.clone()],
            (None, Some(values)) => values.clone(),
            (None, None) => return None,
        };
        let integers = self.types.as_deref() == Some(&[JsonType::Integer]);
        Some(values.into_iter().map(|value| if integers { whole(value) } else { value }).collect())
    }

    /// A value as the schema's type has it: the text of a number that is listed among strings.
    pub(super) fn as_declared(&self, value: &Value) -> Value {
        let strings = self.types.as_deref() == Some(&[JsonType::String]);
        match value {
            Value::Bool(_) | Value::Number(_) if strings => Value::String(value.to_string()),
            other => other.clone(),
        }
    }

    /// The values of `const` or `enum` that tell things apart.
    pub(super) fn scalars(&self) -> Vec<Scalar> {
        let values = self.listed().unwrap_or_default();
        let mut scalars = Vec::new();
        for value in values.iter().filter_map(|value| scalar(&self.as_declared(value))) {
            if !scalars.contains(&value) {
                scalars.push(value);
            }
        }
        scalars
    }
}

fn whole(value: Value) -> Value {
    let float = value.as_f64().filter(|float| value.is_f64() && float.fract() == 0.0 && float.abs() < 1e15);
    float.map_or(value, |float| Value::Number(Number::from(float as i64)))
}

/// A value that tells things apart.
pub(super) fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(text) => Some(Scalar::Text(text.clone())),
        Value::Bool(flag) => Some(Scalar::Bool(*flag)),
        Value::Number(number) => number.as_i64().map(Scalar::Integer),
        _ => None,
    }
}
