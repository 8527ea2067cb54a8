//! JSON Pointers into types: the type of a member of a body or of a reply.

use std::collections::HashSet;

use indexmap::IndexSet;
use serde_json::Value;

use super::Lower;
use crate::ir::{Enumeration, ModelKind, Struct, Type};
use crate::limits::MAX_TOKEN_STRUCTURES;

impl Lower<'_> {
    /// The structures that a value of the type may be.
    pub(super) fn structures<'t>(&'t self, ty: &'t Type) -> Vec<&'t Struct> {
        let (mut found, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![ty]);
        while let Some(ty) = open.pop().filter(|_| found.len() < MAX_TOKEN_STRUCTURES) {
            let Type::Model(id) = ty.present() else { continue };
            if !seen.insert(*id) {
                continue;
            }
            match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Struct(structure)) => found.push(structure),
                Some(ModelKind::Alias(target)) => open.push(target),
                // The first alternative is looked at first.
                Some(ModelKind::Union(union)) => open.extend(union.branches.iter().rev().map(|branch| &branch.ty)),
                Some(ModelKind::Enumeration(_)) | None => {}
            }
        }
        found
    }

    /// The types to which a pointer may lead. Empty if it leads nowhere.
    pub(super) fn pointed<'t>(&'t self, ty: &'t Type, pointer: &str) -> Vec<&'t Type> {
        let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        let start: IndexSet<&Type> = [ty].into();
        let found = steps.fold(start, |types, step| {
            types.into_iter().flat_map(|ty| self.member(ty, &step)).take(MAX_TOKEN_STRUCTURES).collect()
        });
        found.into_iter().collect()
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
            || self.enumeration_of(ty).is_some_and(|it| it.values.iter().any(|value| value.wire.json().is_string()))
    }

    /// Whether a value of the type is a number, or may be one that is written as text.
    pub(super) fn is_number(&self, ty: &Type) -> bool {
        match ty.present() {
            Type::Any | Type::Integer(_) | Type::Float | Type::String => true,
            Type::Text(format) => format.text().is_none_or(|text| text.is_number),
            _ => {
                self.enumeration_of(ty).is_some_and(|it| it.values.iter().any(|value| value.wire.json().is_number()))
                    || self.alias(ty).is_some_and(|target| self.is_number(target))
            }
        }
    }

    /// Whether a value is of the type: of its kind, or one of the values that it lists.
    pub(super) fn fits(&self, ty: &Type, value: &Value) -> bool {
        if let Some(enumeration) = self.enumeration_of(ty).filter(|enumeration| !enumeration.open) {
            return enumeration.values.iter().any(|listed| listed.wire.json() == *value);
        }
        match value {
            Value::String(_) => self.is_text(ty),
            Value::Bool(_) => {
                matches!(ty.present(), Type::Any | Type::Bool) || self.alias(ty).is_some_and(|it| self.fits(it, value))
            }
            _ => self.is_number(ty),
        }
    }

    fn alias(&self, ty: &Type) -> Option<&Type> {
        let Type::Model(id) = ty.present() else { return None };
        match &self.models.get(id.0)?.kind {
            // An alias that leads to itself has been reported, and ends here.
            ModelKind::Alias(target) if !matches!(target.present(), Type::Model(_)) => Some(target),
            _ => None,
        }
    }

    fn enumeration_of(&self, ty: &Type) -> Option<&Enumeration> {
        let Type::Model(id) = ty.present() else { return None };
        match &self.models.get(id.0)?.kind {
            ModelKind::Enumeration(enumeration) => Some(enumeration),
            _ => None,
        }
    }
}

fn member<'t>(structure: &'t Struct, name: &str) -> Option<&'t Type> {
    let field = structure.fields.iter().find(|field| field.wire == name).map(|field| &field.ty);
    field.or(structure.additional.as_ref())
}
