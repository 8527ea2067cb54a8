//! Objects as structures: the fields, how they are read and written, the constructor and the setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::ty::{SIBLING, argument, is_converted, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{Docs, Field, ModelId, ModelKind, Scalar, Struct, Type};

/// More arguments than clippy's `too_many_arguments` lets pass without a word.
pub(super) const MANY_ARGUMENTS: usize = 7;

/// A field as emitted.
struct Member<'a> {
    /// Its name.
    pub name: Ident,
    /// What it is made from.
    pub field: &'a Field,
    /// Its type if it is present.
    pub ty: Type,
    /// Whether it is an `Option` because it may be absent. A member that is sent in one direction only may be absent (OpenAPI 3.1.1,
    /// 4.8.24.1).
    pub optional: bool,
    /// Whether it is boxed.
    pub boxed: bool,
    /// The method that sets it to null, if it is nullable.
    pub null: Option<Ident>,
}

pub(super) fn items(plan: &Plan<'_>, id: ModelId, structure: &Struct, uses: &mut Uses) -> Vec<TokenStream> {
    let members = members(plan, id, structure);
    let mut items = vec![table(plan, id, structure, &members, uses)];
    if plan.usage.is_sent(id) {
        let (name, new) = (ident(&plan.names.model(id).ty), new(plan, id, structure, &members, uses));
        items.push(quote!(impl #name { #new }));
    }
    items
}

/// The fields of a structure, in document order.
fn members<'a>(plan: &Plan<'_>, id: ModelId, structure: &'a Struct) -> Vec<Member<'a>> {
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

/// The structure as a table of its members.
fn table(plan: &Plan<'_>, id: ModelId, structure: &Struct, members: &[Member<'_>], uses: &mut Uses) -> TokenStream {
    let name = ident(&plan.names.model(id).ty);
    let comment = doc_comment::of_model(plan, id, uses);
    let default = has_default(plan, id, members).then(|| quote!(: Default));
    let rows: Vec<TokenStream> = members.iter().map(|member| row(plan, member, uses)).collect();
    let rest = rest(plan, id, structure);
    let others = match &structure.additional {
        Some(additional) => ty(plan, &Type::Map(Box::new(additional.clone())), SIBLING, uses),
        None => {
            let unknown = uses.runtime("Unknown");
            quote!(#unknown)
        }
    };
    uses.runtime("self");
    quote! {
        runtime::object! {
            #comment
            pub struct #name #default {
                #(#rows)*
                ..#rest: #others
            }
        }
    }
}

fn row(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let Member { name, field, .. } = member;
    let comment = doc_comment::comment(&field.docs, &member_words(&name.to_string(), &field.wire), uses);
    let present = if member.null.is_some() { plan.resolved(&member.ty).present() } else { &member.ty };
    let held = ty(plan, present, SIBLING, uses);
    let held = if member.boxed { quote!(Box<#held>) } else { held };
    let kind = ident(kind(member));
    let into = (member.boxed || is_converted(plan, present)).then(|| quote!(into));
    let null = member.null.as_ref().map(|method| quote!(null #method));
    let constant = constant_text(plan, field).map(|constant| quote!(constant #constant));
    let listed = (!field.listed.is_empty()).then(|| {
        let values: Vec<String> = field.listed.iter().map(ToString::to_string).collect();
        let text = format!("[{}]", values.join(","));
        quote!(listed #text)
    });
    let tag = set_tag(plan, member).map(|tag| {
        let text = tag.json().to_string();
        quote!(tag #text)
    });
    let wire = &field.wire;
    quote!(#comment #name: #held = #kind #into #wire #null #constant #listed #tag,)
}

/// The documentation of a field without a description.
fn member_words(name: &str, wire: &str) -> String {
    match doc_comment::code(wire) {
        wire if wire == format!("`{}`", name.trim_start_matches("r#")) => format!("{wire}."),
        wire => format!("`{name}`, in JSON {wire}."),
    }
}

/// What the runtime calls members of this kind.
fn kind(member: &Member<'_>) -> &'static str {
    let (field, nullable) = (member.field, member.null.is_some());
    match (member.optional, field.read_only, field.required) {
        (false, ..) if nullable => "nullable",
        (false, ..) => "required",
        (true, false, _) if nullable => "optional_nullable",
        (true, false, _) => "optional",
        (true, true, false) if nullable => "read_only_nullable",
        (true, true, false) => "read_only",
        (true, true, true) if nullable => "returned_nullable",
        (true, true, true) => "returned",
    }
}

/// The field for the members without a field of their own.
fn rest(plan: &Plan<'_>, id: ModelId, structure: &Struct) -> Ident {
    let names = plan.names.model(id);
    ident(if structure.additional.is_some() { &names.additional } else { &names.unknown })
}

/// The structure as an item.
pub(super) fn item<'a>(plan: &'a Plan<'a>, id: ModelId, structure: &'a Struct) -> Item<'a> {
    let (members, place) = (members(plan, id, structure), Place::Model(id));
    let (name, rest) = (plan.names.model(id).ty.as_str(), rest(plan, id, structure).to_string());
    let fields = members.iter().map(|member| {
        let path = format!("{name}.{}", member.name);
        let field = Item::new(ItemKind::Field, member.name.to_string(), path, place).holding(written(member));
        field.meaning(Meaning::Member(&member.field.wire)).with(setters(plan, name, member, place))
    });
    let fields: Vec<Item<'a>> = fields.collect();
    let others = match &structure.additional {
        Some(additional) => Written::of(&Type::Map(Box::new(additional.clone()))),
        None => Written::Own("Unknown".to_owned()),
    };
    let path = format!("{name}.{rest}");
    let rest = Item::new(ItemKind::Field, rest, path, place).holding(others).meaning(Meaning::Rest);
    let new = plan.usage.is_sent(id).then(|| {
        let arguments = required(plan, &members).into_iter().map(|member| {
            let argument = Item::argument(member.name.to_string(), Written::taken(plan, &member.ty), place);
            argument.meaning(Meaning::Member(&member.field.wire))
        });
        Item::new(ItemKind::Constructor, "new", format!("{name}::new"), place).function("", "Self").with(arguments)
    });
    let default = has_default(plan, id, &members).then(|| Item::new(ItemKind::Trait, "Default", name, place));
    let items = fields.into_iter().chain([rest]).chain(new).chain(default);
    Item::new(ItemKind::Struct, name, name, place).with(items)
}

/// The methods that set a field.
fn setters<'a>(plan: &Plan<'_>, ty: &str, member: &Member<'a>, place: Place<'a>) -> Vec<Item<'a>> {
    if !member.optional && has_one_value(plan, member) {
        return Vec::new();
    }
    let setter = |name: &Ident| {
        let item = Item::new(ItemKind::Setter, name.to_string(), format!("{ty}::{name}"), place);
        item.function("self", "Self").meaning(Meaning::Member(&member.field.wire))
    };
    let present = if member.null.is_some() { plan.resolved(&member.ty).present() } else { &member.ty };
    let argument = Item::argument(member.name.to_string(), Written::taken(plan, present), place);
    let set = setter(&member.name).with([argument]);
    std::iter::once(set).chain(member.null.as_ref().map(setter)).collect()
}

/// The type of a field, boxed where that ends a cycle.
fn written(member: &Member<'_>) -> Written {
    let held = match (&member.ty, member.boxed) {
        (Type::Nullable(inner), true) => Written::of(inner).boxed().optional(),
        (whole, true) => Written::of(whole).boxed(),
        (whole, false) => Written::of(whole),
    };
    if member.optional { held.optional() } else { held }
}

/// The only value of a field, as JSON.
fn constant_text(plan: &Plan<'_>, field: &Field) -> Option<String> {
    let listed = plan.constant(&field.ty).and_then(|id| match &plan.api.model(id).kind {
        ModelKind::Enumeration(enumeration) => enumeration.values.first(),
        _ => None,
    });
    let constant = field.constant.clone().filter(|_| !is_open(plan, field));
    let constant = constant.or_else(|| listed.map(|listed| listed.wire.json()));
    constant.map(|constant| constant.to_string())
}

/// Whether the type is an enumeration to which a server may add values.
fn is_open(plan: &Plan<'_>, field: &Field) -> bool {
    match plan.resolved(&field.ty).present() {
        Type::Model(id) => matches!(&plan.api.model(*id).kind, ModelKind::Enumeration(it) if !it.constant),
        _ => false,
    }
}

/// Whether a structure can be built empty.
fn has_default(plan: &Plan<'_>, id: ModelId, members: &[Member<'_>]) -> bool {
    plan.usage.is_received(id) || required(plan, members).is_empty()
}

/// The value that `new` and `Default` set because it selects the structure in a union. `None` for a required constant, which is set
/// anyway, and for an optional field of several values, which the union sets.
fn set_tag<'a>(plan: &Plan<'_>, member: &Member<'a>) -> Option<&'a Scalar> {
    member.field.tag.as_ref().filter(|_| member.field.required != has_one_value(plan, member))
}

/// The fields that `new` asks for, in the order of its arguments.
fn required<'m, 'a>(plan: &Plan<'_>, members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let asked = |member: &&Member<'_>| {
        let field = member.field;
        field.required && !field.read_only && field.tag.is_none() && !has_one_value(plan, member)
    };
    let mut required: Vec<&Member<'_>> = members.iter().filter(asked).collect();
    required.sort_by_key(|member| member.name.to_string());
    required
}

/// The arguments of `new`: the name, the type and the documentation of each.
pub(super) fn arguments<'a>(plan: &Plan<'_>, id: ModelId, structure: &'a Struct) -> Vec<(String, Type, &'a Docs)> {
    let members = members(plan, id, structure);
    let required = required(plan, &members).into_iter();
    required.map(|member| (member.name.to_string(), member.ty.clone(), &member.field.docs)).collect()
}

/// What may be set on the result of `new`: the name, the type and the documentation of each.
pub(super) fn options<'a>(plan: &Plan<'_>, id: ModelId, structure: &'a Struct) -> Vec<(String, Type, &'a Docs)> {
    let is_option = |member: &Member<'_>| {
        let field = member.field;
        !field.required && !field.read_only && !member.boxed && !field.docs.deprecated && !has_one_value(plan, member)
    };
    let options = members(plan, id, structure).into_iter().filter(is_option);
    let present = |ty: &Type| plan.resolved(ty).present().clone();
    options.map(|member| (member.name.to_string(), present(&member.ty), &member.field.docs)).collect()
}

fn has_one_value(plan: &Plan<'_>, member: &Member<'_>) -> bool {
    constant_text(plan, member.field).is_some()
}

/// `new`, with the required members as arguments. The arguments are in the order of their names, because the document's order may change.
fn new(plan: &Plan<'_>, id: ModelId, structure: &Struct, members: &[Member<'_>], uses: &mut Uses) -> TokenStream {
    let required = required(plan, members);
    let tags = members.iter().filter_map(|member| Some((member, set_tag(plan, member)?))).map(|(member, tag)| {
        let name = member.name.to_string();
        format!("`{}` to {}", name.trim_start_matches("r#"), doc_comment::code(&tag.to_string()))
    });
    let tags: Vec<String> = tags.collect();
    let tags = tags.join(" and ");
    if required.is_empty() {
        let what = match tags.is_empty() {
            true => "With nothing set.".to_owned(),
            false => format!("Sets {tags}, and nothing else."),
        };
        let what = uses.comments.attribute([what]);
        return quote! {
            #what
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
        let tag = |uses: &mut Uses| set_tag(plan, member).map(|tag| tag_value(plan, member, tag, uses));
        let value = match () {
            () if required.iter().any(|it| it.name == *name) => given(plan, member, uses),
            () if !member.field.required => tag(uses).map_or_else(|| quote!(None), |tag| quote!(Some(#tag))),
            () if has_one_value(plan, member) => only_value(plan, member, uses),
            () => tag(uses).unwrap_or_else(|| quote!(None)),
        };
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    });
    let values: Vec<TokenStream> = values.collect();
    let rest = rest(plan, id, structure);
    let many = (arguments.len() > MANY_ARGUMENTS).then(many_arguments);
    let order = if arguments.len() > 1 { ", in the order of their names" } else { "" };
    let sets = if tags.is_empty() { String::new() } else { format!(" Sets {tags}.") };
    let what = format!("Creates {} from its required fields{order}.{sets}", doc_comment::a(&plan.names.model(id).ty));
    let what = uses.comments.attribute([what]);
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

/// The value of a discriminator that selects the structure.
fn tag_value(plan: &Plan<'_>, member: &Member<'_>, tag: &Scalar, uses: &mut Uses) -> TokenStream {
    match (plan.resolved(&member.ty), tag) {
        (Type::String, Scalar::Text(text)) => quote!(#text.to_owned()),
        (ty, tag) => variant(plan, ty, tag, uses).unwrap_or_else(|| {
            let text = tag.json().to_string();
            quote!(runtime::constant(#text))
        }),
    }
}

/// The one value that a field can have.
fn only_value(plan: &Plan<'_>, member: &Member<'_>, uses: &mut Uses) -> TokenStream {
    let value = match plan.constant(&member.field.ty) {
        Some(id) => {
            let variant = ident(plan.names.model(id).members.first().map_or("Unknown", String::as_str));
            let ty = ty(plan, &Type::Model(id), SIBLING, uses);
            quote!(#ty::#variant)
        }
        None => {
            let text = constant_text(plan, member.field).unwrap_or_default();
            quote!(runtime::constant(#text))
        }
    };
    if member.optional { quote!(Some(#value)) } else { value }
}

/// The variant of an enumeration for a value.
fn variant(plan: &Plan<'_>, held: &Type, value: &Scalar, uses: &mut Uses) -> Option<TokenStream> {
    let Type::Model(id) = held else { return None };
    let ModelKind::Enumeration(enumeration) = &plan.api.model(*id).kind else { return None };
    let names = &plan.names.model(*id).members;
    let variant = ident(enumeration.values.iter().zip(names).find(|(listed, _)| listed.wire == *value)?.1);
    let ty = ty(plan, held, SIBLING, uses);
    Some(quote!(#ty::#variant))
}
