//! An API's `mod.rs`: what it is, a call that compiles, a menu of the operations, and what is re-exported.

use quote::quote;

use crate::analyze::Plan;
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
    doc_comment::separate(&mut lines, example(plan, path));
    doc_comment::separate(&mut lines, menu(plan));
    lines
}

/// The module, below a front page unless that stands at the top of the crate.
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
                .collect(),
            std::iter::once(quote!(
                pub use client::Client;
            ))
            .chain(exported)
            .chain(headers)
            .collect(),
        ],
    )
}

/// The example as a whole function, for where no line can be hidden.
pub(super) fn whole_example(plan: &Plan<'_>, path: &str) -> String {
    let lines = example(plan, path);
    let body = lines.iter().filter(|line| !line.starts_with("```")).map(|line| match line.strip_prefix("# ") {
        Some(hidden) if hidden.starts_with(['a', '}']) => format!("{hidden}\n"),
        Some(hidden) => format!("    {hidden}\n"),
        None if line.starts_with("let ") => format!("    {line}\n"),
        None => format!("{line}\n"),
    });
    body.collect()
}

/// A call of the first operation that asks for nothing, as the shape of every call.
fn example(plan: &Plan<'_>, path: &str) -> Vec<String> {
    let Some((id, operation)) = plan.api.operations().find(|(_, it)| is_plain(it)).or(plan.api.operations().next())
    else {
        return Vec::new();
    };
    let method = &plan.names.operation(id).method;
    let url = if client::fixed_url(plan).is_none() { "\"https://api.example.com\"" } else { "" };
    let call = if is_plain(operation) {
        format!("let reply = Client::new({url})?.{method}().send().await?;")
    } else {
        format!("let client = Client::new({url})?; // then client.{method}(…).send().await?")
    };
    let binding = if is_plain(operation) { "# let _ = reply;" } else { "# let _ = client;" };
    [
        "```no_run",
        &format!("use {path}::Client;"),
        "",
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {",
        &call,
        binding,
        "# Ok(())",
        "# }",
        "```",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Whether a call needs no argument.
fn is_plain(operation: &Operation) -> bool {
    !operation.docs.deprecated
        && operation.parameters.iter().all(|parameter| !parameter.required)
        && operation.body.as_ref().is_none_or(|body| !body.required)
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
    let request = doc_comment::code(&format!("{} {}", operation.method, operation.path)).replace('|', "\\|");
    format!("| [`{method}`](Client::{method}) | {request} |")
}
