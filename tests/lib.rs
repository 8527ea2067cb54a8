//! Tests of the generator and of what it emits; see `it`.
//!
//! What is emitted of `values/openapi.yaml`, `styles/openapi.yaml` and `lighthouse/openapi.yaml` are modules here. They are
//! in a library, because the compiler warns of unused functions in a test program.

#[path = "values/api/mod.rs"]
#[rustfmt::skip]
pub mod values;
#[path = "styles/api/mod.rs"]
#[rustfmt::skip]
pub mod styles;
#[path = "lighthouse/api/mod.rs"]
#[rustfmt::skip]
pub mod lighthouse;

pub mod runtime {
    //! As in an emitted crate.

    pub use ::runtime::*;

    ::runtime::call!();
}

/// The README, whose examples are compiled here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The README of the emitted crate, whose examples are compiled here.
#[cfg(doctest)]
#[doc = include_str!("../generated/README.md")]
pub struct EmittedReadme;
