//! The files of an API's models: one for each thing that the document names, with the inline types that belong to it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Place, Written};
use crate::emit::ty::{SIBLING, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment, enumeration, structure, union};
use crate::ir::{ModelId, ModelKind, Type};
use crate::render::{self, File};

/// `models/…`, and `models/mod.rs`, which exports them.
pub(super) fn files<'p>(plan: &'p Plan<'p>) -> Vec<File<'p>> {
    let mut members: BTreeMap<&str, Vec<ModelId>> = BTreeMap::new();
    for (id, _) in plan.api.models() {
        members.entry(&plan.names.model(id).file).or_default().push(id);
    }
    if members.is_empty() {
        return Vec::new();
    }
    let mut files: Vec<File<'_>> = Vec::new();
    for (name, ids) in members.clone() {
        files.push((format!("models/{name}.rs"), Box::new(move || Some(file(plan, &ids)))));
    }
    files.push(("models/mod.rs".to_owned(), Box::new(move || Some(gather(plan, &members)))));
    files
}

fn gather(plan: &Plan<'_>, members: &BTreeMap<&str, Vec<ModelId>>) -> String {
    let modules = members.keys().map(|name| {
        let module = ident(name);
        quote!(mod #module;)
    });
    let exports = members.iter().map(|(name, ids)| {
        let module = ident(name);
        let aliases = aliases(plan, ids).into_iter().map(|(name, _)| name.to_owned());
        let mut types: Vec<String> = ids.iter().map(|id| plan.names.model(*id).ty.clone()).chain(aliases).collect();
        types.sort();
        let types: Vec<_> = types.iter().map(|name| ident(name)).collect();
        match types.as_slice() {
            [only] => quote!(pub use #module::#only;),
            several => quote!(pub use #module::{#(#several),*};),
        }
    });
    render::lines(&[], &[modules.collect(), exports.collect()])
}

fn file(plan: &Plan<'_>, ids: &[ModelId]) -> String {
    let mut uses = Uses::default();
    let mut items = Vec::new();
    for id in ids {
        items.extend(model(plan, *id, &mut uses));
    }
    for (name, id) in aliases(plan, ids) {
        let (name, target) = (ident(name), ident(&plan.names.model(id).ty));
        let comment = uses.comments.attribute([format!("The same as [`{target}`].")]);
        items.push(quote! {
            #comment
            pub type #name = #target;
        });
    }
    for id in ids {
        uses.forget(SIBLING, &plan.names.model(*id).ty);
    }
    render::file(&uses.groups(), &uses.comments, items)
}

/// All types of an API as items, in their order. Names of other places come last.
pub(super) fn items<'a>(plan: &'a Plan<'a>) -> impl Iterator<Item = Item<'a>> {
    let models = plan.api.models().map(|(id, model)| {
        let name = &plan.names.model(id).ty;
        match &model.kind {
            ModelKind::Struct(structure) => structure::item(plan, id, structure),
            ModelKind::Enumeration(enumeration) => enumeration::item(plan, id, enumeration),
            ModelKind::Union(union) => union::item(plan, id, union),
            ModelKind::Alias(target) => {
                let kind = if plan.cycles.is_newtype(id) { ItemKind::Newtype } else { ItemKind::Alias };
                Item::new(kind, name, name, Place::Model(id)).holding(Written::of(target))
            }
        }
    });
    let aliases = plan.names.aliases.iter().map(|alias| {
        let held = Written::of(&Type::Model(alias.model));
        Item::new(ItemKind::Alias, &alias.name, &alias.name, Place::Node(&alias.node)).holding(held)
    });
    models.chain(aliases)
}

/// The other names of the models of a file.
fn aliases<'p>(plan: &'p Plan<'_>, ids: &[ModelId]) -> Vec<(&'p str, ModelId)> {
    let own = plan.names.aliases.iter().filter(|alias| ids.contains(&alias.model));
    own.map(|alias| (alias.name.as_str(), alias.model)).collect()
}

fn model(plan: &Plan<'_>, id: ModelId, uses: &mut Uses) -> Vec<TokenStream> {
    match &plan.api.model(id).kind {
        ModelKind::Struct(structure) => structure::items(plan, id, structure, uses),
        ModelKind::Enumeration(enumeration) => enumeration::items(plan, id, enumeration, uses),
        ModelKind::Union(union) => union::items(plan, id, union, uses),
        ModelKind::Alias(target) if plan.cycles.is_newtype(id) => {
            let (name, comment) = (ident(&plan.names.model(id).ty), doc_comment::of_model(plan, id, uses));
            let target = ty(plan, target, SIBLING, uses);
            uses.runtime("self");
            let definition = quote! {
                #comment
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(pub #target);
            };
            vec![definition, quote!(runtime::alias!(#name = #target);)]
        }
        ModelKind::Alias(target) => {
            let (name, comment) = (ident(&plan.names.model(id).ty), doc_comment::of_model(plan, id, uses));
            let target = ty(plan, target, SIBLING, uses);
            vec![quote! {
                #comment
                pub type #name = #target;
            }]
        }
    }
}
