//! OpenAPI documents to Rust: models, operations and a client.

pub mod diagnostics;
pub mod pointer;

/// Compiled here for its tests; public, as it is in the crates it is copied into.
#[cfg(test)]
pub mod runtime;
#[cfg(test)]
mod runtime_tests;
