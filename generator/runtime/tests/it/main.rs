//! Tests of the runtime, as a crate above it sees it.
#![allow(missing_docs, reason = "tests")]

mod bodies;
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
mod union;

runtime::call!();
