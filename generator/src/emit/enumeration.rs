//! Values out of a list as enums. The enums are open, because a server may add values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{Enumeration, ModelId, Scalar};

pub(super) fn items(plan: &Plan<'_>, id: ModelId, enumeration: &Enumeration, uses: &mut Uses) -> Vec<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let variants: Vec<Ident> = plan.names.model(id).members.iter().map(|name| ident(name)).collect();
    let comment = doc_comment::of_model(plan, id, uses);
    let listed = listed(enumeration, &variants, uses);
    let table = ident(if holds_integers(enumeration) { "integer_enum" } else { "string_enum" });
    let open = enumeration.open.then(|| quote!(: open));
    uses.runtime("self");
    vec![quote! {
        runtime::#table! {
            #comment
            pub enum #name #open { #(#listed)* }
        }
    }]
}

/// The enumeration as an item.
pub(super) fn item<'a>(plan: &'a Plan<'a>, id: ModelId, enumeration: &'a Enumeration) -> Item<'a> {
    let (names, place) = (plan.names.model(id), Place::Model(id));
    let variants = enumeration.values.iter().zip(&names.members).map(|(value, variant)| {
        let path = format!("{}::{variant}", names.ty);
        Item::new(ItemKind::Variant, variant, path, place).meaning(Meaning::Value(&value.wire))
    });
    let value = Written::Own(if holds_integers(enumeration) { "i64" } else { "String" }.to_owned());
    Item::new(ItemKind::Enumeration, &names.ty, &names.ty, place).holding(value).with(variants)
}

/// Whether its values are integers. Otherwise they are strings.
fn holds_integers(enumeration: &Enumeration) -> bool {
    enumeration.values.iter().any(|value| matches!(value.wire, Scalar::Integer(_)))
}

fn listed(enumeration: &Enumeration, variants: &[Ident], uses: &mut Uses) -> Vec<TokenStream> {
    let pairs = enumeration.values.iter().zip(variants);
    pairs
        .map(|(listed, variant)| {
            let fallback = match &listed.wire {
                Scalar::Text(text) if text.is_empty() => "The empty string.".to_owned(),
                Scalar::Text(text) => doc_comment::code(text) + ".",
                Scalar::Integer(integer) => format!("`{integer}`."),
                Scalar::Bool(flag) => format!("`{flag}`."),
            };
            let comment = doc_comment::comment(&listed.docs, &fallback, uses);
            let value = value(&listed.wire);
            quote! { #comment #variant = #value, }
        })
        .collect()
}

fn value(wire: &Scalar) -> TokenStream {
    match wire {
        Scalar::Text(text) => quote!(#text),
        Scalar::Bool(flag) => quote!(#flag),
        Scalar::Integer(integer) => {
            let literal = Literal::i64_unsuffixed(*integer);
            quote!(#literal)
        }
    }
}
