//! Bounds: what a value must hold to beyond its type.

use crate::ir::{Docs, ModelKind};

/// A keyword and its value (JSON Schema 2020-12, validation 6). They are no part of what a type is, and stand where the value
/// stands: at a member, a parameter, an alternative. Only what is sent is held to them, and only if a caller asks.
///
/// Numbers are as the document writes them, since a float would round some.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are keywords")]
pub enum Bound {
    Minimum(String),
    Maximum(String),
    ExclusiveMinimum(String),
    ExclusiveMaximum(String),
    MultipleOf(String),
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    /// What holds for each element of a list and each value of a map.
    Each(Vec<Bound>),
    /// What holds for one element of a list of fixed length.
    At(usize, Vec<Bound>),
}

impl ModelKind {
    /// What the model is, whatever is said of it in words.
    pub fn without_words(&self) -> Self {
        let mut kind = self.without_bounds();
        match &mut kind {
            Self::Struct(it) => it.fields.iter_mut().for_each(|field| field.docs = Docs::default()),
            Self::Union(it) => it.branches.iter_mut().for_each(|branch| branch.docs = Docs::default()),
            Self::Enumeration(it) => it.values.iter_mut().for_each(|value| value.docs = Docs::default()),
            Self::Alias(_) => {}
        }
        kind
    }

    /// What the model is, whatever its bounds.
    pub fn without_bounds(&self) -> Self {
        let mut kind = self.clone();
        kind.bounds().into_iter().for_each(Vec::clear);
        kind
    }

    /// Leaves the bounds that another model, which is the same without them, has as well.
    pub fn keep_common_bounds(&mut self, other: &Self) {
        let mut other = other.clone();
        for (own, others) in self.bounds().into_iter().zip(other.bounds()) {
            own.retain(|bound| others.contains(bound));
        }
    }

    fn bounds(&mut self) -> Vec<&mut Vec<Bound>> {
        match self {
            Self::Struct(structure) => {
                let fields = structure.fields.iter_mut().map(|field| &mut field.bounds);
                fields.chain([&mut structure.bounds, &mut structure.additional_bounds]).collect()
            }
            Self::Union(union) => union.branches.iter_mut().map(|branch| &mut branch.bounds).collect(),
            Self::Enumeration(_) | Self::Alias(_) => Vec::new(),
        }
    }
}
