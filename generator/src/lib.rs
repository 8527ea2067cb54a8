//! OpenAPI 3.0 and 3.1 documents to Rust: models, operations and a client.
//!
//! [`generate`] is a pure function from documents to files and diagnostics. Nothing here reads or writes a file; a document's
//! other files come through a [`Loader`](source::Loader) that the caller gives. The stages, each of which hands over an
//! immutable value:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | text | raw trees with places |
//! | [`overlay`] | a raw tree and an overlay | a raw tree |
//! | [`choices`] | TOML of the user | what is chosen about a document |
//! | [`document`] | raw trees | typed nodes, references resolved |
//! | [`schema`] | a place in a raw tree | a schema's keywords |
//! | [`lower`] | a document and its schemas | [`ir::Api`] |
//! | [`analyze`] | an API | tables about it: names, cycles, usage |
//! | [`emit`] | an API and its tables | items |
//! | `render` | items | text |
//! | [`diff`] | two documents | what changed, and what it means |

pub mod analyze;
pub mod choices;
pub mod diagnostics;
pub mod diff;
pub mod document;
pub mod emit;
mod fnv;
pub mod formats;
mod generate;
pub mod ir;
pub mod limits;
pub mod lower;
pub mod media_type;
pub mod methods;
pub mod node;
pub mod overlay;
pub mod parallel;
pub mod pointer;
#[cfg(test)]
mod random;
mod render;
pub mod report;
pub mod schema;
mod similar;
pub mod source;
mod trail;

pub use emit::{Layout, Manifest};
pub use generate::{ApiSource, Generated, Options, Summary, generate};
