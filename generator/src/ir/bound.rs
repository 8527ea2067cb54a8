//! Bounds: what must hold for a value beyond its type.

/// A keyword and its value (JSON Schema 2020-12, validation 6). Bounds are not part of a type. They are at the place of the value: at a
/// member, a parameter, an alternative. Only sent values are checked, and only if a caller asks.
///
/// Numbers are as the document writes them, because a float would round some of them.
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
    /// The bounds for each element of a list and each value of a map.
    Each(Vec<Bound>),
    /// The bounds for one element of a list of fixed length.
    At(usize, Vec<Bound>),
}
