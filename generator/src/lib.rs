//! OpenAPI documents to Rust: models, operations and a client.

pub mod diagnostics;
pub mod overlay;
pub mod pointer;
pub mod report;
pub mod source;
