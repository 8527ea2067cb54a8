//! Tests of the generator and of what it emits; see `it`.

/// The README, whose examples are compiled here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
