//! Documentation as attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::ir::Docs;

/// The doc comment of something: its words, or `fallback` where the document has none.
pub(super) fn comment(words: &Docs, fallback: &str) -> TokenStream {
    attributes(lines(words, fallback))
}

/// The lines of a doc comment.
pub(super) fn lines(words: &Docs, fallback: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(summary) = &words.summary {
        let summary = docs::summary(summary);
        lines.extend((!summary.is_empty()).then_some(summary));
    }
    if let Some(description) = &words.description {
        let repeated = words.summary.as_deref().is_some_and(|summary| summary.trim() == description.trim());
        let description = if repeated { Vec::new() } else { docs::rustdoc(description) };
        separate(&mut lines, description);
    }
    if lines.is_empty() {
        lines.push(fallback.to_owned());
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

/// Lines as `#[doc]` attributes, which are printed as `///`.
pub(super) fn attributes(lines: impl IntoIterator<Item = String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Text from the document inside a doc comment of our own: a code span that nothing in it can leave.
pub(super) fn code(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    docs::rustdoc(&format!("`{}`", clean.trim())).concat()
}
