//! Items to text, with a blank line between items and between methods.
//!
//! Each item becomes text alone: directly if it has a known shape, by the formatter otherwise. Files are rendered on all cores.

mod attributes;
mod comments;
mod direct;
mod inline;
mod table;
#[cfg(test)]
mod tests;
mod token;

use std::mem;

use proc_macro2::TokenStream;
use syn::{ImplItem, Item, ItemImpl};

pub(crate) use comments::Comments;
pub(crate) use inline::inline;

use crate::parallel;

/// The size of the stack for the text of a file, in bytes. Emitting and formatting call themselves for each nested type. Types may be deeply
/// nested, and without optimisation a call takes tens of kilobytes.
const STACK: usize = 32 << 20;

/// The text of a file: its `use` lines, then its items. In the items, numbers stand for the comments.
pub(crate) fn file(uses: &[Vec<TokenStream>], comments: &Comments, items: Vec<TokenStream>) -> String {
    let mut parts: Vec<String> = uses.iter().map(|group| group.iter().cloned().map(item).collect()).collect();
    parts.extend(items.into_iter().map(item));
    comments.written(&parts.join("\n"))
}

/// The text of a file: its inner documentation, then groups of one-line items.
pub(crate) fn lines(docs: &[&str], groups: &[Vec<TokenStream>]) -> String {
    let docs = docs.iter().map(|line| format!("{line}\n")).collect::<String>();
    let groups = groups.iter().filter(|group| !group.is_empty());
    let groups: Vec<String> = groups.map(|group| group.iter().cloned().map(item).collect()).collect();
    let docs = (!docs.is_empty()).then_some(docs);
    docs.into_iter().chain(groups).collect::<Vec<_>>().join("\n")
}

/// The path of a file, and a function that makes its text. A function that gives `None` leaves the file out.
pub(crate) type File<'f> = (String, Box<dyn FnOnce() -> Option<String> + Send + 'f>);

/// From this number of files on, threads save more time than they take.
const ENOUGH_FILES: usize = 64;

/// Renders files, on all cores if there are many. The results are in the order of the files.
pub(crate) fn files(files: Vec<File<'_>>) -> Vec<(String, String)> {
    let rendered = parallel::map_deep(files, ENOUGH_FILES, STACK, |(path, text)| Some((path, text()?)));
    rendered.into_iter().flatten().collect()
}

fn item(tokens: TokenStream) -> String {
    let tokens = inline::read(tokens);
    direct::item(&tokens).unwrap_or_else(|| formatted_item(token::stream(tokens)))
}

/// Items as the formatter prints them.
fn formatted_item(tokens: TokenStream) -> String {
    let items = parsed(tokens).into_iter().map(|item| match item {
        Item::Impl(implementation) if implementation.items.len() > 1 => spaced(implementation),
        other => unparsed(other),
    });
    items.collect::<Vec<_>>().join("\n")
}

/// Tokens as items. Tokens of an emitter always parse. If they did not, they would be written as they are, and the compiler would say what
/// is wrong.
fn parsed(tokens: TokenStream) -> Vec<Item> {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file.items,
        Err(_) => vec![Item::Verbatim(tokens)],
    }
}

fn unparsed(item: Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}

/// An `impl` with a blank line between its members. Each member is formatted in an `impl` of its own. The first and the last line are the
/// same for all of them.
fn spaced(mut implementation: ItemImpl) -> String {
    let members = mem::take(&mut implementation.items);
    let alone = |member: Option<ImplItem>| {
        unparsed(Item::Impl(ItemImpl { items: member.into_iter().collect(), ..implementation.clone() }))
    };
    let empty = alone(None);
    let Some(head) = empty.trim_end().strip_suffix("{}") else {
        return unparsed(Item::Impl(ItemImpl { items: members, ..implementation }));
    };
    let mut body = String::new();
    let mut after_type = false;
    for member in members {
        let is_type = matches!(member, ImplItem::Type(_));
        let is_joined = after_type && is_type;
        if !body.is_empty() && !is_joined {
            body.push('\n');
        }
        after_type = is_type;
        let text = alone(Some(member));
        let inside = text.split_once("{\n").and_then(|(_, inside)| inside.strip_suffix("}\n"));
        body.push_str(inside.unwrap_or(&text));
    }
    format!("{head}{{\n{body}}}\n")
}
