//! Signatures as text, without the spaces that tokens are printed with.

use proc_macro2::TokenStream;

use crate::analyze::Plan;
use crate::emit::Uses;
use crate::emit::ty::{SIBLING, ty};
use crate::ir::{Scalar, Type};
use crate::render;

/// Tokens of a type or an argument as one would write them.
pub(super) fn of(tokens: &TokenStream) -> String {
    render::inline(tokens)
}

/// A type of a plan.
pub(super) fn of_type(plan: &Plan<'_>, of: &Type) -> String {
    self::of(&ty(plan, of, SIBLING, &mut Uses::default()))
}

/// A value as it stands in JSON.
pub(super) fn constant(constant: &Scalar) -> String {
    match constant {
        Scalar::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Scalar::Bool(flag) => flag.to_string(),
        Scalar::Integer(integer) => integer.to_string(),
    }
}

/// The name of a variable that holds a value of a type: `PurchaseOrder` is `purchase_order`.
pub(super) fn variable(ty: &str) -> String {
    crate::analyze::ident::snake_name(ty)
}
