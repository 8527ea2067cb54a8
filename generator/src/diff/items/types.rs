//! The types of both sides in terms of each other: what a program that names an old type gets from the new crate.
//!
//! The compiler looks names up, so that is what pairs models; those whose names are gone are paired by
//! [`pairs`](super::pairs), so that what mentions a renamed type is not taken for changed.

use std::collections::HashMap;

use super::{pairs, text};
use crate::analyze::Plan;
use crate::ir::{ModelId, ModelKind, Type};
use crate::limits::MAX_ALIAS_TYPES;

/// Both sides' types.
pub(super) struct Types<'a> {
    pub old: &'a Plan<'a>,
    pub new: &'a Plan<'a>,
    /// The models that the names of the new crate's types lead to.
    names: HashMap<&'a str, ModelId>,
    /// Old models whose names are gone, and what has taken their place.
    renamed: HashMap<ModelId, ModelId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(old: &'a Plan<'a>, new: &'a Plan<'a>) -> Self {
        let renamed = pairs::renamed(old, new);
        Self { old, new, names: pairs::names(new), renamed }
    }

    /// The new model that a name of old leads to.
    pub(super) fn named(&self, name: &str) -> Option<ModelId> {
        self.names.get(name).copied()
    }

    /// What has taken the place of a model, by its name or otherwise.
    pub(super) fn pair(&self, old: ModelId) -> Option<ModelId> {
        self.named(&self.old.names.model(old).ty).or_else(|| self.renamed.get(&old).copied())
    }

    /// Whether a model's place is taken by one of another name.
    pub(super) fn is_renamed(&self, old: ModelId) -> bool {
        self.renamed.contains_key(&old)
    }

    /// The models that have taken a renamed one's place.
    pub(super) fn renamed_to(&self) -> impl Iterator<Item = ModelId> {
        self.renamed.values().copied()
    }

    /// What the new crate makes of an old type's names; none if a name is gone.
    pub(super) fn before(&self, ty: &Type) -> Option<Type> {
        self.looked_up(ty, &mut MAX_ALIAS_TYPES.clone())
    }

    fn looked_up(&self, ty: &Type, left: &mut usize) -> Option<Type> {
        *left = left.checked_sub(1)?;
        Some(match ty {
            Type::Model(id) => match (self.pair(*id), &self.old.api.model(*id).kind) {
                (Some(found), _) => self.after(&Type::Model(found)),
                (None, ModelKind::Alias(target)) if !self.old.cycles.is_newtype(*id) => self.looked_up(target, left)?,
                (None, _) => return None,
            },
            Type::Array(inner) => Type::Array(Box::new(self.looked_up(inner, left)?)),
            Type::Map(inner) => Type::Map(Box::new(self.looked_up(inner, left)?)),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.looked_up(inner, left)?)),
            Type::Tuple { elements, least } => {
                let elements = elements.iter().map(|element| self.looked_up(element, left)).collect::<Option<_>>()?;
                Type::Tuple { elements, least: *least }
            }
            other => other.clone(),
        })
    }

    /// A new type without aliases.
    pub(super) fn after(&self, ty: &Type) -> Type {
        expanded(self.new, ty, &mut MAX_ALIAS_TYPES.clone())
    }

    /// Whether two types are the same to a compiler.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        let (before, after) = (self.before(old), self.after(new));
        before.is_some_and(|before| before == after || self.print(&before) == self.print(&after))
    }

    /// A type that [`before`](Self::before) or [`after`](Self::after) gave.
    pub(super) fn print(&self, ty: &Type) -> String {
        text::of_type(self.new, ty)
    }
}

fn expanded(plan: &Plan<'_>, ty: &Type, left: &mut usize) -> Type {
    let Some(rest) = left.checked_sub(1) else { return ty.clone() };
    *left = rest;
    match ty {
        Type::Model(id) => match &plan.api.model(*id).kind {
            ModelKind::Alias(target) if !plan.cycles.is_newtype(*id) => expanded(plan, target, left),
            _ => ty.clone(),
        },
        Type::Array(inner) => Type::Array(Box::new(expanded(plan, inner, left))),
        Type::Map(inner) => Type::Map(Box::new(expanded(plan, inner, left))),
        Type::Nullable(inner) => Type::Nullable(Box::new(expanded(plan, inner, left))),
        Type::Tuple { elements, least } => {
            let elements = elements.iter().map(|element| expanded(plan, element, left)).collect();
            Type::Tuple { elements, least: *least }
        }
        other => other.clone(),
    }
}
