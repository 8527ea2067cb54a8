//! Facts about an API, in tables beside it: names, cycles, usage. `emit` decides nothing that stands here.

pub mod ident;

mod checks;
mod collapsed;
mod cycles;
mod depth;
mod headers;
mod names;
mod scope;
mod usage;

pub use checks::Checks;
pub use collapsed::{Collapsed, collapsed};
pub use cycles::Cycles;
pub use headers::Headers;
pub use names::{Alias, ModelNames, Names, OperationNames};
pub use usage::Usage;

use crate::ir::{Api, Bound, EnumValue, Field, ModelId, ModelKind, Struct, Type};

/// All tables.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What they are about.
    pub api: &'a Api,
    /// Every Rust name.
    pub names: Names,
    /// What is recursive.
    pub cycles: Cycles,
    /// What is sent and what is received.
    pub usage: Usage,
    /// Which replies have the same headers.
    pub headers: Headers,
    /// What there is to check of what is sent.
    pub checks: Checks,
    /// The most types that lie in each other.
    pub deepest: usize,
    /// Whether every model is both read and written, whatever the operations do with it.
    pub both_ways: bool,
}

impl<'a> Plan<'a> {
    /// Computes the tables.
    pub fn new(api: &'a Api, both_ways: bool) -> Self {
        let (usage, cycles) = (Usage::of(api), Cycles::of(api));
        let checks = Checks::of(api, &cycles, &usage);
        let deepest = depth::deepest(api);
        Self { names: Names::of(api), cycles, headers: Headers::of(api), usage, checks, deepest, api, both_ways }
    }

    /// Whether callers make values of the model.
    pub fn is_sent(&self, id: ModelId) -> bool {
        self.usage.is_sent(id)
    }

    /// Whether the model is written as JSON.
    pub fn serializes(&self, id: ModelId) -> bool {
        self.both_ways || self.usage.is_written(id)
    }

    /// Whether the model is read from JSON.
    pub fn deserializes(&self, id: ModelId) -> bool {
        self.both_ways || self.usage.is_received(id)
    }

    /// Whether the model is only ever the form of a multipart body.
    pub fn is_form(&self, id: ModelId) -> bool {
        self.usage.is_sent(id) && !self.usage.is_written(id) && !self.deserializes(id)
    }

    /// Whether a structure keeps members that the document does not speak of: where it is both read and written, so that a
    /// value can be changed without losing any.
    pub fn keeps_unknown(&self, id: ModelId, structure: &Struct) -> bool {
        self.serializes(id) && self.deserializes(id) && structure.additional.is_none() && !structure.closed
    }

    /// The fields of a structure that travel the way that it does, with their indices: `readOnly` ones are not part of what is
    /// only sent, `writeOnly` ones not of what is only received (OpenAPI 3.1.1, 4.8.24.1).
    pub fn fields(&self, id: ModelId, fields: &'a [Field]) -> Vec<(usize, &'a Field)> {
        let (sent, received) = (self.serializes(id) || self.is_sent(id), self.deserializes(id));
        let travels = |field: &Field| (received || !field.read_only) && (sent || !field.write_only);
        fields.iter().enumerate().filter(|(_, field)| travels(field)).collect()
    }

    /// Whether a field may be missing: because the document says so, or because it travels one way only.
    pub fn is_optional(&self, field: &Field) -> bool {
        !field.required || field.read_only || field.write_only
    }

    /// Whether `null` and absence are two values of a field.
    pub fn is_tri_state(&self, field: &Field) -> bool {
        self.is_optional(field) && matches!(field.ty, Type::Nullable(_))
    }

    /// The bounds that say something of a value of the type, those of the type's aliases included.
    pub fn bounds(&self, ty: &Type, bounds: &[Bound]) -> Vec<Bound> {
        checks::fitting(self.api, &self.cycles, ty, bounds)
    }

    /// The bounds on how many members a structure has when it is written; none for a form, which is never one object.
    pub fn object_bounds(&self, id: ModelId) -> Vec<Bound> {
        if self.serializes(id) { checks::object_bounds(&self.api.model(id).kind) } else { Vec::new() }
    }

    /// The values of an enumeration that has exactly one, if callers never choose another.
    pub fn constant(&self, ty: &Type) -> Option<(ModelId, &'a EnumValue)> {
        let Type::Model(id) = ty else { return None };
        match &self.api.model(*id).kind {
            ModelKind::Enumeration(enumeration) if enumeration.constant => Some((*id, enumeration.values.first()?)),
            _ => None,
        }
    }

    /// What a type is behind its aliases.
    pub fn resolved(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Model(id) = ty
            && !self.cycles.is_newtype(*id)
            && let ModelKind::Alias(target) = &self.api.model(*id).kind
        {
            ty = target;
        }
        ty
    }
}
