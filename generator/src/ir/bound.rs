//! Bounds: what a value must hold to beyond its type.

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
