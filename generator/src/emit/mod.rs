//! An API and its tables to files of Rust.
//!
//! Each emitter gives items as tokens, and the names that they use from elsewhere. The decisions are in the [`Plan`], not here. Everything
//! that operations have in common is the runtime, which is copied as it is.

pub mod docs;

mod api_module;
mod bodies;
mod checks;
mod client;
mod doc_comment;
mod enumeration;
mod formats;
pub mod item;
mod manifest;
mod models;
mod operation;
pub mod package;
mod runtime;
mod structure;
mod tokens;
pub(crate) mod ty;
mod union;
mod uses;

use indexmap::IndexMap;

use crate::analyze::Plan;
use crate::render::{self, File};
use item::Item;

pub use bodies::JsonBody;
pub(crate) use bodies::json_bodies;
pub use item::ItemKind;
pub use manifest::Manifest;
pub use package::{Layout, Package, PackageApi};
pub(crate) use uses::Uses;

/// The public items of an API: the client, and the types.
pub fn items<'a>(plan: &'a Plan<'a>) -> (Item<'a>, Vec<Item<'a>>) {
    (client::item(plan), models::items(plan).collect())
}

/// The files of an API's module, by their paths inside it. `path` is the path of the module, with the crate. `has_front_page` says
/// whether the module has the front page of the API. Otherwise the crate has it.
pub(crate) fn api(plan: &Plan<'_>, path: &str, has_front_page: bool) -> IndexMap<String, String> {
    let mut files: Vec<File<'_>> = vec![
        ("mod.rs".to_owned(), Box::new(move || Some(api_module::file(plan, has_front_page.then_some(path))))),
        ("checks.rs".to_owned(), Box::new(|| checks::file(plan))),
        ("client.rs".to_owned(), Box::new(|| Some(client::file(plan)))),
        ("tokens.rs".to_owned(), Box::new(|| tokens::file(plan))),
    ];
    files.extend(models::files(plan));
    files.extend(operation::files(plan, path));
    render::files(files).into_iter().collect()
}
