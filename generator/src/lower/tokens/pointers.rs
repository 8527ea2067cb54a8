//! JSON Pointers into types: what a member of a body or of a reply holds.

use serde_json::Value;

use super::Lower;
use crate::ir::{ModelKind, Struct, Type};

/// How many types lie in each other on the way of a pointer, at most: recursive ones have no end.
const DEEPEST: usize = 64;

impl Lower<'_> {
    /// The structures that a value of the type may be.
    pub(super) fn structures<'t>(&'t self, ty: &'t Type) -> Vec<&'t Struct> {
        let mut found = Vec::new();
        self.collect_structures(ty, DEEPEST, &mut found);
        found
    }

    fn collect_structures<'t>(&'t self, ty: &'t Type, depth: usize, found: &mut Vec<&'t Struct>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let Type::Model(id) = ty.present() else { return };
        match self.models.get(id.0).map(|model| &model.kind) {
            Some(ModelKind::Struct(structure)) => found.push(structure),
            Some(ModelKind::Alias(target)) => self.collect_structures(target, depth, found),
            Some(ModelKind::Union(union)) => {
                union.branches.iter().for_each(|branch| self.collect_structures(&branch.ty, depth, found));
            }
            Some(ModelKind::Enumeration(_)) | None => {}
        }
    }

    /// The types that a pointer may lead to. None if it leads nowhere.
    pub(super) fn pointed<'t>(&'t self, ty: &'t Type, pointer: &str) -> Vec<&'t Type> {
        let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        steps.fold(vec![ty], |types, step| types.into_iter().flat_map(|ty| self.member(ty, &step)).collect())
    }

    fn member<'t>(&'t self, ty: &'t Type, name: &str) -> Vec<&'t Type> {
        match ty.present() {
            Type::Any => vec![ty],
            Type::Map(value) => vec![value],
            _ => self.structures(ty).into_iter().filter_map(|structure| member(structure, name)).collect(),
        }
    }

    /// Whether a value of the type is, or may be, a text.
    pub(super) fn is_text(&self, ty: &Type) -> bool {
        matches!(ty.present(), Type::Any | Type::String | Type::Secret | Type::Text(_) | Type::Binary)
            || self.alias(ty).is_some_and(|target| self.is_text(target))
            || self.listed_value(ty).is_some_and(|value| value.is_string())
    }

    /// Whether a value of the type is a number, or may be one that is written as text.
    pub(super) fn is_number(&self, ty: &Type) -> bool {
        matches!(ty.present(), Type::Any | Type::Integer(_) | Type::Float | Type::String | Type::Text(_))
            || self.alias(ty).is_some_and(|target| self.is_number(target))
    }

    /// Whether a value is of the type, as far as its kind goes.
    pub(super) fn fits(&self, ty: &Type, value: &Value) -> bool {
        match value {
            Value::String(_) => self.is_text(ty),
            Value::Bool(_) => {
                matches!(ty.present(), Type::Any | Type::Bool) || self.alias(ty).is_some_and(|it| self.fits(it, value))
            }
            _ => self.is_number(ty) || self.listed_value(ty).is_some_and(|value| value.is_number()),
        }
    }

    fn alias(&self, ty: &Type) -> Option<&Type> {
        let Type::Model(id) = ty.present() else { return None };
        match &self.models.get(id.0)?.kind {
            // An alias of itself has been reported, and ends here.
            ModelKind::Alias(target) if !matches!(target.present(), Type::Model(_)) => Some(target),
            _ => None,
        }
    }

    /// A value of an enumeration.
    fn listed_value(&self, ty: &Type) -> Option<Value> {
        let Type::Model(id) = ty.present() else { return None };
        match &self.models.get(id.0)?.kind {
            ModelKind::Enumeration(enumeration) => Some(enumeration.values.first()?.wire.json()),
            _ => None,
        }
    }
}

fn member<'t>(structure: &'t Struct, name: &str) -> Option<&'t Type> {
    let field = structure.fields.iter().find(|field| field.wire == name).map(|field| &field.ty);
    field.or(structure.additional.as_ref())
}
