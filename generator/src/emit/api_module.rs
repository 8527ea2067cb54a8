//! An API's `mod.rs`: what it is, a call that compiles, a menu of the operations, and what is re-exported.

use quote::quote;

use crate::analyze::Plan;
use crate::emit::operation::{BEST_WORTH, Example};
use crate::emit::uses::ident;
use crate::emit::{client, doc_comment, docs};
use crate::ir::{Operation, OperationId};
use crate::render;

/// What the API is, with an example and a menu.
pub(super) fn front_page(plan: &Plan<'_>, path: &str) -> Vec<String> {
    let mut lines = vec![format!("{}.", doc_comment::code(&plan.api.title))];
    if let Some(description) = &plan.api.description {
        doc_comment::separate(&mut lines, docs::rustdoc(description));
    }
    doc_comment::separate(&mut lines, example(plan, path, false));
    doc_comment::separate(&mut lines, menu(plan));
    lines
}

/// The module. It has the front page, unless the top of the crate has it.
pub(super) fn file(plan: &Plan<'_>, path: Option<&str>) -> String {
    let lines = path.map_or_else(|| vec!["The API.".to_owned()], |path| front_page(plan, path));
    let lines: Vec<String> =
        lines.iter().map(|line| if line.is_empty() { "//!".to_owned() } else { format!("//! {line}") }).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let has_models = !plan.api.models.is_empty();
    let has_operations = !plan.api.operations.is_empty();
    let checks = (!plan.checks.is_empty()).then(|| {
        quote!(
            #[cfg(feature = "checks")]
            mod checks;
        )
    });
    let models = has_models.then(|| {
        quote!(
            mod models;
        )
    });
    let operations = has_operations.then(|| {
        quote!(
            pub mod operations;
        )
    });
    let tokens = (!plan.api.token_sources.is_empty()).then(|| {
        quote!(
            mod tokens;
        )
    });
    let mut headers: Vec<&str> = plan
        .api
        .operations()
        .filter(|(_, operation)| !operation.headers.is_empty())
        .map(|(id, _)| plan.names.operation(id).headers.as_str())
        .collect();
    headers.sort_unstable();
    let headers: Vec<_> = headers.into_iter().map(ident).collect();
    let headers = match headers.as_slice() {
        [] => None,
        [only] => Some(quote!(pub use operations::#only;)),
        several => Some(quote!(pub use operations::{#(#several),*};)),
    };
    let exported = has_models.then(|| {
        quote!(
            pub use models::*;
        )
    });
    render::lines(
        &lines,
        &[
            checks
                .into_iter()
                .chain([quote!(
                    mod client;
                )])
                .chain(models)
                .chain(operations)
                .chain(tokens)
                .collect(),
            std::iter::once(quote!(
                pub use client::Client;
            ))
            .chain(exported)
            .chain(headers)
            .collect(),
            // The settings come last, so that the client's page begins with what the document says.
            vec![quote!(crate::runtime::settings!(Client);)],
        ],
    )
}

/// The example as a whole function, for places where lines cannot be hidden.
pub(super) fn whole_example(plan: &Plan<'_>, path: &str) -> String {
    let lines = example(plan, path, true);
    lines.iter().filter(|line| !line.starts_with("```")).map(|line| format!("{line}\n")).collect()
}

/// A call, what its reply holds, and how it fails.
fn example(plan: &Plan<'_>, path: &str, is_shown: bool) -> Vec<String> {
    let mut best: Option<Example<'_>> = None;
    for (id, operation) in plan.api.operations() {
        let example = Example::new(plan, id, operation, path);
        let worth = example.worth();
        if best.as_ref().is_none_or(|best| worth > best.worth()) {
            best = Some(example);
        }
        // No later example can be better.
        if worth == BEST_WORTH {
            break;
        }
    }
    let Some(example) = best else { return Vec::new() };
    let url = match client::fixed_url(plan) {
        Some(_) => String::new(),
        None => format!("{:?}", client::example_url(plan)),
    };
    example.whole(&url, is_shown)
}

fn menu(plan: &Plan<'_>) -> Vec<String> {
    let rows: Vec<String> = plan.api.operations().map(|(id, operation)| row(plan, id, operation)).collect();
    if rows.is_empty() {
        return vec!["The document has no operations: there are only types.".to_owned()];
    }
    ["| method | request |".to_owned(), "| --- | --- |".to_owned()].into_iter().chain(rows).collect()
}

fn row(plan: &Plan<'_>, id: OperationId, operation: &Operation) -> String {
    let method = &plan.names.operation(id).method;
    let request = doc_comment::code(&format!("{} {}", operation.method, operation.path));
    let words = operation.docs.summary.as_deref().or(operation.docs.description.as_deref());
    let words = words.map(docs::summary).filter(|words| !words.is_empty());
    // The request and its words share a cell. A path cannot be wrapped, so the words would have no room in a cell of their own.
    let told = words.map_or_else(|| request.clone(), |words| format!("{request}: {words}")).replace('|', "\\|");
    format!("| [`{method}`](Client::{method}) | {told} |")
}
