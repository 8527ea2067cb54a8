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
pub(crate) mod item;
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
use item::Item;

pub use bodies::JsonBody;
pub(crate) use bodies::json_bodies;
pub use item::ItemKind;
pub use manifest::Manifest;
pub use package::{Layout, Package, PackageApi};
pub(crate) use uses::Uses;

/// The public items of an API: the client, and the types.
pub(crate) fn items<'a>(plan: &'a Plan<'a>) -> (Item<'a>, Vec<Item<'a>>) {
    (client::item(plan), models::items(plan).collect())
}

/// The files of an API's module, by their paths inside it. `path` is the path of the module, with the crate. `has_front_page` says
/// whether the module has the front page of the API. Otherwise the crate has it.
pub(crate) fn api(plan: &Plan<'_>, path: &str, has_front_page: bool) -> IndexMap<String, String> {
    let mut files = IndexMap::new();
    files.insert("mod.rs".to_owned(), api_module::file(plan, has_front_page.then_some(path)));
    files.extend(checks::file(plan).map(|text| ("checks.rs".to_owned(), text)));
    files.insert("client.rs".to_owned(), client::file(plan));
    files.extend(tokens::file(plan).map(|text| ("tokens.rs".to_owned(), text)));
    files.extend(models::files(plan));
    files.extend(operation::files(plan, path));
    files
}
