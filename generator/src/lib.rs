//! OpenAPI documents to Rust: models, operations and a client.

pub mod analyze;
pub mod diagnostics;
pub mod emit;
pub mod pointer;
