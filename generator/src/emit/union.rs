//! One of several types as an enum.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::models::comment;
use crate::emit::ty::{SIBLING, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, words};
use crate::ir::{Branch, ModelId, ModelKind, Scalar, Type, Union};

/// An alternative as emitted.
struct Variant<'a> {
    name: Ident,
    branch: &'a Branch,
    held: TokenStream,
    boxed: bool,
}

pub(super) fn items(plan: &Plan<'_>, id: ModelId, union: &Union, uses: &mut Uses) -> Vec<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let pairs = union.branches.iter().zip(&plan.names.model(id).members);
    let variants: Vec<Variant<'_>> = pairs
        .map(|(branch, name)| {
            let (held, boxed) = (ty(plan, &branch.ty, SIBLING, uses), is_boxed(plan, &branch.ty));
            Variant { name: ident(name), branch, held, boxed }
        })
        .collect();
    let mut items = vec![definition(plan, id, &variants, uses)];
    items.extend(conversions(plan, &name, &variants));
    items.push(implementation(&name, union, &variants));
    uses.runtime("self");
    items.push(quote!(runtime::union!(#name);));
    items
}

/// Whether an alternative is held behind a pointer. All objects are, so that one that grows does not change the type.
pub(crate) fn is_boxed(plan: &Plan<'_>, ty: &Type) -> bool {
    match plan.resolved(ty) {
        Type::Model(id) => !matches!(plan.api.model(*id).kind, ModelKind::Enumeration(_)),
        _ => false,
    }
}

fn definition(plan: &Plan<'_>, id: ModelId, variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    let comment = comment(plan, id);
    let listed = variants.iter().map(|Variant { name, branch, held, boxed }| {
        let comment = words::comment(&branch.docs, "One of the alternatives.");
        let held = if *boxed { quote!(Box<#held>) } else { held.clone() };
        quote! { #comment #name(#held), }
    });
    let value = uses.from("serde_json", "Value");
    quote! {
        #comment
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#listed)*
            /// A value that is none of the alternatives that the document lists.
            Unknown(#value),
        }
    }
}

/// `From` each alternative whose type no other one has, by whatever name.
fn conversions(plan: &Plan<'_>, name: &Ident, variants: &[Variant<'_>]) -> Vec<TokenStream> {
    let resolved = |branch: &Branch| format!("{:?}", plan.resolved(&branch.ty));
    let mut counts: HashMap<String, usize> = HashMap::new();
    variants.iter().for_each(|variant| *counts.entry(resolved(variant.branch)).or_default() += 1);
    let single = |branch: &Branch| counts.get(&resolved(branch)) == Some(&1);
    let from = |Variant { name: variant, held, .. }: &Variant<'_>| {
        quote! {
            impl From<#held> for #name {
                fn from(value: #held) -> Self {
                    Self::#variant(Box::new(value))
                }
            }
        }
    };
    variants.iter().filter(|variant| variant.boxed && single(variant.branch)).map(from).collect()
}

/// How the alternatives are read and written.
fn implementation(name: &Ident, union: &Union, variants: &[Variant<'_>]) -> TokenStream {
    let count = Literal::usize_unsuffixed(variants.len());
    let discriminator = union.tag.as_ref().map(|tag| discriminator(tag, union));
    let reads = variants.iter().enumerate().map(|(index, Variant { name, branch, .. })| {
        let index = Literal::usize_unsuffixed(index);
        // A map would take the tag for one of its members.
        let hidden = union.tag.as_ref().filter(|_| !branch.writes_tag).map(|tag| quote!(.without(#tag)));
        quote!(#index => from #hidden .variant(Self::#name),)
    });
    let writes = variants.iter().enumerate().map(|(index, variant)| write(union, index, variant));
    quote! {
        impl runtime::Union for #name {
            const BRANCHES: usize = #count;
            #discriminator

            fn read_branch(branch: usize, from: runtime::Input<'_>) -> Self {
                match branch {
                    #(#reads)*
                    _ => from.variant(Self::Unknown),
                }
            }

            fn write(&self, to: runtime::Output<'_>) {
                match self {
                    #(#writes)*
                    Self::Unknown(value) => to.value(value),
                }
            }
        }
    }
}

fn discriminator(tag: &str, union: &Union) -> TokenStream {
    let tags = union.branches.iter().enumerate().flat_map(|(index, branch)| {
        let index = Literal::usize_unsuffixed(index);
        branch.tags.iter().map(move |value| {
            let value = scalar(value);
            quote!((#value, #index))
        })
    });
    let default = union.default.map(|default| {
        let (index, method) = (Literal::usize_unsuffixed(default.branch), if default.unlisted { "or_else" } else { "or_without" });
        let method = ident(method);
        quote!(.#method(#index))
    });
    quote! {
        const DISCRIMINATOR: Option<runtime::Discriminator> =
            Some(runtime::Discriminator::new(#tag, &[#(#tags),*]) #default);
    }
}

fn write(union: &Union, index: usize, Variant { name, branch, .. }: &Variant<'_>) -> TokenStream {
    let is_default = union.default.is_some_and(|default| default.branch == index);
    match (&union.tag, branch.tags.first()) {
        // Where one value selects the alternative, it is written whatever the caller put there. What any other value or none
        // selects as well keeps its own.
        (Some(tag), Some(value)) if !branch.writes_tag || (branch.tags.len() == 1 && !is_default) => {
            let value = scalar(value);
            quote!(Self::#name(value) => to.tagged(#tag, #value, value),)
        }
        _ => quote!(Self::#name(value) => to.value(value),),
    }
}

fn scalar(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Text(text) => quote!(runtime::Tag::Text(#text)),
        Scalar::Bool(flag) => quote!(runtime::Tag::Bool(#flag)),
        Scalar::Integer(integer) => {
            let integer = Literal::i64_unsuffixed(*integer);
            quote!(runtime::Tag::Integer(#integer))
        }
    }
}
