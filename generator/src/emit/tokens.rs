//! An API's `tokens.rs`: the methods that make its sources of tokens, and the methods that give a source to a client.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{MintNames, Plan, SourceNames};
use crate::emit::item::{Item, ItemKind, Meaning, Place, Written};
use crate::emit::uses::ident;
use crate::emit::{Uses, client, doc_comment};
use crate::ir::{Api, Exchange, Member, Mint, Scheme, TokenReply, TokenSource};
use crate::render;

pub(super) fn file(plan: &Plan<'_>) -> Option<String> {
    let sources = sources(plan);
    if sources.is_empty() {
        return None;
    }
    let mut uses = Uses::default();
    let client = uses.from("super", "Client");
    let methods: Vec<TokenStream> = sources.iter().map(|source| source.methods(&mut uses)).collect();
    let tables = sources.iter().flat_map(|source| source.tables(&mut uses)).collect::<Vec<_>>();
    let items = std::iter::once(quote!(impl #client { #(#methods)* })).chain(tables).collect();
    Some(render::file(&uses.groups(), &uses.comments, items))
}

/// The client's methods as items.
pub(super) fn items<'a>(plan: &'a Plan<'a>) -> impl Iterator<Item = Item<'a>> {
    sources(plan).into_iter().flat_map(|source| source.items())
}

/// A source with its scheme and its names.
#[derive(Clone, Copy)]
struct Source<'a> {
    api: &'a Api,
    scheme: &'a Scheme,
    source: &'a TokenSource,
    names: &'a SourceNames,
}

fn sources<'a>(plan: &'a Plan<'a>) -> Vec<Source<'a>> {
    let sources = plan.api.token_sources.iter().zip(&plan.names.sources);
    let sources = sources.filter_map(|(source, names)| {
        Some(Source { api: plan.api, scheme: plan.api.schemes.get(source.scheme.0)?, source, names })
    });
    sources.collect()
}

impl<'a> Source<'a> {
    fn mints(self) -> impl Iterator<Item = (&'a Mint, &'a MintNames)> {
        self.source.mints.iter().zip(&self.names.mints)
    }

    fn methods(self, uses: &mut Uses) -> TokenStream {
        let makers: Vec<TokenStream> = self.mints().map(|(mint, names)| self.maker(mint, names, uses)).collect();
        let setter = self.setter(uses);
        quote!(#(#makers)* #setter)
    }

    /// The method that makes a source.
    fn maker(self, mint: &Mint, names: &MintNames, uses: &mut Uses) -> TokenStream {
        let scheme = doc_comment::code(&self.scheme.wire);
        let docs = uses.comments.attribute([
            format!("Tokens of the scheme {scheme}, minted by {}.", described(&mint.exchange)),
            String::new(),
            "Nothing is sent before a token is asked for. Each is kept, and renewed before it expires.".to_owned(),
        ]);
        let [cache, issuer] = ["TokenCache", "DescribedIssuer"].map(|name| uses.runtime(name));
        let method = ident(&names.method);
        let client = mint.client.then(|| uses.runtime("ClientCredentials"));
        let credential = (!names.credentials.is_empty()).then(|| uses.runtime("Credential"));
        let arguments: Vec<_> = names.credentials.iter().map(|name| ident(name)).collect();
        let taken: Vec<TokenStream> = client
            .iter()
            .map(|ty| quote!(client: #ty))
            .chain(arguments.iter().map(|name| quote!(#name: impl #credential + 'static)))
            .collect();
        let table = ident(&table_name("MINT", names));
        let credentials = quote!(vec![#(Box::new(#arguments)),*]);
        let refresh = mint.refresh.as_ref().map(|_| {
            let table = ident(&self.refresh_name(names));
            quote!(.with_refresh(&#table))
        });
        let client = mint.client.then(|| quote!(.with_client(client)));
        quote! {
            #docs
            pub fn #method(&self, #(#taken),*) -> #cache {
                let issuer = #issuer::new(&self.http, &#table, #credentials)#refresh #client;
                #cache::new(issuer)
            }
        }
    }

    /// The method that gives a client a source.
    fn setter(self, uses: &mut Uses) -> TokenStream {
        let docs = uses.comments.attribute([
            format!(
                "Sends tokens of a source where an operation requires the scheme {}.",
                doc_comment::code(&self.scheme.wire)
            ),
            String::new(),
            "If the server rejects one (401), the call is sent once more with a new one.".to_owned(),
        ]);
        let (method, source) = (ident(&format!("with_{}", self.names.setter)), uses.runtime("TokenSource"));
        let scheme = client::scheme(self.scheme, uses);
        quote! {
            #docs
            #[must_use]
            pub fn #method(self, tokens: impl #source + 'static) -> Self {
                Self { http: self.http.with_token_source(#scheme, tokens) }
            }
        }
    }

    fn tables(self, uses: &mut Uses) -> Vec<TokenStream> {
        // A table that several mints share is emitted once.
        let mut tables = IndexMap::new();
        for (mint, names) in self.mints() {
            tables.insert(table_name("MINT", names), &mint.exchange);
            tables.extend(mint.refresh.as_ref().map(|refresh| (self.refresh_name(names), refresh)));
        }
        let reply = self.common_name("REPLY");
        let tables = tables.iter().map(|(name, exchange)| self.table(name, exchange, &reply, uses)).collect::<Vec<_>>();
        tables.into_iter().chain([reply_table(&reply, &self.source.reply, uses)]).collect()
    }

    fn table(self, name: &str, exchange: &Exchange, reply: &str, uses: &mut Uses) -> TokenStream {
        let [ty, format, member] = ["Exchange", "Format", "Member"].map(|name| uses.runtime(name));
        let Exchange { operation, path, .. } = exchange;
        let (name, reply) = (ident(name), ident(reply));
        let server = option(exchange.server.as_deref());
        let written = ident(if exchange.is_form { "Form" } else { "Json" });
        let security = client::requirements(self.api, &exchange.security);
        let body = exchange.body.iter().map(|(pointer, value)| {
            let value = self::member(value);
            quote!((#pointer, #member::#value))
        });
        quote! {
            const #name: #ty = #ty {
                operation: #operation,
                server: #server,
                path: #path,
                format: #format::#written,
                security: #security,
                body: &[#(#body),*],
                reply: #reply,
            };
        }
    }

    /// The name of the table of the refreshing call. Mints share one table if they are all refreshed alike.
    fn refresh_name(self, names: &MintNames) -> String {
        let mut refreshes = self.source.mints.iter().map(|mint| &mint.refresh);
        let first = refreshes.next();
        let is_common = refreshes.all(|refresh| Some(refresh) == first);
        if is_common { self.common_name("REFRESH") } else { table_name("REFRESH", names) }
    }

    /// The name of a table that all mints of the source share.
    fn common_name(self, what: &str) -> String {
        let scheme = self.names.setter.trim_end_matches("_from");
        format!("{what}_OF_{}", scheme.to_uppercase())
    }

    /// Where the tokens of a method come from, for the comparison of two crates.
    fn meaning(self, mint: &Mint) -> Meaning<'a> {
        let TokenReply { token, refresh_token, life, success } = &self.source.reply;
        let mut values = vec![format!("the token from `{token}`")];
        values.extend(refresh_token.iter().map(|place| format!("the refresh token from `{place}`")));
        values.extend(life.iter().map(|place| format!("the life from `{place}`")));
        values.extend(success.iter().map(|(place, value)| format!("success by `{value}` at `{place}`")));
        let mut calls = format!("tokens of {} by {}", doc_comment::code(&self.scheme.wire), described(&mint.exchange));
        calls.extend(mint.refresh.iter().map(|exchange| format!(", refreshed by {}", described(exchange))));
        for exchange in std::iter::once(&mint.exchange).chain(&mint.refresh) {
            let call = described(exchange);
            values.extend(exchange.body.iter().map(|(place, it)| format!("{} at `{place}` of {call}", held(it, mint))));
        }
        // Members in another order mean the same.
        values.sort_unstable();
        Meaning::Tokens(calls, values)
    }

    fn items(self) -> Vec<Item<'a>> {
        let place = Place::Scheme(&self.scheme.wire);
        let function = |name: String| {
            let path = format!("Client::{name}");
            Item::new(ItemKind::ClientFunction, name, path, place)
        };
        let argument = |name: &'a str, ty: &str| Item::argument(name, Written::Own(ty.to_owned()), place);
        let makers = self.mints().map(|(mint, names)| {
            let client = mint.client.then(|| argument("client", "ClientCredentials"));
            let credentials = names.credentials.iter().map(|name| argument(name, "impl Credential"));
            let made = function(names.method.clone()).function("&self", "TokenCache");
            made.meaning(self.meaning(mint)).with(client.into_iter().chain(credentials))
        });
        let setter = function(format!("with_{}", self.names.setter)).function("self", "Self");
        makers.chain([setter.with([argument("tokens", "impl TokenSource")])]).collect()
    }
}

/// What a member of a body holds, in words.
fn held(member: &Member, mint: &Mint) -> String {
    match member {
        Member::Credential(index) => mint.credentials.get(*index).cloned().unwrap_or_default(),
        Member::RefreshToken => "the refresh token".to_owned(),
        Member::Scopes => "the scopes".to_owned(),
        Member::Constant(value) => doc_comment::code(&value.to_string()),
    }
}

fn table_name(what: &str, names: &MintNames) -> String {
    let way = names.method.strip_prefix("tokens_").unwrap_or(&names.method);
    format!("{what}_{}", way.to_uppercase())
}

/// An exchange in words.
fn described(exchange: &Exchange) -> String {
    let server = exchange.server.as_deref().filter(|server| !["/", "."].contains(server)).unwrap_or_default();
    doc_comment::code(&format!("POST {server}{}", exchange.path))
}

fn reply_table(name: &str, reply: &TokenReply, uses: &mut Uses) -> TokenStream {
    let (name, ty) = (ident(name), uses.runtime("TokenReply"));
    let token = &reply.token;
    let refresh_token = option(reply.refresh_token.as_deref());
    let life = option(reply.life.as_deref());
    let success = reply.success.iter().map(|(pointer, text)| quote!((#pointer, #text)));
    quote! {
        const #name: #ty = #ty {
            token: #token,
            refresh_token: #refresh_token,
            life: #life,
            success: &[#(#success),*],
        };
    }
}

fn option(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

fn member(member: &Member) -> TokenStream {
    match member {
        Member::Credential(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote!(Credential(#index))
        }
        Member::RefreshToken => quote!(RefreshToken),
        Member::Scopes => quote!(Scopes),
        Member::Constant(value) => match value.as_str() {
            Some(text) => quote!(Text(#text)),
            None => {
                let json = value.to_string();
                quote!(Json(#json))
            }
        },
    }
}
