//! Operations: each gets a method of the client, and a value that holds its parameters, writes its request and reads its reply.

mod example;
mod headers;
mod outcome;
mod placeholder;
mod request;
mod words;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::ident::USED_BY_OPERATIONS;
use crate::analyze::{OperationNames, Plan};
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::structure::{MANY_ARGUMENTS, many_arguments};
use crate::emit::ty::{ABOVE, argument};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment};
use crate::ir::{BodyKind, Docs, Location, Operation, OperationId, Parameter, Type};
use crate::path_template::without_names;
use crate::render::{self, File};

pub(super) use example::{BEST_WORTH, Example};

/// `operations/…`, and `operations/mod.rs`, which exports them. `api` is the path of the API's module, including the crate.
pub(super) fn files<'p>(plan: &'p Plan<'p>, api: &'p str) -> Vec<File<'p>> {
    if plan.api.operations.is_empty() {
        return Vec::new();
    }
    let mut files: Vec<File<'_>> = vec![("operations/mod.rs".to_owned(), Box::new(|| Some(gather(plan))))];
    for (id, operation) in plan.api.operations() {
        let name = file_name(&plan.names.operation(id).method);
        files.push((format!("operations/{name}.rs"), Box::new(move || Some(file(plan, api, id, operation)))));
    }
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
    let declared = declared.map(|module| quote!(mod #module;));
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
    render::lines(&docs, &[declared.collect(), exports.collect()])
}

/// The client's method for an operation as an item, with all that a call can do.
pub(super) fn item<'a>(plan: &'a Plan<'a>, id: OperationId, operation: &'a Operation) -> Item<'a> {
    let scope = Scope::new(plan, id, operation);
    let (method, place) = (scope.names.method.as_str(), Place::Operation(id));
    let (asked, chained): (Vec<Part<'a>>, Vec<Part<'a>>) = scope.parts().into_iter().partition(|part| part.required);
    let call = |kind, name: String| {
        let path = format!("Client::{method}().{name}");
        Item::new(kind, name, path, place)
    };
    let arguments = asked.iter().map(|part| part.argument(plan, place));
    let setters = chained.iter().map(|part| {
        let setter = call(ItemKind::CallSetter, part.name.to_string()).function("self", "Self");
        let argument = Item::argument(part.name.to_string(), part.taken(plan), place);
        setter.meaning(part.meaning()).with([argument])
    });
    let streams = scope.streams().into_iter().map(|stream| {
        let (name, held) = (stream.method.to_owned(), Written::of(stream.ty));
        call(ItemKind::Stream, name).holding(held).meaning(Meaning::Stream(stream.reader, stream.read))
    });
    let body = operation.body.as_ref().map(|body| body.kind);
    let replies = outcome::items(&scope, place);
    let headers = headers::item(&scope, place);
    let inside = arguments.chain(setters).chain(streams).chain(replies).chain(headers);
    Item::new(ItemKind::Method, method, format!("Client::{method}"), place)
        .function("&self", format!("Call<{}>", scope.names.ty))
        .meaning(Meaning::Request(&operation.method, without_names(&operation.path), body))
        .with(inside)
}

/// What the emitters of one operation share.
struct Scope<'a> {
    plan: &'a Plan<'a>,
    operation: &'a Operation,
    names: &'a OperationNames,
    ty: Ident,
    /// Whether the checks look at what the value holds.
    checked: bool,
}

fn file(plan: &Plan<'_>, api: &str, id: OperationId, operation: &Operation) -> String {
    let names = plan.names.operation(id);
    let scope = Scope::new(plan, id, operation);
    let headers = (!operation.headers.is_empty()).then_some(names.headers.as_str());
    let own = [names.ty.as_str(), &names.output, &names.error].into_iter().chain(headers);
    let mut uses = Uses::beside(ABOVE, own.chain(USED_BY_OPERATIONS.iter().copied()));
    let mut items = vec![scope.method(api, &mut uses), scope.value(&mut uses)];
    items.extend(scope.setters(&mut uses));
    items.extend(scope.streams().iter().map(|stream| scope.stream(stream, &mut uses)));
    items.push(scope.implementation(&mut uses));
    items.extend(outcome::enums(&scope, &mut uses));
    items.extend(headers::items(&scope, &mut uses));
    render::file(&uses.groups(), &uses.comments, items)
}

/// A member of an operation's value.
struct Part<'a> {
    /// Its name.
    name: Ident,
    /// The parameter. `None` for the body.
    parameter: Option<&'a Parameter>,
    wire: &'a str,
    docs: &'a Docs,
    /// Whether it is an argument of the method. Otherwise it is chained.
    required: bool,
    /// What it holds.
    ty: &'a Type,
    /// Whether it is bytes as they are. The document has no type for these.
    bytes: bool,
}

/// A way to read the reply as a stream.
struct Stream<'a> {
    /// The method of the call, and what it is documented to give.
    method: &'static str,
    gives: &'static str,
    /// The runtime's type, and its function.
    reader: &'static str,
    read: &'static str,
    media_type: &'a str,
    /// The type of the stream's values.
    ty: &'a Type,
}

impl<'a> Part<'a> {
    fn held(&self) -> Written {
        if self.bytes { Written::RequestBody } else { Written::of(self.ty) }
    }

    /// How it is taken from a caller.
    fn taken(&self, plan: &Plan<'_>) -> Written {
        if self.bytes { Written::Into(Box::new(Written::RequestBody)) } else { Written::taken(plan, self.ty) }
    }

    fn argument(&self, plan: &Plan<'_>, place: Place<'a>) -> Item<'a> {
        Item::argument(self.name.to_string(), self.taken(plan), place).meaning(self.meaning())
    }

    fn meaning(&self) -> Meaning<'a> {
        match self.parameter {
            Some(Parameter { location: Location::Header, wire, .. }) => {
                Meaning::Parameter(Location::Header, wire.to_lowercase().into())
            }
            Some(Parameter { location, wire, .. }) => Meaning::Parameter(*location, wire.into()),
            None => Meaning::Body,
        }
    }
}

impl<'a> Scope<'a> {
    /// What the emitters of an operation share.
    fn new(plan: &'a Plan<'a>, id: OperationId, operation: &'a Operation) -> Self {
        let names = plan.names.operation(id);
        Self { plan, operation, names, ty: ident(&names.ty), checked: plan.checks.operation(id) }
    }

    /// What the value holds: parameters and body. `required` ones first: path parameters in the template's order, then by name.
    fn parts(&self) -> Vec<Part<'a>> {
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

    fn method(&self, api: &str, uses: &mut Uses) -> TokenStream {
        let (client, call) = (uses.from("super::super", "Client"), uses.runtime("Call"));
        let (ty, method) = (&self.ty, ident(&self.names.method));
        let lines = self.docs(api, uses);
        let docs = uses.comments.attribute(lines);
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

    fn parameter(&self, part: &Part<'_>, uses: &mut Uses) -> TokenStream {
        let (name, ty) = (&part.name, part.taken(self.plan).tokens(self.plan, ABOVE, uses));
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
        let ty = &self.ty;
        let docs = uses.comments.attribute(self.page());
        let fields = self.parts();
        let fields = fields.iter().map(|part| {
            let (name, held) = (&part.name, part.held().tokens(self.plan, ABOVE, uses));
            let visible = self.checked.then(|| quote!(pub(crate)));
            if part.required { quote!(#visible #name: #held) } else { quote!(#visible #name: Option<#held>) }
        });
        let fields: Vec<TokenStream> = fields.collect();
        // The name of a unit structure is also a value. Code that used it would no longer compile if the document added a parameter.
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
            let comment = doc_comment::comment(part.docs, &format!("Sets {}.", doc_comment::code(part.wire)), uses);
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

    /// The ways to read the reply as a stream: of server-sent events, of JSON values.
    fn streams(&self) -> Vec<Stream<'a>> {
        let events = self.operation.events.as_ref().map(|ty| {
            let read = if *ty == Type::String { "text" } else { "json" };
            let media_type = "text/event-stream";
            Stream { method: "events", gives: "events", reader: "Events", read, media_type, ty }
        });
        let items = self.operation.items.as_ref().map(|items| {
            let (media_type, ty) = (items.media_type.as_str(), &items.ty);
            let read = if media_type.ends_with("json-seq") { "sequence" } else { "lines" };
            Stream { method: "items", gives: "values", reader: "ItemStream", read, media_type, ty }
        });
        events.into_iter().chain(items).collect()
    }

    fn stream(&self, stream: &Stream<'_>, uses: &mut Uses) -> TokenStream {
        let (call, ty, error) = (uses.runtime("Call"), &self.ty, uses.runtime("Error"));
        let failure = outcome::error(self, uses);
        let (method, reader, read) = (ident(stream.method), uses.runtime(stream.reader), ident(stream.read));
        let held = Written::of(stream.ty).tokens(self.plan, ABOVE, uses);
        let docs = uses
            .comments
            .attribute([format!("Sends the request and gives the {} of the reply, as they arrive.", stream.gives)]);
        let media_type = stream.media_type;
        quote! {
            impl #call<#ty> {
                #docs
                pub async fn #method(self) -> Result<#reader<#held>, #error<#failure>> {
                    let reply = self.stream(Some(#media_type)).await?;
                    Ok(#reader::#read(reply.into_value()))
                }
            }
        }
    }

    fn implementation(&self, uses: &mut Uses) -> TokenStream {
        let operation = uses.runtime("Operation");
        let (ty, id) = (&self.ty, &self.names.id);
        let (output, error) = (outcome::output(self, uses), outcome::error(self, uses));
        let (request, response) = (request::method(self, uses), outcome::method(self, uses));
        quote! {
            impl #operation for #ty {
                type Output = #output;
                type Error = #error;

                const ID: &'static str = #id;

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
