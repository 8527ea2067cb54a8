//! The client: where requests go, with which credentials and within which limits.

use std::borrow::Cow;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::analyze::Plan;
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::structure::{MANY_ARGUMENTS, many_arguments};
use crate::emit::uses::ident;
use crate::emit::{Uses, doc_comment, docs, operation, tokens};
use crate::ir::{Api, Credential, Requirement, Scheme, Server, Type};
use crate::render;

pub(super) fn file(plan: &Plan<'_>) -> String {
    let mut uses = Uses::default();
    let items = vec![definition(plan, &mut uses), own(plan, &mut uses)];
    render::file(&uses.groups(), &uses.comments, items)
}

fn definition(plan: &Plan<'_>, uses: &mut Uses) -> TokenStream {
    let http = uses.runtime("HttpClient");
    let title = format!("The client of the {}.", doc_comment::code(&plan.api.title));
    let docs = uses.comments.attribute([
        title,
        String::new(),
        "Cheap to clone; every `with_…` gives a client with one thing changed. Credentials are sent only by operations that ask \
         for them, and never shown."
            .to_owned(),
    ]);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) http: #http,
        }
    }
}

/// What the document says about the client.
fn own(plan: &Plan<'_>, uses: &mut Uses) -> TokenStream {
    let (http, error) = (uses.runtime("HttpClient"), uses.runtime("ClientError"));
    let new = new(plan, &http, &error, uses);
    let server = server(plan, &error, uses);
    let schemes = plan.api.schemes.iter().zip(&plan.names.schemes);
    let schemes: Vec<TokenStream> = schemes.map(|(scheme, name)| credential(scheme, name, uses)).collect();
    quote! {
        impl Client {
            #new

            #server

            #(#schemes)*
        }
    }
}

/// The client as an item, the methods for its operations included.
pub(super) fn item<'a>(plan: &'a Plan<'a>) -> Item<'a> {
    let function = |name: String, place| {
        let path = format!("Client::{name}");
        Item::new(ItemKind::ClientFunction, name, path, place)
    };
    let text = |name: &'a str| Item::argument(name, Written::Own("&str".to_owned()), Place::Servers);
    let url = fixed_url(plan);
    let new = function("new".to_owned(), Place::Servers).function("", "Result<Client, ClientError>");
    // The paths of requests follow the URL after one slash, however it ends.
    let meaning = url.as_ref().map_or(Meaning::Nothing, |url| Meaning::Url(url.trim_end_matches('/').to_owned()));
    let new = new.with(url.is_none().then(|| text("url"))).meaning(meaning);
    let variables = &plan.names.variables;
    let server = (!variables.is_empty()).then(|| {
        let server = function("with_server".to_owned(), Place::Servers).function("self", "Result<Self, ClientError>");
        server.with(variables.iter().map(|name| text(name)))
    });
    let schemes = plan.api.schemes.iter().zip(&plan.names.schemes).map(|(scheme, name)| {
        let place = Place::Scheme(&scheme.wire);
        let secret = Written::Own("Secret".to_owned());
        let arguments = match scheme.credential {
            Credential::Basic => vec![("username", Written::taken(plan, &Type::String)), ("password", secret)],
            _ => vec![("credential", secret)],
        };
        let arguments = arguments.into_iter().map(|(name, taken)| Item::argument(name, taken, place));
        let credential = match &scheme.credential {
            Credential::Header(name) => Cow::Owned(Credential::Header(name.to_lowercase())),
            other => Cow::Borrowed(other),
        };
        let credential = Meaning::Credential(credential);
        function(format!("with_{name}"), place).function("self", "Self").meaning(credential).with(arguments)
    });
    let functions = std::iter::once(new).chain(server).chain(schemes).chain(tokens::items(plan));
    let methods = plan.api.operations().map(|(id, it)| operation::item(plan, id, it));
    Item::new(ItemKind::Client, "Client", "Client", Place::Servers).with(functions.chain(methods))
}

/// `new`: with the document's server, or with the caller's if the document has no server with an absolute `https` URL.
fn new(plan: &Plan<'_>, http: &Ident, error: &Ident, uses: &mut Uses) -> TokenStream {
    match fixed_url(plan) {
        Some(url) => {
            let mut lines = vec![format!("A client of the server {}.", doc_comment::code(&url))];
            doc_comment::separate(&mut lines, others(plan));
            let docs = uses.comments.attribute(lines);
            quote! {
                #docs
                pub fn new() -> Result<Self, #error> {
                    Ok(Self::with_crate_name(#http::new(#url)?))
                }
            }
        }
        None => {
            let path = relative_server(plan).map(|server| {
                let (url, example) = (&server.default_url, example_url(plan));
                let (url, example) = (doc_comment::code(url), doc_comment::code(&example));
                format!("The document has the server {url}. The URL ends in it, as {example} does.")
            });
            let mut lines = vec!["A client of a server, by its `https` URL.".to_owned()];
            doc_comment::separate(&mut lines, path.into_iter().collect());
            let docs = uses.comments.attribute(lines);
            quote! {
            #docs
            pub fn new(url: &str) -> Result<Self, #error> {
                Ok(Self::with_crate_name(#http::new(url)?))
            }
            }
        }
    }
}

/// The server to which `new` connects. `None` if `new` takes the URL.
pub(super) fn fixed_url(plan: &Plan<'_>) -> Option<String> {
    plan.api.servers.first().filter(|server| server.is_secure).map(|server| server.default_url.clone())
}

/// The document's own server, if it is relative.
fn relative_server<'p>(plan: &'p Plan<'_>) -> Option<&'p Server> {
    plan.api.servers.first().filter(|server| server.is_relative)
}

/// A URL for examples of `new`. It ends in the document's own server, if that is relative.
pub(super) fn example_url(plan: &Plan<'_>) -> String {
    let path = relative_server(plan).map(|server| server.default_url.clone()).unwrap_or_default();
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    format!("https://api.example.com{slash}{path}")
}

/// The document's further servers, as a list.
fn others(plan: &Plan<'_>) -> Vec<String> {
    let others: Vec<String> = plan.api.servers.iter().skip(1).map(described).collect();
    let title = (!others.is_empty())
        .then(|| "The document names others, for [`with_base_url`](Self::with_base_url):".to_owned());
    title.into_iter().flat_map(|title| [title, String::new()]).chain(others).collect()
}

fn described(server: &Server) -> String {
    let description = server.description.as_deref().map(docs::summary).filter(|text| !text.is_empty());
    let url = doc_comment::code(&server.default_url);
    description.map_or_else(|| format!("- {url}"), |description| format!("- {url}: {description}"))
}

/// The choice of the variables in the URL of the API's own server.
fn server(plan: &Plan<'_>, error: &Ident, uses: &mut Uses) -> Option<TokenStream> {
    let server = plan.api.servers.first().filter(|server| !server.variables.is_empty())?;
    let url = &server.url;
    let names: Vec<Ident> = plan.names.variables.iter().map(|name| ident(name)).collect();
    let places: Vec<String> = server.variables.iter().map(|variable| format!("{{{}}}", variable.name)).collect();
    let variables = server.variables.iter().zip(&plan.names.variables).map(|(variable, name)| {
        let values: Vec<String> = variable.values.iter().map(|value| doc_comment::code(value)).collect();
        let values = if values.is_empty() { String::new() } else { format!("; one of {}", values.join(", ")) };
        format!("- `{name}`: {} by default{values}", doc_comment::code(&variable.default))
    });
    let title = format!("Sends requests to {}, with these values for its variables:", doc_comment::code(url));
    let docs = uses.comments.attribute([title, String::new()].into_iter().chain(variables).collect::<Vec<_>>());
    let many = (names.len() >= MANY_ARGUMENTS).then(many_arguments);
    Some(quote! {
        #docs
        #many
        pub fn with_server(self, #(#names: &str),*) -> Result<Self, #error> {
            let variables = [#((#places, #names)),*];
            let url = variables.into_iter().fold(String::from(#url), |url, (place, value)| url.replace(place, value));
            Ok(Self { http: self.http.with_server(&url)? })
        }
    })
}

fn credential(scheme: &Scheme, name: &str, uses: &mut Uses) -> TokenStream {
    let secret = uses.runtime("Secret");
    let method = ident(&format!("with_{name}"));
    let docs = doc_comment::comment(&scheme.docs, &fallback(scheme), uses);
    let value = self::scheme(scheme, uses);
    if scheme.credential == Credential::Basic {
        return quote! {
            #docs
            #[must_use]
            pub fn #method(self, username: impl Into<String>, password: #secret) -> Self {
                Self { http: self.http.with_basic(#value, username, password) }
            }
        };
    }
    quote! {
        #docs
        #[must_use]
        pub fn #method(self, credential: #secret) -> Self {
            Self { http: self.http.with_credential(#value, credential) }
        }
    }
}

/// A scheme as a value of the runtime.
pub(super) fn scheme(scheme: &Scheme, uses: &mut Uses) -> TokenStream {
    let (ty, wire) = (uses.runtime("Scheme"), &scheme.wire);
    match &scheme.credential {
        Credential::Header(header) => quote!(#ty::header(#wire, #header)),
        Credential::Query(key) => quote!(#ty::query(#wire, #key)),
        Credential::Cookie(cookie) => quote!(#ty::cookie(#wire, #cookie)),
        Credential::Basic => quote!(#ty::basic(#wire)),
        Credential::Bearer => quote!(#ty::bearer(#wire)),
    }
}

/// The names of the schemes that are required, as the runtime takes them.
pub(super) fn requirements(api: &Api, requirements: &[Requirement]) -> TokenStream {
    let names = |ids: &Requirement| {
        let names = ids.iter().filter_map(|id| api.schemes.get(id.0)).map(|scheme| &scheme.wire);
        quote!(&[#(#names),*])
    };
    let alternatives = requirements.iter().map(names);
    quote!(&[#(#alternatives),*])
}

fn fallback(scheme: &Scheme) -> String {
    let what = match &scheme.credential {
        Credential::Header(header) => format!("in the header {}, as given", doc_comment::code(header)),
        Credential::Query(key) => format!("in the query as {}", doc_comment::code(key)),
        Credential::Cookie(cookie) => format!("in the cookie {}", doc_comment::code(cookie)),
        Credential::Basic => "as a user name and a password".to_owned(),
        Credential::Bearer => "as a bearer token".to_owned(),
    };
    format!("The credential of the scheme {}, sent {what}.", doc_comment::code(&scheme.wire))
}
