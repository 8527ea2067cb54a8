//! One of several types as an enum.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::enumeration::scalar;
use crate::emit::models::comment;
use crate::emit::ty::{SIBLING, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, words};
use crate::ir::{Branch, ModelId, ModelKind, Type, Union};

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
    let mut items = vec![definition(plan, id, union, &variants, uses)];
    items.extend(conversions(plan, &name, &variants));
    if plan.deserializes(id) {
        items.push(deserialize(&name, union, &variants, uses));
    }
    if plan.serializes(id) {
        items.push(serialize(&name, union, &variants, uses));
    }
    items
}

/// Whether an alternative is held behind a pointer. All objects are, so that one that grows does not change the type.
pub(crate) fn is_boxed(plan: &Plan<'_>, ty: &Type) -> bool {
    match plan.resolved(ty) {
        Type::Model(id) => !matches!(plan.api.model(*id).kind, ModelKind::Enumeration(_)),
        _ => false,
    }
}

fn definition(plan: &Plan<'_>, id: ModelId, union: &Union, variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    let comment = comment(plan, id);
    let listed = variants.iter().map(|Variant { name, branch, held, boxed }| {
        let comment = words::comment(&branch.docs, "One of the alternatives.");
        let held = if *boxed { quote!(Box<#held>) } else { held.clone() };
        quote! { #comment #name(#held), }
    });
    let listed: Vec<TokenStream> = listed.collect();
    let unknown = union.tag.as_ref().map(|tag| {
        let value = uses.from("serde_json", "Value");
        let docs = words::attributes([format!(
            "An alternative that the document does not list, by its {}.",
            words::code(tag)
        )]);
        quote! { #docs Unknown(#value), }
    });
    quote! {
        #comment
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#listed)*
            #unknown
        }
    }
}

/// `From` each alternative whose type no other one has, by whatever name.
fn conversions(plan: &Plan<'_>, name: &Ident, variants: &[Variant<'_>]) -> Vec<TokenStream> {
    let resolved = |branch: &Branch| format!("{:?}", plan.resolved(&branch.ty));
    let mut counts: HashMap<String, usize> = HashMap::new();
    variants.iter().for_each(|variant| *counts.entry(resolved(variant.branch)).or_default() += 1);
    let single = |branch: &Branch| counts.get(&resolved(branch)) == Some(&1);
    let from = |Variant { name: variant, held, boxed, .. }: &Variant<'_>| {
        let value = if *boxed { quote!(Box::new(value)) } else { quote!(value) };
        quote! {
            impl From<#held> for #name {
                fn from(value: #held) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    };
    variants.iter().filter(|variant| variant.boxed && single(variant.branch)).map(from).collect()
}

fn deserialize(name: &Ident, union: &Union, variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let (deserialize, deserializer) = (uses.from("serde", "Deserialize"), uses.from("serde", "Deserializer"));
    let body = match &union.tag {
        Some(tag) => tagged(tag, union, variants, uses),
        None => untagged(variants, uses),
    };
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }
    }
}

fn tagged(tag: &str, union: &Union, variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let reader = uses.runtime("Tagged");
    let arms = variants.iter().enumerate().map(|(index, Variant { name, branch, .. })| {
        let default = union.default.filter(|default| default.branch == index);
        let tags: Vec<TokenStream> = branch.tags.iter().map(scalar).collect();
        let selected = match default {
            Some(default) if default.unlisted => quote!(_),
            Some(_) => quote!(Some(#(#tags)|*) | None),
            None => quote!(Some(#(#tags)|*)),
        };
        // A map would take the tag for one of its members.
        let value = if branch.writes_tag { quote!(value) } else { quote!(value_without_tag) };
        (default.is_some_and(|it| it.unlisted), quote!(#selected => union.#value().map(Self::#name),))
    });
    let (last, arms): (Vec<_>, Vec<_>) = arms.partition(|(is_last, _)| *is_last);
    let arms = arms.into_iter().map(|(_, arm)| arm);
    let last = last.into_iter().map(|(_, arm)| arm).next();
    let last = last.unwrap_or_else(|| quote!(_ => union.unknown().map(Self::Unknown),));
    quote! {
        let union = #reader::read(deserializer, #tag)?;
        match union.tag() {
            #(#arms)*
            #last
        }
    }
}

fn untagged(variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let untagged = uses.runtime("untagged");
    let branches = variants.iter().map(|Variant { name, .. }| {
        let text = name.to_string();
        quote!((#text, |candidate| candidate.read().map(Self::#name)))
    });
    quote!(#untagged(deserializer, &[#(#branches),*]))
}

fn serialize(name: &Ident, union: &Union, variants: &[Variant<'_>], uses: &mut Uses) -> TokenStream {
    let (serialize, serializer) = (uses.from("serde", "Serialize"), uses.from("serde", "Serializer"));
    let is_default = |index| union.default.is_some_and(|default| default.branch == index);
    let arms = variants.iter().enumerate().map(|(index, Variant { name, branch, .. })| {
        match (&union.tag, branch.tags.first()) {
            // Where one value selects the alternative, it is written whatever the caller put there. What any other value or none
            // selects as well keeps its own.
            (Some(tag), Some(value)) if !branch.writes_tag || (branch.tags.len() == 1 && !is_default(index)) => {
                let serialize_tagged = uses.runtime("serialize_tagged");
                let value = scalar(value);
                quote!(Self::#name(value) => #serialize_tagged(value, #tag, #value, serializer),)
            }
            _ => quote!(Self::#name(value) => value.serialize(serializer),),
        }
    });
    let arms: Vec<TokenStream> = arms.collect();
    let unknown = union.tag.is_some().then(|| quote!(Self::Unknown(value) => value.serialize(serializer),));
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    #unknown
                }
            }
        }
    }
}
