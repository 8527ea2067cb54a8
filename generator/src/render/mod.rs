//! Items to text: one formatter, a blank line between items and between methods.
//!
//! Each item is formatted alone, so that a file is its items joined, and files are rendered on all cores.

mod table;

use std::iter;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
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

/// The path of a file, and a function that renders its text. If the function gives `None`, there is no such file.
pub(crate) type File<'f> = (String, Box<dyn FnOnce() -> Option<String> + Send + 'f>);

/// Fewer files than these take less time than threads would save, and each thread has memory of its own.
const WORTH_THREADS: usize = 128;

/// Renders files, on all cores if there are many. The stacks are large enough to format files. The results are in the order of the
/// files.
pub(crate) fn files(files: Vec<File<'_>>) -> Vec<(String, String)> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let others = if files.len() < WORTH_THREADS { 0 } else { cores - 1 };
    let waiting = Mutex::new(files.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    // Each worker takes the next file from the list, so all workers end at about the same time.
    let work = || {
        let rendered = iter::from_fn(next).map(|(index, (path, text))| (index, path, text()));
        stacker::grow(STACK, || rendered.collect::<Vec<_>>())
    };
    let mut rendered = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut rendered = work();
        for worker in others {
            // A worker ends without a result only if an emitter panics. Then this panics too.
            rendered.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        rendered
    });
    rendered.sort_unstable_by_key(|(index, ..)| *index);
    rendered.into_iter().filter_map(|(_, path, text)| Some((path, text?))).collect()
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
