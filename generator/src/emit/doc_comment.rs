//! Documentation as attributes.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Plan;
use crate::emit::Uses;
use crate::emit::docs;
pub(super) use crate::emit::docs::code;
use crate::emit::uses::ident;
use crate::ir::{Docs, ModelId, Root};

/// The doc comment of something: its words, or `fallback` where the document has none.
pub(super) fn comment(words: &Docs, fallback: &str, uses: &mut Uses) -> TokenStream {
    uses.comments.attribute(lines(words, fallback))
}

/// The doc comment of a model, and what is derived for it as well.
pub(super) fn of_model(plan: &Plan<'_>, id: ModelId, uses: &mut Uses) -> TokenStream {
    let model = plan.api.model(id);
    let (what, root) = match &model.naming.root {
        Root::Component(root) | Root::Other(root) => ("The schema", root),
        Root::Operation(root) => ("A schema of the operation", root),
    };
    let place = std::iter::once(root).chain(&model.naming.steps).map(String::as_str).collect::<Vec<_>>().join(" / ");
    let comment = comment(&model.docs, &format!("{what} {}.", code(&place)), uses);
    let derives = plan.api.derives.iter().filter(|derives| derives.are_for(&plan.names.model(id).ty));
    // Several patterns may fit one type.
    let macros: IndexSet<&String> = derives.flat_map(|derives| &derives.macros).collect();
    let macros = macros.into_iter().map(|path| {
        let path = path.split("::").map(ident);
        quote!(#(#path)::*)
    });
    let macros: Vec<TokenStream> = macros.collect();
    if macros.is_empty() { comment } else { quote!(#comment #[derive(#(#macros),*)]) }
}

/// The lines of a doc comment.
pub(super) fn lines(words: &Docs, fallback: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let summary = words.summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty());
    let description = words.description.as_deref().unwrap_or_default();
    // Many a description begins with the summary.
    if let Some(summary) = summary.filter(|summary| !description.trim_start().starts_with(summary)) {
        lines.extend(sentence(docs::rustdoc(summary)));
    }
    separate(&mut lines, docs::rustdoc(description));
    let deprecated = words.deprecated.then(|| "Deprecated.".to_owned());
    separate(&mut lines, deprecated.into_iter().collect());
    separate(&mut lines, limits(words));
    if lines.is_empty() {
        lines.push(fallback.to_owned());
    }
    lines
}

/// Lines whose last one ends like a sentence.
fn sentence(mut lines: Vec<String>) -> Vec<String> {
    if let Some(last) = lines.last_mut().filter(|last| last.ends_with(char::is_alphanumeric)) {
        last.push('.');
    }
    lines
}

/// Adds a paragraph.
pub(super) fn separate(lines: &mut Vec<String>, more: Vec<String>) {
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// A type's name behind its article.
pub(super) fn a(ty: &str) -> String {
    // "One" and "European" begin with a consonant where they are spoken.
    let is_vowel = ty.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']);
    let article = if is_vowel && !ty.starts_with("One") && !ty.starts_with("Eu") { "an" } else { "a" };
    format!("{article} `{ty}`")
}

/// The default and the bounds, as a line.
fn limits(words: &Docs) -> Vec<String> {
    let default = words.default.as_ref().map(|default| format!("default {}", code(&shortened(default))));
    let bounds = words.bounds.iter().map(|(keyword, value)| format!("{keyword} {}", code(&shortened(value))));
    let all: Vec<String> = default.into_iter().chain(bounds).collect();
    if all.is_empty() { Vec::new() } else { docs::rustdoc(&format!("({})", all.join(", "))) }
}

/// A value of the document, cut to a readable length.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}
