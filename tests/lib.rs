//! Tests of the generator and of what it emits; see `it`.
//!
//! What is emitted of `values/openapi.yaml` and `styles/openapi.yaml` are modules here, above the same runtime as in any emitted
//! crate: in a library, what no test calls is no dead code.

#[path = "values/api/mod.rs"]
#[rustfmt::skip]
pub mod values;
#[path = "../generated/src/runtime/mod.rs"]
pub mod runtime;
#[path = "styles/api/mod.rs"]
#[rustfmt::skip]
pub mod styles;

/// The README, whose examples are compiled here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
