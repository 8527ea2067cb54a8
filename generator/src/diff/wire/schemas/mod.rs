//! The schemas of both documents: their meaning, with the place of each fact, and which of them are compared with each other.

pub(in crate::diff::wire) mod graph;
pub(in crate::diff::wire) mod located_schema;
pub(in crate::diff::wire) mod sets;
pub(in crate::diff::wire) mod shape;

mod components;
mod hidden;
