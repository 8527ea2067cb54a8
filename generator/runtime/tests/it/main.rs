//! Tests of the runtime, as a crate above it sees it.
#![allow(missing_docs, reason = "tests")]

mod bodies;
mod chance;
#[cfg(feature = "checks")]
mod checks;
mod decode;
mod double;
mod events;
mod models;
#[cfg(feature = "reqwest")]
mod network;
mod replies;
mod requests;
mod secrets;
mod security;
#[cfg(feature = "reqwest")]
mod server;
mod styles;
mod tolerance;
mod union;

// The models of the fuzzed reader.
#[path = "../../../../fuzz/fuzz_targets/reader/counted.rs"]
mod counted;
#[path = "../../../../fuzz/fuzz_targets/reader/models.rs"]
mod every;

runtime::call!();
