//! OpenAPI 3.0 and 3.1 documents to Rust: models, operations and a client.
//!
//! [`generate`] is a pure function from documents to files and diagnostics. The stages that know Rust, each of which hands over an
//! immutable value:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`lower`] | a document and its schemas | [`ir::Api`] |
//! | [`analyze`] | an API | tables about it: names, cycles, usage |
//! | [`emit`] | an API and its tables | items |
//! | `render` | items | text |
//!
//! The stages before them, which read a document, are in the crate [`openapi`]. Its modules are here as well, so that a user needs one
//! dependency.

pub mod analyze;
pub mod emit;
mod fnv;
mod generate;
pub mod ir;
pub mod lower;
#[cfg(test)]
mod random;
mod render;

pub use emit::{Layout, Manifest};
pub use generate::{ApiSource, Generated, Named, Options, Summary, generate, load, lowered};
pub use openapi::{
    choices, diagnostics, document, formats, limits, media_type, methods, node, overlay, parallel, path_template,
    pointer, report, schema, similar, source,
};
