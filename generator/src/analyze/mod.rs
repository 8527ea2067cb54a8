//! Facts about an API, in tables: names, cycles, usage. `emit` looks these facts up and does not decide them again.

pub mod ident;

mod checks;
mod collapsed;
mod cycles;
mod depth;
mod names;
mod scope;
mod usage;

pub use checks::Checks;
pub(crate) use checks::object_bounds;
pub use collapsed::{Collapsed, Written, collapsed};
pub use cycles::Cycles;
pub use names::{Alias, MintNames, ModelNames, Names, OperationNames, SourceNames};
pub use usage::Usage;

use crate::ir::{Api, Bound, ModelId, ModelKind, Type};

/// All tables.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The API that the tables are about.
    pub api: &'a Api,
    /// Every Rust name.
    pub names: &'a Names,
    /// What is recursive.
    pub cycles: Cycles,
    /// What is sent and what is received: which models callers make, and which models they get.
    pub usage: Usage,
    /// What there is to check.
    pub checks: Checks,
    /// The greatest nesting depth of types.
    pub deepest: usize,
}

impl<'a> Plan<'a> {
    /// Computes the tables.
    pub fn new(api: &'a Api, names: &'a Names) -> Self {
        let cycles = Cycles::of(api);
        let checks = Checks::of(api, &cycles);
        let (usage, deepest) = (Usage::of(api), depth::deepest(api));
        Self { names, cycles, usage, checks, deepest, api }
    }

    /// The bounds that apply to a value of the type, including those of its aliases.
    pub fn bounds(&self, ty: &Type, bounds: &[Bound]) -> Vec<Bound> {
        checks::fitting(self.api, &self.cycles, ty, bounds)
    }

    /// The enumeration of exactly one value that a type is, if callers never choose another.
    pub fn constant(&self, ty: &Type) -> Option<ModelId> {
        let Type::Model(id) = self.resolved(ty) else { return None };
        let is_constant = matches!(&self.api.model(*id).kind, ModelKind::Enumeration(it) if it.constant);
        is_constant.then_some(*id)
    }

    /// The type to which the aliases lead.
    pub fn resolved<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Type::Model(id) = ty
            && !self.cycles.is_newtype(*id)
            && let ModelKind::Alias(target) = &self.api.model(*id).kind
        {
            ty = target;
        }
        ty
    }
}
