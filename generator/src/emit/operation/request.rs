//! How an operation writes its request.

use proc_macro2::TokenStream;
use quote::quote;

use super::Scope;
use crate::emit::uses::ident;
use crate::emit::{Uses, client};
use crate::ir::{Body, BodyKind, Outcome, Parameter, SchemeId, Style, StyleKind};
use crate::methods::has_constant;

pub(super) fn method(scope: &Scope<'_>, uses: &mut Uses) -> TokenStream {
    let (request, error) = (uses.runtime("Request"), uses.runtime("RequestError"));
    let (verb, path) = (verb(&scope.operation.method, uses), &scope.operation.path);
    let lines = lines(scope, uses);
    let new = quote!(#request::new(#verb, #path));
    let body = match lines.is_empty() {
        true => quote!(Ok(#new)),
        false => quote! {
            let mut request = #new;
            #(#lines)*
            Ok(request)
        },
    };
    quote! {
        fn request(&self) -> Result<#request, #error> {
            #body
        }
    }
}

fn verb(method: &str, uses: &mut Uses) -> TokenStream {
    let ty = uses.runtime("Method");
    if has_constant(method) {
        let method = ident(method);
        quote!(#ty::#method)
    } else {
        quote!(#ty::from_bytes(#method.as_bytes()).unwrap_or(#ty::GET))
    }
}

fn lines(scope: &Scope<'_>, uses: &mut Uses) -> Vec<TokenStream> {
    let operation = scope.operation;
    let mut lines = Vec::new();
    if let Some(server) = &operation.server {
        let url = &server.default_url;
        lines.push(quote!(request.server(#url);));
    }
    lines.extend(security(scope));
    lines.extend(scopes(scope));
    lines.extend(accept(operation.successes.iter().chain(&operation.failures)));
    for (parameter, name) in operation.parameters.iter().zip(&scope.names.parameters) {
        lines.push(self::parameter(parameter, name, uses));
    }
    lines.extend(operation.body.as_ref().map(|body| self::body(scope, body, uses)));
    lines
}

fn security(scope: &Scope<'_>) -> Option<TokenStream> {
    let requirements = &scope.operation.security;
    let any = requirements.iter().any(|requirement| !requirement.is_empty());
    let requirements = client::requirements(scope.plan.api, requirements);
    any.then(|| quote!(request.security(#requirements);))
}

/// The scopes that the operation requires of tokens, if a source can ask for them.
fn scopes(scope: &Scope<'_>) -> Option<TokenStream> {
    let api = scope.plan.api;
    let has_source = |id: &SchemeId| api.token_sources.iter().any(|source| source.scheme == *id);
    let scopes = scope.operation.scopes.iter().filter(|(id, _)| has_source(id));
    let scopes = scopes.filter_map(|(id, scopes)| Some((&api.schemes.get(id.0)?.wire, scopes)));
    let scopes: Vec<TokenStream> = scopes.map(|(scheme, scopes)| quote!((#scheme, &[#(#scopes),*]))).collect();
    (!scopes.is_empty()).then(|| quote!(request.scopes(&[#(#scopes),*]);))
}

/// What the operation can read, each media type once.
fn accept<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Option<TokenStream> {
    let mut media_types: Vec<&str> = Vec::new();
    for media_type in outcomes.filter_map(|outcome| outcome.media_type.as_deref()) {
        if !media_types.contains(&media_type) {
            media_types.push(media_type);
        }
    }
    let list = media_types.join(", ");
    (!list.is_empty()).then(|| quote!(request.accept(#list);))
}

fn parameter(parameter: &Parameter, name: &str, uses: &mut Uses) -> TokenStream {
    let (wire, name, style) = (&parameter.wire, ident(name), style(parameter.style, uses));
    let method = ident(parameter.location.word());
    quote!(request.#method(#wire, #style, &self.#name)?;)
}

fn style(style: Style, uses: &mut Uses) -> TokenStream {
    let ty = uses.runtime("Style");
    let constant = ident(match (style.kind, style.explode) {
        (StyleKind::Simple, false) => "SIMPLE",
        (StyleKind::Simple, true) => "SIMPLE_EXPLODE",
        (StyleKind::Label, false) => "LABEL",
        (StyleKind::Label, true) => "LABEL_EXPLODE",
        (StyleKind::Matrix, false) => "MATRIX",
        (StyleKind::Matrix, true) => "MATRIX_EXPLODE",
        (StyleKind::Form, true) | (StyleKind::Space | StyleKind::Pipe, true) => "FORM",
        (StyleKind::Form, false) => "FORM_JOINED",
        (StyleKind::Space, false) => "SPACE",
        (StyleKind::Pipe, false) => "PIPE",
        (StyleKind::DeepObject, _) => "DEEP_OBJECT",
        (StyleKind::Json, _) => "JSON",
        (StyleKind::FormText, _) => "FORM_TEXT",
        (StyleKind::QueryString, _) => "QUERY_STRING",
    });
    if style.reserved { quote!(#ty::#constant.reserved()) } else { quote!(#ty::#constant) }
}

fn body(scope: &Scope<'_>, body: &Body, uses: &mut Uses) -> TokenStream {
    let name = ident(&scope.names.body);
    let media_type = &body.media_type;
    let write = |value: TokenStream, uses: &mut Uses| match body.kind {
        BodyKind::Json if media_type == "application/json" => quote!(request.json(#value)?;),
        BodyKind::Json => quote!(request.json_as(#media_type, #value)?;),
        BodyKind::Form => {
            let encodings = body.encodings.iter().map(|encoding| {
                let (property, style) = (&encoding.property, style(encoding.style, uses));
                quote!((#property, #style))
            });
            let encodings: Vec<TokenStream> = encodings.collect();
            quote!(request.form(#value, &[#(#encodings),*])?;)
        }
        BodyKind::Multipart => {
            let media_types = body.encodings.iter().filter_map(|encoding| {
                let (property, media_type) = (&encoding.property, encoding.content_type.as_deref()?);
                Some(quote!((#property, #media_type)))
            });
            let media_types: Vec<TokenStream> = media_types.collect();
            quote!(request.multipart(#value, &[#(#media_types),*])?;)
        }
        BodyKind::Text => quote!(request.text(#media_type, #value);),
        BodyKind::Binary => quote!(request.bytes(#media_type, #value.clone());),
        BodyKind::Empty => quote!(),
    };
    if body.required {
        let value = match body.kind {
            BodyKind::Binary => quote!(self.#name),
            _ => quote!(&self.#name),
        };
        write(value, uses)
    } else {
        let write = write(quote!(#name), uses);
        quote! {
            if let Some(#name) = &self.#name {
                #write
            }
        }
    }
}
