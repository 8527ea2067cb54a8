//! Objects as structures: the fields, and for what callers make a constructor and setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::models::{comment, derives};
use crate::emit::ty::{SIBLING, argument, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, words};
use crate::ir::{Docs, Field, ModelId, Struct, Type};

/// More arguments than clippy's `too_many_arguments` lets pass without a word.
pub(super) const MANY_ARGUMENTS: usize = 7;

/// A field as emitted.
#[derive(Clone)]
pub(crate) struct Member<'a> {
    /// Its name.
    pub name: Ident,
    /// What it is made from.
    pub field: &'a Field,
    /// Whether it is an `Option` because it may be absent.
    pub optional: bool,
    /// The field's type where it is there.
    pub present: Type,
    /// Whether it is held behind a pointer.
    pub boxed: bool,
}

pub(super) fn items(plan: &Plan<'_>, id: ModelId, structure: &Struct, uses: &mut Uses) -> Vec<TokenStream> {
    let members = members(plan, id, structure);
    let mut items = vec![definition(plan, id, structure, &members, uses)];
    if plan.is_sent(id) {
        items.extend(constructors(plan, id, structure, &members, uses));
    }
    items
}

/// The fields of a structure, in document order.
pub(crate) fn members<'a>(plan: &Plan<'a>, id: ModelId, structure: &'a Struct) -> Vec<Member<'a>> {
    let names = &plan.names.model(id).members;
    let fields = plan.fields(id, &structure.fields);
    fields
        .into_iter()
        .map(|(index, field)| {
            let optional = plan.is_optional(field);
            let tri_state = plan.is_tri_state(field);
            let ty = field.ty.clone();
            // What is only ever received has no use for telling `null` from absent.
            let present = if optional && !tri_state { ty.present().clone() } else { ty };
            let boxed = matches!(field.ty.present(), Type::Model(held) if plan.cycles.is_boxed(id, *held));
            let name = ident(names.get(index).map_or("field", String::as_str));
            Member { name, field, optional, present, boxed }
        })
        .collect()
}

fn definition(
    plan: &Plan<'_>,
    id: ModelId,
    structure: &Struct,
    members: &[Member<'_>],
    uses: &mut Uses,
) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    let comment = comment(plan, id);
    let derives = derives(plan, id, uses);
    let default = (plan.is_sent(id) && members.iter().all(|member| member.optional)).then(|| quote!(, Default));
    let serde = plan.serializes(id) || plan.deserializes(id);
    let fields = members.iter().map(|member| field(plan, id, member, uses));
    let fields: Vec<TokenStream> = fields.collect();
    let additional = structure.additional.as_ref().map(|additional| {
        let name = ident(&plan.names.model(id).additional);
        let map = ty(plan, &Type::Map(Box::new(additional.clone())), SIBLING, uses);
        let read = plan.deserializes(id).then(|| {
            uses.runtime("decode");
            quote!(, deserialize_with = "decode::members")
        });
        let serde = serde.then(|| quote!(#[serde(flatten #read)]));
        quote! {
            /// Members that the document does not name.
            #serde
            pub #name: #map,
        }
    });
    let unknown = plan.keeps_unknown(id, structure).then(|| {
        let (name, ty) = (ident(&plan.names.model(id).unknown), uses.runtime("Unknown"));
        quote! {
            /// Members that the document does not name, which are written as they were read.
            #[serde(flatten)]
            pub #name: #ty,
        }
    });
    quote! {
        #comment
        #[derive(#derives #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #additional
            #unknown
        }
    }
}

fn field(plan: &Plan<'_>, id: ModelId, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let Member { name, field, .. } = member;
    let comment = words::comment(&field.docs, &format!("The {} member.", words::code(&field.wire)));
    let written = written(plan, member, uses);
    let attributes = serde(plan, id, member, uses);
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #comment
        #serde
        pub #name: #written,
    }
}

/// The type of a field.
pub(crate) fn written(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let inner = held(plan, member, uses);
    if member.optional { quote!(Option<#inner>) } else { inner }
}

/// The type of a field's value, boxed where that ends a cycle.
fn held(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    match &member.present {
        Type::Nullable(inner) if member.boxed => {
            let inner = ty(plan, inner, SIBLING, uses);
            quote!(Option<Box<#inner>>)
        }
        present if member.boxed => {
            let inner = ty(plan, present, SIBLING, uses);
            quote!(Box<#inner>)
        }
        present => ty(plan, present, SIBLING, uses),
    }
}

fn serde(plan: &Plan<'_>, id: ModelId, member: &Member<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    let Member { name, field, optional, present, .. } = member;
    let (reads, writes) = (plan.deserializes(id), plan.serializes(id));
    let mut attributes = Vec::new();
    if !reads && !writes {
        return attributes;
    }
    if *name != field.wire {
        let wire = &field.wire;
        attributes.push(quote!(rename = #wire));
    }
    let tri_state = *optional && matches!(present, Type::Nullable(_));
    if reads && tri_state {
        attributes.push(quote!(default));
        uses.runtime("double_option");
        attributes.push(quote!(with = "double_option"));
    }
    if writes && field.read_only && !plan.both_ways {
        attributes.push(quote!(skip_serializing));
    } else if writes && *optional {
        attributes.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    attributes
}

fn constructors(
    plan: &Plan<'_>,
    id: ModelId,
    structure: &Struct,
    members: &[Member<'_>],
    uses: &mut Uses,
) -> Vec<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let (new, arguments) = new(plan, id, structure, members, uses);
    let setters: Vec<TokenStream> = settable(members).map(|member| setter(plan, member, uses)).collect();
    let all_optional = members.iter().all(|member| member.optional);
    let default = (arguments == 0 && !all_optional).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let methods = quote! {
        impl #name {
            #new
            #(#setters)*
        }
    };
    std::iter::once(methods).chain(default).collect()
}

/// The fields that callers may set after `new`.
pub(crate) fn settable<'m, 'a>(members: &'m [Member<'a>]) -> impl Iterator<Item = &'m Member<'a>> {
    members.iter().filter(|member| member.optional && !member.field.read_only)
}

/// The fields that `new` asks for, in the order of its arguments.
pub(crate) fn required<'m, 'a>(plan: &Plan<'_>, members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let asked = |member: &&Member<'_>| !member.optional && constant(plan, member.field).is_none();
    let mut required: Vec<&Member<'_>> = members.iter().filter(asked).collect();
    // What only the client sets is an option in a type that travels both ways, but callers still have to give it.
    required.extend(members.iter().filter(|it| it.optional && it.field.required && it.field.write_only));
    required.sort_by_key(|member| member.name.to_string());
    required
}

/// `new`, with what is required as arguments, in the order of their names: the document's order may change.
fn new(
    plan: &Plan<'_>,
    id: ModelId,
    structure: &Struct,
    members: &[Member<'_>],
    uses: &mut Uses,
) -> (TokenStream, usize) {
    let required = required(plan, members);
    if members.iter().all(|member| member.optional) && required.is_empty() {
        let new = quote! {
            /// With nothing set.
            pub fn new() -> Self {
                Self::default()
            }
        };
        return (new, 0);
    }
    let arguments = required.iter().map(|member| {
        let (ty, _) = argument(plan, &member.present, &member.name, SIBLING, uses);
        let name = &member.name;
        quote!(#name: #ty)
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    let values = members.iter().map(|member| {
        let name = &member.name;
        let value = match constant(plan, member.field) {
            Some(constant) if !member.optional => constant,
            _ if !required.iter().any(|it| it.name == *name) => quote!(None),
            _ => taken(plan, member, uses),
        };
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    });
    let values: Vec<TokenStream> = values.collect();
    let additional = structure.additional.as_ref().map(|_| {
        let name = ident(&plan.names.model(id).additional);
        quote!(#name: Default::default(),)
    });
    let unknown = plan.keeps_unknown(id, structure).then(|| {
        let (name, ty) = (ident(&plan.names.model(id).unknown), uses.runtime("Unknown"));
        quote!(#name: #ty::default(),)
    });
    let many = (arguments.len() > MANY_ARGUMENTS).then(many_arguments);
    let names: Vec<String> = required.iter().map(|member| format!("`{}`", member.name)).collect();
    let what = if names.is_empty() {
        "With nothing set.".to_owned()
    } else {
        format!("With what is required: {}.", names.join(", "))
    };
    let what = words::attributes([what]);
    let new = quote! {
        #what
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #additional #unknown }
        }
    };
    (new, required.len())
}

/// The attribute of a function that takes as many arguments as the document requires.
pub(super) fn many_arguments() -> TokenStream {
    quote!(#[allow(clippy::too_many_arguments, reason = "the document requires them")])
}

/// The value of a field, made from the argument of its name.
fn taken(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let (_, value) = argument(plan, &member.present, &member.name, SIBLING, uses);
    let value = match (&member.present, member.boxed) {
        (Type::Nullable(_), true) => quote!(#value.map(Box::new)),
        (_, true) => quote!(Box::new(#value)),
        (_, false) => value,
    };
    if member.optional { quote!(Some(#value)) } else { value }
}

/// The one value that a required field can have.
fn constant(plan: &Plan<'_>, field: &Field) -> Option<TokenStream> {
    if let Some((id, _)) = plan.constant(&field.ty) {
        let names = plan.names.model(id);
        let (ty, variant) = (ident(&names.ty), ident(names.members.first()?));
        return Some(quote!(#ty::#variant));
    }
    match field.constant.as_ref()? {
        serde_json::Value::Bool(flag) => Some(quote!(#flag)),
        constant => {
            let constant = constant.to_string();
            Some(quote!(constant(#constant)))
        }
    }
}

fn setter(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let name = &member.name;
    let docs = Docs::default();
    let comment = words::comment(&docs, &format!("Sets {}.", words::code(&member.field.wire)));
    let (ty, _) = argument(plan, &member.present, name, SIBLING, uses);
    let value = taken(plan, member, uses);
    quote! {
        #comment
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
