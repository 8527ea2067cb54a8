//! Takes two models of the same place. If one type fits both, merges the second into the first.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use crate::ir::{Bound, Docs, EnumValue, Enumeration, Field, ModelKind};

impl ModelKind {
    /// A hash of the kind and of the names of its members. Models with different outlines are never one type.
    pub(in crate::lower) fn outline(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        mem::discriminant(self).hash(&mut hasher);
        if let Self::Struct(structure) = self {
            let mut names: Vec<&str> = structure.fields.iter().map(|field| field.wire.as_str()).collect();
            names.sort_unstable();
            names.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The model without bounds and documentation, with its members sorted. Two models with equal shapes are one type.
    pub(in crate::lower) fn shape(&self) -> Self {
        let mut kind = self.clone();
        kind.bounds().into_iter().for_each(Vec::clear);
        match &mut kind {
            Self::Struct(it) => {
                it.fields.iter_mut().for_each(|field| field.docs = Docs::default());
                it.fields.sort_by(|one, other| one.wire.cmp(&other.wire));
            }
            Self::Union(it) => it.branches.iter_mut().for_each(|branch| branch.docs = Docs::default()),
            Self::Enumeration(it) => {
                it.values.iter_mut().for_each(|value| value.docs = Docs::default());
                it.values.sort_by(|one, other| one.wire.cmp(&other.wire));
            }
            Self::Alias(_) => {}
        }
        kind
    }

    /// Merges another model of the same part into this one, if one type can read both. Gives whether it can. The models may differ in
    /// required members and in listed values, because a compatible change of one reply must not add a type. The documentation of this model
    /// is kept.
    pub(in crate::lower) fn unite(&mut self, other: &Self) -> bool {
        if let (Self::Enumeration(one), Self::Enumeration(other)) = (&mut *self, other) {
            return one.unite(other);
        }
        if self.all_required().shape() != other.all_required().shape() {
            return false;
        }
        self.keep_common(&mut other.clone());
        true
    }

    fn all_required(&self) -> Self {
        let mut kind = self.clone();
        kind.fields().into_iter().for_each(|field| field.required = true);
        kind
    }

    /// Keeps the bounds and the required members that both have.
    fn keep_common(&mut self, other: &mut Self) {
        for (own, others) in self.fields().into_iter().zip(other.fields()) {
            own.required &= others.required;
        }
        for (own, others) in self.bounds().into_iter().zip(other.bounds()) {
            own.retain(|bound| others.contains(bound));
        }
    }

    fn fields(&mut self) -> Vec<&mut Field> {
        match self {
            Self::Struct(structure) => by_name(&mut structure.fields),
            _ => Vec::new(),
        }
    }

    fn bounds(&mut self) -> Vec<&mut Vec<Bound>> {
        match self {
            Self::Struct(structure) => {
                let fields = by_name(&mut structure.fields).into_iter().map(|field| &mut field.bounds);
                fields.chain([&mut structure.bounds, &mut structure.additional_bounds]).collect()
            }
            Self::Union(union) => union.branches.iter_mut().map(|branch| &mut branch.bounds).collect(),
            Self::Enumeration(_) | Self::Alias(_) => Vec::new(),
        }
    }
}

impl Enumeration {
    /// Adds the values of another enumeration, if one of the two has all values of the other. Gives whether that is so.
    fn unite(&mut self, other: &Self) -> bool {
        let same = |one: &EnumValue, other: &EnumValue| one.wire == other.wire && one.explicit == other.explicit;
        let has = |list: &Self, value: &EnumValue| list.values.iter().any(|own| same(own, value));
        let missing: Vec<EnumValue> = other.values.iter().filter(|value| !has(self, value)).cloned().collect();
        let is_within = missing.is_empty() || self.values.iter().all(|value| has(other, value));
        let is_one = self.constant == other.constant && is_within && (!self.constant || missing.is_empty());
        if is_one {
            self.values.extend(missing);
            self.open |= other.open;
        }
        is_one
    }
}

/// The members, sorted by name, so that the members of two models of one shape correspond.
fn by_name(fields: &mut [Field]) -> Vec<&mut Field> {
    let mut fields: Vec<&mut Field> = fields.iter_mut().collect();
    fields.sort_by(|one, other| one.wire.cmp(&other.wire));
    fields
}
