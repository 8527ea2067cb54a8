//! The headers of an operation's replies as a structure, which is read from all headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::Scope;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::ty::{ABOVE, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{Header, ModelKind, StyleKind, Type};

/// The structure, if the document declares headers. Each operation has its own, so that a change of one changes no other.
pub(super) fn items(scope: &Scope<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    if scope.operation.headers.is_empty() { Vec::new() } else { structure(scope, uses) }
}

/// The structure as an item.
pub(super) fn item<'a>(scope: &Scope<'a>, place: Place<'a>) -> Option<Item<'a>> {
    let name = scope.names.headers.as_str();
    let headers = scope.operation.headers.iter().zip(&scope.names.header_fields);
    let fields = headers.map(|(header, field)| {
        let field = Item::new(ItemKind::Field, field, format!("{name}.{field}"), place);
        field.holding(Written::of(&header.ty).optional()).meaning(Meaning::Header(header.wire.to_lowercase()))
    });
    let item = Item::new(ItemKind::Headers, "headers", name, place).holding(Written::Own(name.to_owned())).with(fields);
    (!scope.operation.headers.is_empty()).then_some(item)
}

fn structure(scope: &Scope<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    let name = ident(&scope.names.headers);
    let (map, reader) = (uses.runtime("HeaderMap"), uses.runtime("header"));
    let docs =
        uses.comments.attribute([format!("The headers of a reply to [`{}`], as far as they are there.", scope.ty)]);
    let headers = scope.operation.headers.iter().zip(&scope.names.header_fields);
    let (fields, values): (Vec<TokenStream>, Vec<TokenStream>) = headers
        .map(|(header, field)| {
            let (field, wire, method) = (ident(field), &header.wire, ident(method(scope, header)));
            let comment = doc_comment::comment(&header.docs, &format!("The header {}.", doc_comment::code(wire)), uses);
            let held = ty(scope.plan, &header.ty, ABOVE, uses);
            (quote! { #comment pub #field: Option<#held>, }, quote!(#field: #reader::#method(headers, #wire)))
        })
        .unzip();
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    };
    let read = quote! {
        impl #name {
            /// Reads those of a response, or of an error.
            pub fn read(headers: &#map) -> Self {
                Self { #(#values),* }
            }
        }
    };
    vec![definition, read]
}

/// The function that reads the header.
fn method(scope: &Scope<'_>, header: &Header) -> &'static str {
    let plan = scope.plan;
    let is_object = |ty: &Type| match ty {
        Type::Model(id) => matches!(plan.api.model(*id).kind, ModelKind::Struct(_)),
        ty => matches!(ty, Type::Map(_)),
    };
    match plan.resolved(&header.ty).present() {
        _ if header.style.kind == StyleKind::Json => "json",
        Type::Array(_) | Type::Tuple { .. } => "list",
        ty if is_object(ty) && header.style.explode => "exploded",
        ty if is_object(ty) => "object",
        _ => "value",
    }
}
