//! Items to text: one formatter, a blank line between items and between methods.
//!
//! Each item is formatted alone, so that a file is its items joined, and files are rendered on all cores.

mod table;

use std::thread;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Item, ItemImpl};

pub(crate) use table::inline;

/// The size of the stack for formatting a file. Parsing and printing recurse for each nested type. There may be many, and without
/// optimisation a call takes tens of kilobytes.
const STACK: usize = 32 << 20;

/// The text of a file: its `use` lines, then its items.
pub(crate) fn file(uses: &[Vec<TokenStream>], items: Vec<TokenStream>) -> String {
    stacker::maybe_grow(STACK / 2, STACK, || formatted(uses, items))
}

fn formatted(uses: &[Vec<TokenStream>], items: Vec<TokenStream>) -> String {
    let mut parts: Vec<String> =
        uses.iter().map(|group| group.iter().map(|line| compact(line.clone())).collect()).collect();
    parts.extend(items.into_iter().flat_map(parsed).map(|item| self::item(&item)));
    parts.join("\n")
}

/// The text of a file: its inner documentation, then groups of one-line items.
pub(crate) fn lines(docs: &[&str], groups: &[Vec<TokenStream>]) -> String {
    let docs = docs.iter().map(|line| format!("{line}\n")).collect::<String>();
    let groups = groups.iter().filter(|group| !group.is_empty());
    let groups: Vec<String> = groups.map(|group| group.iter().map(|item| compact(item.clone())).collect()).collect();
    let docs = (!docs.is_empty()).then_some(docs);
    docs.into_iter().chain(groups).collect::<Vec<_>>().join("\n")
}

/// Fewer inputs than these take less time than threads would save, and each thread has memory of its own.
const WORTH_THREADS: usize = 128;

/// Maps every input, on all cores if there are many. The stacks are large enough to format files. The results are in the order of the
/// inputs.
pub(crate) fn in_parallel<T: Send, R: Send>(inputs: Vec<T>, map: impl Fn(T) -> R + Sync) -> Vec<R> {
    let all = |inputs: Vec<T>| stacker::grow(STACK, || inputs.into_iter().map(&map).collect::<Vec<R>>());
    if inputs.len() < WORTH_THREADS {
        return all(inputs);
    }
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    let share = inputs.len().div_ceil(cores).max(1);
    let mut shares: Vec<Vec<T>> = Vec::new();
    let mut inputs = inputs.into_iter().peekable();
    while inputs.peek().is_some() {
        shares.push(inputs.by_ref().take(share).collect());
    }
    let all = &all;
    thread::scope(|scope| {
        let workers: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || all(share))).collect();
        // A worker ends without a result only if the map panics. Then this panics too.
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn compact(tokens: TokenStream) -> String {
    parsed(tokens).iter().map(unparsed).collect()
}

/// Tokens as items. Tokens of an emitter always parse. If they did not, they would be written as they are, and the compiler would say what
/// is wrong.
fn parsed(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file.items,
        Err(_) => vec![Item::Verbatim(tokens)],
    }
}

fn unparsed(item: &Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item.clone()] })
}

fn item(item: &Item) -> String {
    match item {
        Item::Impl(implementation) if implementation.items.len() > 1 => spaced(implementation),
        Item::Macro(table) => table::text(table).unwrap_or_else(|| unparsed(item)),
        other => unparsed(other),
    }
}

/// An `impl` with a blank line between its members. Each member is formatted in an `impl` of its own. The first and the last line are the
/// same for all of them.
fn spaced(implementation: &ItemImpl) -> String {
    // `..implementation.clone()` would also copy all members.
    let mut alone = ItemImpl {
        attrs: implementation.attrs.clone(),
        modifiers: implementation.modifiers.clone(),
        generics: implementation.generics.clone(),
        trait_: implementation.trait_.clone(),
        self_ty: implementation.self_ty.clone(),
        items: Vec::new(),
        ..*implementation
    };
    let empty = unparsed(&Item::Impl(alone.clone()));
    let Some(head) = empty.trim_end().strip_suffix("{}") else {
        return unparsed(&Item::Impl(implementation.clone()));
    };
    let members = implementation.items.iter().map(|member| {
        alone.items = vec![member.clone()];
        let text = unparsed(&Item::Impl(alone.clone()));
        let body =
            text.strip_prefix(head).and_then(|text| text.strip_prefix("{\n")).and_then(|text| text.strip_suffix("}\n"));
        body.map_or_else(|| member.to_token_stream().to_string(), str::to_owned)
    });
    let members: Vec<(bool, String)> =
        implementation.items.iter().map(|member| matches!(member, syn::ImplItem::Type(_))).zip(members).collect();
    let mut body = String::new();
    let mut after_type = false;
    for (index, (is_type, member)) in members.iter().enumerate() {
        if index > 0 && !(after_type && *is_type) {
            body.push('\n');
        }
        after_type = *is_type;
        body.push_str(member);
    }
    format!("{head}{{\n{body}}}\n")
}
