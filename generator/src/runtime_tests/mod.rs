//! Tests of the runtime, outside its folder so that no generated crate carries them.

mod bodies;
mod decode;
mod double;
mod models;
mod network;
mod replies;
mod requests;
mod secrets;
mod security;
mod server;
mod styles;
mod union;
