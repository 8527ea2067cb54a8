//! Tests of the runtime, outside its folder so that no generated crate carries them.

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
