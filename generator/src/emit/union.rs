//! One of several types as an enum.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::ty::{SIBLING, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{Branch, ModelId, ModelKind, Scalar, Type, Union};

pub(super) fn items(plan: &Plan<'_>, id: ModelId, union: &Union, uses: &mut Uses) -> Vec<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let comment = doc_comment::of_model(plan, id, uses);
    let by = union.tag.as_ref().map(|tag| {
        let default = union.default.map(|default| {
            let fallback = ident(if default.unlisted { "or_else" } else { "or_without" });
            let branch = Literal::usize_unsuffixed(default.branch);
            quote!(#fallback #branch)
        });
        quote!(by #tag #default)
    });
    let convertible = convertible(plan, union);
    let variants = union.branches.iter().zip(&plan.names.model(id).members).enumerate();
    let rows = variants.map(|(index, (branch, name))| {
        let name = ident(name);
        let held = ty(plan, &branch.ty, SIBLING, uses);
        let comment = doc_comment::comment(&branch.docs, &branch_words(plan, &branch.ty), uses);
        let how = how_held(plan, &branch.ty, convertible.contains(&index));
        let tags = union.tag.as_ref().map(|_| tags(plan, union, index, branch));
        quote!(#comment #name(#held) #how #tags,)
    });
    let rows: Vec<TokenStream> = rows.collect();
    uses.runtime("self");
    vec![quote! {
        runtime::union! {
            #comment
            pub enum #name #by { #(#rows)* }
        }
    }]
}

/// The documentation of an alternative without a description.
fn branch_words(plan: &Plan<'_>, ty: &Type) -> String {
    let words = match ty {
        Type::Model(id) => {
            let name = &plan.names.model(*id).ty;
            doc_comment::a(name).replace(&format!("`{name}`"), &format!("[`{name}`]"))
        }
        Type::Bool => "a boolean".to_owned(),
        Type::Integer(_) => "an integer".to_owned(),
        Type::Float => "a number".to_owned(),
        Type::String | Type::Text(_) | Type::Secret => "a string".to_owned(),
        Type::Array(_) | Type::Tuple { .. } => "a list".to_owned(),
        Type::Map(_) => "a map".to_owned(),
        Type::Nullable(inner) => return branch_words(plan, inner).replace('.', ", or null."),
        Type::Binary => "bytes".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Own(path) => format!("a [`{path}`]"),
    };
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).chain(['.']).collect()
}

/// The union as an item.
pub(super) fn item<'a>(plan: &'a Plan<'a>, id: ModelId, union: &'a Union) -> Item<'a> {
    let (names, place, convertible) = (plan.names.model(id), Place::Model(id), convertible(plan, union));
    let name = names.ty.as_str();
    let variants = union.branches.iter().zip(&names.members).enumerate().map(|(index, (branch, variant))| {
        let (held, boxed) = (Written::of(&branch.ty), is_boxed(plan, &branch.ty));
        let from =
            convertible.contains(&index).then(|| Item::new(ItemKind::Trait, "From", name, place).holding(held.clone()));
        let held = if boxed { held.boxed() } else { held };
        Item::new(ItemKind::Variant, variant, format!("{name}::{variant}"), place).holding(held).with(from)
    });
    let tag = union.tag.as_deref().map_or(Meaning::Nothing, Meaning::Tag);
    Item::new(ItemKind::Union, name, name, place).meaning(tag).with(variants)
}

/// Whether an alternative is boxed. All objects are, so that an object that grows does not change the type.
fn is_boxed(plan: &Plan<'_>, ty: &Type) -> bool {
    match plan.resolved(ty) {
        Type::Model(id) => !matches!(plan.api.model(*id).kind, ModelKind::Enumeration(_)),
        _ => false,
    }
}

/// How an alternative is held, and which values convert into it. Text also converts from a `&str`.
fn how_held(plan: &Plan<'_>, ty: &Type, converts: bool) -> Option<TokenStream> {
    let from = converts.then(|| quote!(from));
    match plan.resolved(ty) {
        _ if is_boxed(plan, ty) => Some(quote!(: boxed #from)),
        Type::String if converts => Some(quote!(: text)),
        _ => converts.then(|| quote!(: from)),
    }
}

/// The alternatives whose values convert into the union: models, files, and values that hold no others. No other alternative may have the
/// same type, under whatever name.
pub(super) fn convertible(plan: &Plan<'_>, union: &Union) -> HashSet<usize> {
    let mut places: BTreeMap<&Type, Vec<usize>> = BTreeMap::new();
    let alone = |branch: &Branch| match plan.resolved(&branch.ty) {
        Type::Array(element) => **element == Type::Binary,
        ty => !matches!(ty, Type::Tuple { .. } | Type::Map(_)),
    };
    for (index, branch) in union.branches.iter().enumerate().filter(|(_, branch)| alone(branch)) {
        places.entry(plan.resolved(&branch.ty)).or_default().push(index);
    }
    places.into_values().filter(|places| places.len() == 1).flatten().collect()
}

/// The tag's values that select an alternative, and how the tag is written.
fn tags(plan: &Plan<'_>, union: &Union, index: usize, branch: &Branch) -> TokenStream {
    let tags = branch.tags.iter().map(tag);
    let is_default = union.default.is_some_and(|default| default.branch == index);
    // If a single tag selects the alternative, it is written, whatever the caller has set. If other tags, or no tag, select it too, the
    // value keeps its own tag.
    let has_choice = branch.tags.len() > 1 || is_default;
    let tagging = match (branch.tags.len(), branch.writes_tag) {
        (0, true) => None,
        (1.., true) if has_choice => None,
        (_, true) if has_nullable_tag(plan, union, &branch.ty) => Some(quote!(keeps)),
        (_, true) => Some(quote!(sets)),
        (_, false) if has_choice && keeps_unknown(plan, &branch.ty) => Some(quote!(keeps)),
        (_, false) => Some(quote!(hides)),
    };
    quote!(= [#(#tags),*] #tagging)
}

/// Whether the tag of a value may be null. Then it is kept, because null says something else than the tag.
fn has_nullable_tag(plan: &Plan<'_>, union: &Union, ty: &Type) -> bool {
    let Type::Model(id) = plan.resolved(ty) else { return false };
    let ModelKind::Struct(structure) = &plan.api.model(*id).kind else { return false };
    let mut fields = structure.fields.iter().filter(|field| Some(&field.wire) == union.tag.as_ref());
    fields.any(|field| matches!(plan.resolved(&field.ty), Type::Nullable(_)))
}

/// Whether a type keeps the members that it does not declare as they are.
fn keeps_unknown(plan: &Plan<'_>, ty: &Type) -> bool {
    let Type::Model(id) = plan.resolved(ty) else { return false };
    matches!(&plan.api.model(*id).kind, ModelKind::Struct(structure) if structure.additional.is_none())
}

fn tag(value: &Scalar) -> TokenStream {
    match value {
        Scalar::Text(text) => quote!(runtime::Tag::Text(#text)),
        Scalar::Bool(flag) => quote!(runtime::Tag::Bool(#flag)),
        Scalar::Integer(integer) => {
            let integer = Literal::i64_unsuffixed(*integer);
            quote!(runtime::Tag::Integer(#integer))
        }
    }
}
