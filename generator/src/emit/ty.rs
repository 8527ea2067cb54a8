//! Types as tokens.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::Uses;
use crate::emit::uses::ident;
use crate::formats::{Format, Rust};
use crate::ir::{ModelKind, Type};

/// The path from the file of a model to the other models.
pub(crate) const SIBLING: &str = "super";
/// The path from the file of an operation to the models.
pub(crate) const ABOVE: &str = "super::super";

/// A type, written in a file that sees the models at the path `models`.
pub(crate) fn ty(plan: &Plan<'_>, ty: &Type, models: &'static str, uses: &mut Uses) -> TokenStream {
    match ty {
        Type::Any => name(uses.from("serde_json", "Value")),
        Type::Bool => quote!(bool),
        Type::Integer(format) => self::format(format, uses),
        Type::Float => quote!(f64),
        Type::String => quote!(String),
        Type::Secret => name(uses.runtime("Secret")),
        // In a form, it is a part; in JSON, it is text. Both have one type, so that one model can be used in both.
        Type::Binary => name(uses.runtime("File")),
        Type::Text(format) => {
            let (text, value) = (uses.runtime("Text"), self::format(format, uses));
            quote!(#text<#value>)
        }
        Type::Array(element) => {
            let element = self::ty(plan, element, models, uses);
            quote!(Vec<#element>)
        }
        Type::Tuple { elements, least } => {
            let elements = elements.iter().enumerate().map(|(index, element)| {
                if index < *least {
                    return self::element(plan, element, models, uses);
                }
                let element = self::ty(plan, element, models, uses);
                let trailing = uses.runtime("Trailing");
                quote!(#trailing<#element>)
            });
            let elements: Vec<TokenStream> = elements.collect();
            quote!((#(#elements,)*))
        }
        Type::Map(value) if **value == Type::Any => {
            let map = uses.from("serde_json", "Map");
            let value = uses.from("serde_json", "Value");
            quote!(#map<String, #value>)
        }
        Type::Map(value) => {
            let map = uses.from("std::collections", "BTreeMap");
            let value = self::ty(plan, value, models, uses);
            quote!(#map<String, #value>)
        }
        Type::Nullable(inner) => {
            let inner = self::ty(plan, inner, models, uses);
            quote!(Option<#inner>)
        }
        Type::Own(path) => {
            let path = path.split("::").map(ident);
            quote!(#(#path)::*)
        }
        Type::Model(id) => name(uses.from(models, &plan.names.model(*id).ty)),
    }
}

/// An element of a tuple. A recursive model is boxed, because a tuple holds its elements in place.
fn element(plan: &Plan<'_>, ty: &Type, models: &'static str, uses: &mut Uses) -> TokenStream {
    let written = self::ty(plan, ty.present(), models, uses);
    let written = match ty.present() {
        Type::Model(id) if plan.cycles.is_recursive(*id) => quote!(Box<#written>),
        _ => written,
    };
    if matches!(ty, Type::Nullable(_)) { quote!(Option<#written>) } else { written }
}

fn name(ident: Ident) -> TokenStream {
    quote!(#ident)
}

/// The type of a format's values.
fn format(format: &Format, uses: &mut Uses) -> TokenStream {
    match &format.rust {
        Rust::Integer { ty, .. } => name(ident(ty)),
        Rust::Text(text) if text.imported => {
            let names: Vec<Ident> = text.paths().map(|(module, name)| uses.from(module, name)).collect();
            nested(&names)
        }
        Rust::Text(text) => {
            let path = text.path.split("::").map(ident);
            quote!(#(#path)::*)
        }
        _ => quote!(String),
    }
}

/// Types, each of which is the argument of the one before.
fn nested(names: &[Ident]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [only] => quote!(#only),
        [outer, inner @ ..] => {
            let inner = nested(inner);
            quote!(#outer<#inner>)
        }
    }
}

/// How a value of a type is taken from a caller: the argument's type, and the expression that makes the value of it.
pub(super) fn argument(
    plan: &Plan<'_>,
    of: &Type,
    name: &Ident,
    models: &'static str,
    uses: &mut Uses,
) -> (TokenStream, TokenStream) {
    let written = ty(plan, of, models, uses);
    if is_converted(plan, of) { (quote!(impl Into<#written>), quote!(#name.into())) } else { (written, quote!(#name)) }
}

/// Whether an argument also takes other types that become this one: `&str` for text, an alternative for a union. Text does not become
/// a secret here, so that a caller cannot swap the two.
pub(crate) fn is_converted(plan: &Plan<'_>, ty: &Type) -> bool {
    match plan.resolved(ty) {
        Type::String | Type::Binary | Type::Text(_) => true,
        Type::Model(id) => matches!(plan.api.model(*id).kind, ModelKind::Union(_)),
        _ => false,
    }
}
