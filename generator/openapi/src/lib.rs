//! OpenAPI 3.0 and 3.1 documents as text to typed nodes and schemas, with a message for each fault.
//!
//! Nothing here knows Rust's types or code, and nothing here reads a file: a document's other files come through a
//! [`Loader`](source::Loader) that the caller gives. The stages, each of which hands over an immutable value:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | text | raw trees with places |
//! | [`overlay`] | a raw tree and an overlay | a raw tree |
//! | [`choices`] | TOML of the user | what is chosen about a document |
//! | [`document`] | raw trees | typed nodes, references resolved |
//! | [`schema`] | a place in a raw tree | a schema's keywords, and what schemas mean together |
//! | [`report`] | diagnostics | text |

pub mod choices;
pub mod diagnostics;
pub mod document;
pub mod formats;
pub mod limits;
pub mod media_type;
pub mod methods;
pub mod node;
pub mod overlay;
pub mod parallel;
pub mod path_template;
pub mod pointer;
pub mod report;
pub mod schema;
pub mod similar;
pub mod source;
pub mod trail;
