//! `const`, and an `enum` of one value: the value of a member that can have only one. Lists of values that make no type.
//!
//! Takes schemas that hold together, gives the values that they list, each as its type holds it.

use std::collections::HashSet;

use serde_json::Value;

use super::Lower;
use crate::document::Node;
use crate::ir::{ModelKind, Scalar, Type};
use crate::limits::{MAX_ALTERNATIVE_DEPTH, MAX_LISTED};
use crate::schema::EffectiveSchema;

impl Lower<'_> {
    /// The only value that a member can have. If the document lists several and the member's type has further ones, the listed values.
    pub(in crate::lower) fn member_values(&mut self, nodes: &[Node], ty: &Type) -> (Option<Value>, Vec<Value>) {
        if let Some(constant) = self.member_constant(nodes, ty) {
            return (Some(constant), Vec::new());
        }
        let listed = self.listed_beside(nodes, ty);
        match listed.as_slice() {
            [only] if self.holds(self.unaliased(ty), only) => (Some(only.clone()), Vec::new()),
            _ => (None, listed),
        }
    }

    fn member_constant(&mut self, nodes: &[Node], ty: &Type) -> Option<Value> {
        let held = self.unaliased(ty).clone();
        if !self.may_be_constant(&held) {
            return None;
        }
        let merged = self.merge(nodes).filter(|merged| !merged.never)?;
        let value = self.only_value(&merged)?;
        self.holds(&held, &value).then_some(value)
    }

    /// The values that the document lists for a member whose type has further ones. Empty if it lists none, or too many.
    fn listed_beside(&mut self, nodes: &[Node], ty: &Type) -> Vec<Value> {
        let held = self.unaliased(self.unaliased(ty).present());
        let has_further_values = match held {
            Type::Any | Type::Bool | Type::Integer(_) | Type::Float => true,
            Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Union(union)) => !union.branches.iter().all(|branch| self.is_enumeration(&branch.ty)),
                _ => false,
            },
            _ => false,
        };
        if !has_further_values {
            return Vec::new();
        }
        let is_bool = *held == Type::Bool;
        let mut values: Vec<Value> = Vec::new();
        for value in self.admitted_values(nodes, MAX_ALTERNATIVE_DEPTH).unwrap_or_default() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let is_whole = is_bool && values.iter().filter(|it| !it.is_null()).count() > 1;
        if is_whole || values.len() > MAX_LISTED { Vec::new() } else { values }
    }

    fn is_enumeration(&self, ty: &Type) -> bool {
        let Type::Model(id) = self.unaliased(ty) else { return false };
        self.models.get(id.0).is_some_and(|model| matches!(model.kind, ModelKind::Enumeration(_)))
    }

    /// The values that some schemas admit. `None` if they list none.
    fn admitted_values(&mut self, nodes: &[Node], depth: usize) -> Option<Vec<Value>> {
        let merged = self.merge(nodes).filter(|merged| !merged.never)?;
        let mut values: Vec<Value> = match (merged.listed(), merged.unions.as_slice()) {
            (Some(values), _) => values.iter().map(|value| merged.as_declared(value)).collect(),
            (None, []) if merged.only_null && merged.types.is_none() => vec![Value::Null],
            (None, [union]) => {
                let depth = depth.checked_sub(1)?;
                let each = union.branches.iter().map(|node| self.admitted_values(std::slice::from_ref(node), depth));
                each.collect::<Option<Vec<_>>>()?.concat()
            }
            (None, _) => return None,
        };
        values.extend(merged.admits_null_beside_values(self.document.version()).then_some(Value::Null));
        Some(values)
    }

    /// The only value that some schemas admit, as their type holds it.
    fn only_value(&self, merged: &EffectiveSchema) -> Option<Value> {
        let nullable = merged.admits_null_beside_values(self.document.version());
        let mut values = merged.listed().unwrap_or_default();
        values.dedup();
        match values.as_slice() {
            [only] if !nullable || only.is_null() => Some(merged.as_declared(only)),
            [] if merged.only_null && merged.types.is_none() => Some(Value::Null),
            _ => None,
        }
    }

    /// Whether a type can have a single listed value.
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

    /// Whether a field of the type can hold the discriminator's value `tag`.
    pub(in crate::lower) fn holds_tag(&self, ty: &Type, tag: &Scalar) -> bool {
        match (self.unaliased(ty), tag) {
            (Type::Any, _)
            | (Type::String | Type::Text(_) | Type::Secret, Scalar::Text(_))
            | (Type::Bool, Scalar::Bool(_))
            | (Type::Float, Scalar::Integer(_)) => true,
            (Type::Integer(format), Scalar::Integer(tag)) => {
                format.range().is_none_or(|(least, most)| (least..=most).contains(&i128::from(*tag)))
            }
            (Type::Nullable(inner), tag) => self.holds_tag(inner, tag),
            (Type::Model(id), tag) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Enumeration(enumeration)) => enumeration.values.iter().any(|it| it.wire == *tag),
                Some(ModelKind::Union(union)) => union.branches.iter().any(|branch| self.holds_tag(&branch.ty, tag)),
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

/// The value of `const` or `enum`, if there is only one.
pub(in crate::lower) fn only_scalar(schema: &EffectiveSchema<'_>) -> Option<Scalar> {
    let mut scalars = scalars(schema).into_iter();
    scalars.next().filter(|_| scalars.next().is_none())
}

/// The values of `const` or `enum` that tell things apart. Empty if one of them does not, such as a number with a fraction.
pub(in crate::lower) fn scalars(schema: &EffectiveSchema<'_>) -> Vec<Scalar> {
    let values = schema.listed().unwrap_or_default();
    let values = values.iter().filter(|value| !value.is_null()).map(|value| scalar(&schema.as_declared(value)));
    let mut seen = HashSet::new();
    let mut scalars: Vec<Scalar> = values.collect::<Option<_>>().unwrap_or_default();
    scalars.retain(|value| seen.insert(value.clone()));
    scalars
}

/// A JSON value as a tag or as a listed value: a string, a boolean or an integer. `None` for any other value.
pub(in crate::lower) fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(text) => Some(Scalar::Text(text.clone())),
        Value::Bool(flag) => Some(Scalar::Bool(*flag)),
        Value::Number(number) => number.as_i64().map(Scalar::Integer),
        _ => None,
    }
}
