//! Operations: for each a method of the client, a value that holds what was asked for, and how that value writes its request
//! and reads its reply.

mod headers;
pub(crate) mod outcome;
mod request;

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::ident::USED_BY_OPERATIONS;
use crate::analyze::{OperationNames, Plan};
use crate::emit::structure::{MANY_ARGUMENTS, many_arguments};
use crate::emit::ty::{ABOVE, argument, ty};
use crate::emit::uses::ident;
use crate::emit::{Uses, words};
use crate::ir::{BodyKind, Docs, Items, Location, Operation, OperationId, Parameter, SchemeId, Type};
use crate::render;

/// `operations/…`, and `operations/mod.rs` that gathers them.
pub(super) fn files(plan: &Plan<'_>) -> IndexMap<String, String> {
    let mut files = IndexMap::new();
    if plan.api.operations.is_empty() {
        return files;
    }
    files.insert("operations/mod.rs".to_owned(), gather(plan));
    let operations: Vec<_> = plan.api.operations().collect();
    files.extend(render::in_parallel(operations, |(id, operation)| {
        (format!("operations/{}.rs", file_name(&plan.names.operation(id).method)), file(plan, id, operation))
    }));
    files
}

fn file_name(method: &str) -> String {
    crate::analyze::ident::file_name(method)
}

fn gather(plan: &Plan<'_>) -> String {
    let mut modules: Vec<(String, OperationId)> =
        plan.api.operations().map(|(id, _)| (file_name(&plan.names.operation(id).method), id)).collect();
    modules.sort();
    let declared = modules.iter().map(|(name, _)| ident(name));
    let declared = quote!(#(mod #declared;)*);
    let exports = modules.iter().map(|(name, id)| {
        let module = ident(name);
        let operation = &plan.api.operations[id.0];
        let names = plan.names.operation(*id);
        let mut types = vec![names.ty.as_str()];
        types.extend(outcome::is_several(&operation.successes).then_some(names.output.as_str()));
        types.extend(outcome::is_several(&outcome::with_bodies(&operation.failures)).then_some(names.error.as_str()));
        types.extend((!operation.headers.is_empty()).then_some(names.headers.as_str()));
        types.sort_unstable();
        let types: Vec<Ident> = types.into_iter().map(ident).collect();
        match types.as_slice() {
            [only] => quote!(pub use #module::#only;),
            several => quote!(pub use #module::{#(#several),*};),
        }
    });
    let docs = ["//! The operations as values: what the client's methods give, and what they may answer."];
    render::lines(&docs, &[vec![declared], exports.collect()])
}

/// What the emitters of one operation share.
pub(crate) struct Scope<'a> {
    plan: &'a Plan<'a>,
    operation: &'a Operation,
    names: &'a OperationNames,
    ty: Ident,
    /// Whether the checks look at what the value holds.
    checked: bool,
}

fn file(plan: &Plan<'_>, id: OperationId, operation: &Operation) -> String {
    let names = plan.names.operation(id);
    let scope = Scope::new(plan, id, operation);
    let headers = (!operation.headers.is_empty()).then_some(names.headers.as_str());
    let own = [names.ty.as_str(), &names.output, &names.error].into_iter().chain(headers);
    let mut uses = Uses::beside(ABOVE, own.chain(USED_BY_OPERATIONS.iter().copied()));
    let mut items = vec![scope.method(&mut uses), scope.value(&mut uses)];
    items.extend(scope.setters(&mut uses));
    items.extend(scope.events(&mut uses));
    items.extend(scope.items(&mut uses));
    items.push(scope.implementation(&mut uses));
    items.extend(outcome::enums(&scope, &mut uses));
    items.extend(headers::items(&scope, id, &mut uses));
    render::file(&uses.groups(), items)
}

/// A member of an operation's value.
pub(crate) struct Part<'a> {
    /// Its name.
    pub name: Ident,
    /// The parameter; none for the body.
    pub parameter: Option<&'a Parameter>,
    wire: &'a str,
    docs: &'a Docs,
    /// Whether it is an argument of the method; chained otherwise.
    pub required: bool,
    /// What it holds.
    pub ty: &'a Type,
    /// Bytes as they are, which no type of the document's stands for.
    pub bytes: bool,
}

impl<'a> Scope<'a> {
    /// What the emitters of an operation share.
    pub(crate) fn new(plan: &'a Plan<'a>, id: OperationId, operation: &'a Operation) -> Self {
        let names = plan.names.operation(id);
        Self { plan, operation, names, ty: ident(&names.ty), checked: plan.checks.operation(id) }
    }

    /// What the value holds: parameters and body. `required` ones first: path parameters in the template's order, then by name.
    pub(crate) fn parts(&self) -> Vec<Part<'a>> {
        let parameters = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut parts: Vec<(u8, Part<'a>)> = parameters.map(|(it, name)| (rank(it), self.part(it, name))).collect();
        // Path parameters are in the template's order already, and the sort is stable.
        parts.sort_by(|(left, one), (right, other)| {
            left.cmp(right).then_with(|| if *left == 0 { std::cmp::Ordering::Equal } else { one.name.cmp(&other.name) })
        });
        let body = self.operation.body.as_ref().map(|body| Part {
            name: ident(&self.names.body),
            parameter: None,
            wire: "body",
            docs: &body.docs,
            required: body.required,
            ty: &body.ty,
            bytes: body.kind == BodyKind::Binary,
        });
        parts.into_iter().map(|(_, part)| part).chain(body).collect()
    }

    fn part(&self, parameter: &'a Parameter, name: &str) -> Part<'a> {
        let Parameter { wire, docs, required, ty, .. } = parameter;
        Part { name: ident(name), parameter: Some(parameter), wire, docs, required: *required, ty, bytes: false }
    }

    fn method(&self, uses: &mut Uses) -> TokenStream {
        let (client, call) = (uses.from("super::super", "Client"), uses.runtime("Call"));
        let (ty, method) = (&self.ty, ident(&self.names.method));
        let docs = words::attributes(self.docs());
        let deprecated = self.operation.docs.deprecated.then(|| quote!(#[deprecated]));
        let parts = self.parts();
        let arguments: Vec<TokenStream> =
            parts.iter().filter(|part| part.required).map(|it| self.parameter(it, uses)).collect();
        let many = (arguments.len() >= MANY_ARGUMENTS).then(many_arguments);
        let values: Vec<TokenStream> = parts.iter().map(|part| self.initial(part, uses)).collect();
        let value = if values.is_empty() { quote!(#ty) } else { quote!(#ty { #(#values),* }) };
        quote! {
            impl #client {
                #docs
                #deprecated
                #many
                pub fn #method(&self #(, #arguments)*) -> #call<#ty> {
                    #call::new(&self.http, #value)
                }
            }
        }
    }

    fn docs(&self) -> Vec<String> {
        let Operation { method, path, docs, .. } = self.operation;
        let request = words::code(&format!("{method} {path}"));
        let mut lines =
            if docs.summary.is_none() && docs.description.is_none() { Vec::new() } else { words::lines(docs, "") };
        words::separate(&mut lines, vec![request]);
        if let Some(credentials) = self.credentials() {
            words::separate(&mut lines, vec![credentials]);
        }
        lines
    }

    /// Which of the client's credentials a call sends.
    fn credentials(&self) -> Option<String> {
        let method = |id: &SchemeId| Some(format!("[`Client::with_{}`]", self.plan.names.schemes.get(id.0)?));
        let together = |ids: &Vec<SchemeId>| ids.iter().filter_map(method).collect::<Vec<_>>().join(" and ");
        let security = &self.operation.security;
        let alternatives: Vec<String> = security.iter().map(together).filter(|names| !names.is_empty()).collect();
        let is_optional = alternatives.len() < security.len();
        let sent = if is_optional { "Sends, if it is set, the credential of" } else { "Requires the credential of" };
        (!alternatives.is_empty()).then(|| format!("{sent} {}.", alternatives.join(", or ")))
    }

    fn parameter(&self, part: &Part<'_>, uses: &mut Uses) -> TokenStream {
        let name = &part.name;
        if part.bytes {
            let bytes = uses.from("bytes", "Bytes");
            return quote!(#name: impl Into<#bytes>);
        }
        let (ty, _) = argument(self.plan, part.ty, name, ABOVE, uses);
        quote!(#name: #ty)
    }

    fn initial(&self, part: &Part<'_>, uses: &mut Uses) -> TokenStream {
        let name = &part.name;
        if !part.required {
            return quote!(#name: None);
        }
        let value = self.taken(part, uses);
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    }

    fn taken(&self, part: &Part<'_>, uses: &mut Uses) -> TokenStream {
        let name = &part.name;
        if part.bytes {
            return quote!(#name.into());
        }
        argument(self.plan, part.ty, name, ABOVE, uses).1
    }

    fn value(&self, uses: &mut Uses) -> TokenStream {
        let (ty, method) = (&self.ty, &self.names.method);
        let docs = words::attributes([format!("[`Client::{method}`] as a value.")]);
        let fields = self.parts();
        let fields = fields.iter().map(|part| {
            let name = &part.name;
            let held = if part.bytes {
                let bytes = uses.from("bytes", "Bytes");
                quote!(#bytes)
            } else {
                self::ty(self.plan, part.ty, ABOVE, uses)
            };
            let visible = self.checked.then(|| quote!(pub(crate)));
            if part.required { quote!(#visible #name: #held) } else { quote!(#visible #name: Option<#held>) }
        });
        let fields: Vec<TokenStream> = fields.collect();
        // A structure without fields could be named as a value, until the document adds a parameter.
        let (attribute, body) = match fields.is_empty() {
            true => (Some(quote!(#[non_exhaustive])), quote!(;)),
            false => (None, quote!({ #(#fields),* })),
        };
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #attribute
            pub struct #ty #body
        }
    }

    fn setters(&self, uses: &mut Uses) -> Option<TokenStream> {
        let (call, ty) = (uses.runtime("Call"), &self.ty);
        let parts = self.parts();
        let setters = parts.iter().filter(|part| !part.required).map(|part| {
            let (name, argument) = (&part.name, self.parameter(part, uses));
            let comment = words::comment(part.docs, &format!("Sets {}.", words::code(part.wire)));
            let deprecated = part.docs.deprecated.then(|| quote!(#[deprecated]));
            let value = self.taken(part, uses);
            quote! {
                #comment
                #deprecated
                pub fn #name(mut self, #argument) -> Self {
                    self.operation.#name = Some(#value);
                    self
                }
            }
        });
        let setters: Vec<TokenStream> = setters.collect();
        (!setters.is_empty()).then(|| quote! { impl #call<#ty> { #(#setters)* } })
    }

    /// The way to read the reply as server-sent events.
    fn events(&self, uses: &mut Uses) -> Option<TokenStream> {
        let events = self.operation.events.as_ref()?;
        let (call, ty, error) = (uses.runtime("Call"), &self.ty, uses.runtime("Error"));
        let failure = outcome::error(self, uses);
        let reader = uses.runtime("Events");
        let read = if *events == Type::String { quote!(text) } else { quote!(json) };
        let data = self::ty(self.plan, events, ABOVE, uses);
        Some(quote! {
            impl #call<#ty> {
                /// Sends the request and gives the events of the reply, as they arrive.
                pub async fn events(self) -> Result<#reader<#data>, #error<#failure>> {
                    let reply = self.stream(Some("text/event-stream")).await?;
                    Ok(#reader::#read(reply.into_value()))
                }
            }
        })
    }

    /// The way to read the reply as a stream of JSON values.
    fn items(&self, uses: &mut Uses) -> Option<TokenStream> {
        let Items { media_type, ty: item } = self.operation.items.as_ref()?;
        let (call, ty, error) = (uses.runtime("Call"), &self.ty, uses.runtime("Error"));
        let failure = outcome::error(self, uses);
        let reader = uses.runtime("ItemStream");
        let read = if media_type.ends_with("json-seq") { quote!(sequence) } else { quote!(lines) };
        let item = self::ty(self.plan, item, ABOVE, uses);
        Some(quote! {
            impl #call<#ty> {
                /// Sends the request and gives the values of the reply, as they arrive.
                pub async fn items(self) -> Result<#reader<#item>, #error<#failure>> {
                    let reply = self.stream(Some(#media_type)).await?;
                    Ok(#reader::#read(reply.into_value()))
                }
            }
        })
    }

    fn implementation(&self, uses: &mut Uses) -> TokenStream {
        let operation = uses.runtime("Operation");
        let ty = &self.ty;
        let (output, error) = (outcome::output(self, uses), outcome::error(self, uses));
        let (request, response) = (request::method(self, uses), outcome::method(self, uses));
        quote! {
            impl #operation for #ty {
                type Output = #output;
                type Error = #error;

                #request

                #response
            }
        }
    }
}

/// Path parameters, then what else is required, then the rest.
fn rank(parameter: &Parameter) -> u8 {
    match (parameter.location, parameter.required) {
        (Location::Path, _) => 0,
        (_, true) => 1,
        (_, false) => 2,
    }
}
