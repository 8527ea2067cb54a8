//! OpenAPI documents to Rust: models, operations and a client.

pub mod diagnostics;
pub mod pointer;

#[cfg(test)]
pub mod runtime;
#[cfg(test)]
mod runtime_tests;
