//! Takes the places of schemas, gives their types, and the models of named types.

pub(super) mod alternatives;
pub(super) mod bounds;
pub(super) mod constant;
pub(super) mod discriminator;
pub(super) mod enumeration;
pub(super) mod infinite_members;
pub(super) mod infinite_types;
pub(super) mod inheritance;
pub(super) mod intersection;
pub(super) mod named_twice;
pub(super) mod naming;
pub(super) mod null;
pub(super) mod one_type;
pub(super) mod own_tags;
mod parts;
pub(super) mod secret;
pub(super) mod structure;
pub(super) mod tags;
pub(super) mod tuple;
pub(super) mod types;
pub(super) mod undeclared;
pub(super) mod union;
pub(super) mod union_product;
pub(super) mod unsupported;

use super::Lower;
