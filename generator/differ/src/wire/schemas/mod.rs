//! The schemas of both documents: their meaning, with the place of each fact, and which of them are compared with each other.

pub(in crate::wire) mod graph;
pub(in crate::wire) mod located_schema;
pub(in crate::wire) mod sets;
pub(in crate::wire) mod shape;

mod components;
mod hidden;
