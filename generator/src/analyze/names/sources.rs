//! The names of the methods that make token sources, and of the methods that set them in a client.

use super::calls::TOKENS_BY;
use super::{MintNames, SourceNames, called};
use crate::analyze::ident::snake_name;
use crate::analyze::scope::{Scope, Wish, assign};
use crate::ir::{Api, Mint, Scheme, TokenSource};

pub(super) fn source_names(api: &Api, schemes: &[String]) -> Vec<SourceNames> {
    // Reserves the setters of the schemes. The setter of a scheme `a_from` has the same name as the setter for the source of `a`.
    let mut setters = Scope::reserving(schemes.iter().map(String::as_str));
    let setter = |source: &TokenSource| schemes.get(source.scheme.0).map(|name| format!("{name}_from"));
    let setters: Vec<String> = api.token_sources.iter().filter_map(setter).map(|name| setters.take(&name)).collect();
    let mints = api.token_sources.iter().flat_map(|source| source.mints.iter().map(move |mint| (source, mint)));
    let wishes: Vec<Wish<'_, usize>> = mints
        .enumerate()
        .map(|(rank, (source, mint))| mint_wish(rank, api.schemes.get(source.scheme.0), mint))
        .collect();
    let mut methods = assign(&mut Scope::default(), &wishes).into_iter();
    let named = api.token_sources.iter().zip(setters).map(|(source, setter)| {
        let mints = source.mints.iter().zip(methods.by_ref());
        let mints = mints.map(|(mint, method)| MintNames { method, credentials: credential_names(mint) }).collect();
        SourceNames { setter, mints }
    });
    named.collect()
}

/// A method is named after what the token is granted for. If several have one name, the first keeps it.
fn mint_wish<'a>(rank: usize, scheme: Option<&'a Scheme>, mint: &'a Mint) -> Wish<'a, usize> {
    let longer = move || {
        let scheme = scheme.map_or("", |scheme| scheme.explicit.as_deref().unwrap_or(&scheme.wire));
        vec![method_name(&format!("{} for {scheme}", mint.name))]
    };
    Wish { rank, keeps: true, plain: method_name(&mint.name), longer: Box::new(longer) }
}

fn method_name(words: &str) -> String {
    format!("{TOKENS_BY}{}", snake_name(words).trim_end_matches('_'))
}

/// The client of OAuth is an argument too.
fn credential_names(mint: &Mint) -> Vec<String> {
    let mut scope = Scope::reserving(mint.client.then_some("client"));
    let wishes = mint.credentials.iter().map(|name| called(name, snake_name(name), snake_name));
    assign(&mut scope, &wishes.collect::<Vec<_>>())
}
