//! Objects as structures: the fields, how they are read and written, the constructor and the setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::models::comment;
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
    /// Its type, where it is there.
    pub ty: Type,
    /// Whether it is an `Option` because it may be absent: also what travels one way only (OpenAPI 3.1.1, 4.8.24.1).
    pub optional: bool,
    /// Whether it is held behind a pointer.
    pub boxed: bool,
    /// The method that sets it to null, if it can be that.
    pub null: Option<Ident>,
}

pub(super) fn items(plan: &Plan<'_>, id: ModelId, structure: &Struct, uses: &mut Uses) -> Vec<TokenStream> {
    let members = members(plan, id, structure);
    let mut items = vec![definition(plan, id, structure, &members, uses)];
    items.extend(methods(plan, id, structure, &members, uses));
    items.push(model(plan, id, structure, &members));
    items.push(traits(plan, id, &members, uses));
    items
}

/// The fields of a structure, in document order.
pub(crate) fn members<'a>(plan: &Plan<'_>, id: ModelId, structure: &'a Struct) -> Vec<Member<'a>> {
    let names = plan.names.model(id);
    let fields = structure.fields.iter().zip(names.members.iter().zip(&names.nulls));
    fields
        .map(|(field, (name, null))| Member {
            name: ident(name),
            field,
            ty: field.ty.clone(),
            optional: !field.required || field.read_only || field.write_only,
            boxed: matches!(field.ty.present(), Type::Model(held) if plan.cycles.is_boxed(id, *held)),
            null: matches!(plan.resolved(&field.ty), Type::Nullable(_)).then(|| ident(null)),
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
    let fields = members.iter().map(|member| {
        let Member { name, field, .. } = member;
        let comment = words::comment(&field.docs, &format!("The {} member.", words::code(&field.wire)));
        let written = written(plan, member, uses);
        quote! { #comment pub #name: #written, }
    });
    let fields: Vec<TokenStream> = fields.collect();
    let rest = rest(plan, id, structure);
    let rest_ty = match &structure.additional {
        Some(additional) => ty(plan, &Type::Map(Box::new(additional.clone())), SIBLING, uses),
        None => {
            let unknown = uses.runtime("Unknown");
            quote!(#unknown)
        }
    };
    quote! {
        #comment
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            /// Members that the document does not name.
            pub #rest: #rest_ty,
        }
    }
}

/// The field for the members that have none of their own.
fn rest(plan: &Plan<'_>, id: ModelId, structure: &Struct) -> Ident {
    let names = plan.names.model(id);
    ident(if structure.additional.is_some() { &names.additional } else { &names.unknown })
}

/// The type of a field.
pub(crate) fn written(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let held = held(plan, member, uses);
    if member.optional { quote!(Option<#held>) } else { held }
}

/// The type of a field's value, boxed where that ends a cycle.
fn held(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    match &member.ty {
        Type::Nullable(inner) if member.boxed => {
            let inner = ty(plan, inner, SIBLING, uses);
            quote!(Option<Box<#inner>>)
        }
        whole if member.boxed => {
            let whole = ty(plan, whole, SIBLING, uses);
            quote!(Box<#whole>)
        }
        whole => ty(plan, whole, SIBLING, uses),
    }
}

/// How the members are read and written.
fn model(plan: &Plan<'_>, id: ModelId, structure: &Struct, members: &[Member<'_>]) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    let (rest, rest_method) = (rest(plan, id, structure), rest_method(structure));
    let reads = members.iter().map(|member| read(plan, member));
    let writes = members.iter().map(write);
    quote! {
        impl runtime::Model for #name {
            fn read(from: &mut runtime::Object<'_>) -> Self {
                Self { #(#reads,)* #rest: from.#rest_method() }
            }

            fn write(&self, to: &mut runtime::ObjectWriter<'_>) {
                #(#writes)*
                to.#rest_method(&self.#rest);
            }
        }
    }
}

fn rest_method(structure: &Struct) -> Ident {
    ident(if structure.additional.is_some() { "additional" } else { "unknown" })
}

fn read(plan: &Plan<'_>, member: &Member<'_>) -> TokenStream {
    let Member { name, field, optional, .. } = member;
    let wire = &field.wire;
    match (constant_text(plan, field), optional) {
        (Some(constant), false) => quote!(#name: from.constant(#wire, #constant)),
        (Some(constant), true) => quote!(#name: from.optional_constant(#wire, #constant)),
        (None, false) => quote!(#name: from.required(#wire)),
        (None, true) => quote!(#name: from.optional(#wire)),
    }
}

fn write(member: &Member<'_>) -> TokenStream {
    let Member { name, field, optional, .. } = member;
    let wire = &field.wire;
    let method = match (field.read_only, optional) {
        (true, _) => "read_only",
        (false, true) => "optional",
        (false, false) => "required",
    };
    let method = ident(method);
    quote!(to.#method(#wire, &self.#name);)
}

/// The only value of a field, as JSON, where its type does not say so itself.
fn constant_text(plan: &Plan<'_>, field: &Field) -> Option<String> {
    let constant = field.constant.as_ref()?;
    plan.constant(&field.ty).is_none().then(|| constant.to_string())
}

/// What lets the structure be read and written, and built empty where callers get it, or where nothing is required.
fn traits(plan: &Plan<'_>, id: ModelId, members: &[Member<'_>], uses: &mut Uses) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    uses.runtime("self");
    match has_default(plan, id, members) {
        true => quote!(runtime::model!(#name: Default);),
        false => quote!(runtime::model!(#name);),
    }
}

/// Whether a structure can be built empty.
pub(crate) fn has_default(plan: &Plan<'_>, id: ModelId, members: &[Member<'_>]) -> bool {
    plan.usage.is_received(id) || required(plan, members).is_empty()
}

/// The constructor and the setters.
fn methods(
    plan: &Plan<'_>,
    id: ModelId,
    structure: &Struct,
    members: &[Member<'_>],
    uses: &mut Uses,
) -> Option<TokenStream> {
    let name = ident(&plan.names.model(id).ty);
    let new = plan.usage.is_sent(id).then(|| new(plan, id, structure, members, uses));
    let setters: Vec<TokenStream> = settable(plan, members).flat_map(|member| setters(plan, member, uses)).collect();
    (new.is_some() || !setters.is_empty()).then(|| {
        quote! {
            impl #name {
                #new
                #(#setters)*
            }
        }
    })
}

/// The fields that callers may set: all but those that have one value and are always there.
pub(crate) fn settable<'m, 'a>(plan: &Plan<'_>, members: &'m [Member<'a>]) -> impl Iterator<Item = &'m Member<'a>> {
    members.iter().filter(|member| member.optional || !has_one_value(plan, member))
}

/// The fields that `new` asks for, in the order of its arguments.
pub(crate) fn required<'m, 'a>(plan: &Plan<'_>, members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let asked = |member: &&Member<'_>| {
        let field = member.field;
        field.required && !field.read_only && !has_one_value(plan, member)
    };
    let mut required: Vec<&Member<'_>> = members.iter().filter(asked).collect();
    required.sort_by_key(|member| member.name.to_string());
    required
}

fn has_one_value(plan: &Plan<'_>, member: &Member<'_>) -> bool {
    member.field.constant.is_some() || plan.constant(&member.field.ty).is_some()
}

/// `new`, with what is required as arguments, in the order of their names: the document's order may change.
fn new(
    plan: &Plan<'_>,
    id: ModelId,
    structure: &Struct,
    members: &[Member<'_>],
    uses: &mut Uses,
) -> TokenStream {
    let required = required(plan, members);
    if required.is_empty() {
        return quote! {
            /// With nothing set.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let arguments = required.iter().map(|member| {
        let (ty, _) = argument(plan, &member.ty, &member.name, SIBLING, uses);
        let name = &member.name;
        quote!(#name: #ty)
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    let values = members.iter().map(|member| {
        let name = &member.name;
        let value = match () {
            () if required.iter().any(|it| it.name == *name) => given(plan, member, uses),
            () if member.optional && !member.field.required => quote!(None),
            () if has_one_value(plan, member) => only_value(plan, member),
            () => quote!(None),
        };
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    });
    let values: Vec<TokenStream> = values.collect();
    let rest = rest(plan, id, structure);
    let many = (arguments.len() > MANY_ARGUMENTS).then(many_arguments);
    let names: Vec<String> = required.iter().map(|member| format!("`{}`", member.name)).collect();
    let what = words::attributes([format!("With what is required: {}.", names.join(", "))]);
    quote! {
        #what
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest: Default::default() }
        }
    }
}

/// The attribute of a function that takes as many arguments as the document requires.
pub(super) fn many_arguments() -> TokenStream {
    quote!(#[allow(clippy::too_many_arguments, reason = "the document requires them")])
}

/// The value of a field, made from the argument of its name.
fn given(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let (_, value) = argument(plan, &member.ty, &member.name, SIBLING, uses);
    let value = match (&member.ty, member.boxed) {
        (Type::Nullable(_), true) => quote!(#value.map(Box::new)),
        (_, true) => quote!(Box::new(#value)),
        (_, false) => value,
    };
    if member.optional { quote!(Some(#value)) } else { value }
}

/// The one value that a field can have.
fn only_value(plan: &Plan<'_>, member: &Member<'_>) -> TokenStream {
    let value = match plan.constant(&member.field.ty) {
        Some(id) => {
            let names = plan.names.model(id);
            let (ty, variant) = (ident(&names.ty), ident(names.members.first().map_or("Unknown", String::as_str)));
            quote!(#ty::#variant)
        }
        None => {
            let text = constant_text(plan, member.field).unwrap_or_default();
            quote!(runtime::constant(#text))
        }
    };
    if member.optional { quote!(Some(#value)) } else { value }
}

/// What sets a field to a value, and what sets it to null.
fn setters(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    let name = &member.name;
    let set = |docs: String, method: &Ident, argument: TokenStream, value: TokenStream| {
        let comment = words::comment(&Docs::default(), &docs);
        quote! {
            #comment
            #[must_use]
            pub fn #method(mut self #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    };
    let wire = words::code(&member.field.wire);
    let present = if member.null.is_some() { plan.resolved(&member.ty).present() } else { &member.ty };
    let (ty, value) = argument(plan, present, name, SIBLING, uses);
    let wrap = |value: TokenStream| if member.optional { quote!(Some(#value)) } else { value };
    let value = if member.boxed { quote!(Box::new(#value)) } else { value };
    let value = if member.null.is_some() { quote!(Some(#value)) } else { value };
    let mut setters = vec![set(format!("Sets {wire}."), name, quote!(, #name: #ty), wrap(value))];
    if let Some(null) = &member.null {
        setters.push(set(format!("Sets {wire} to null."), null, quote!(), wrap(quote!(None))));
    }
    setters
}
