//! The emitted clients against servers on this machine: what arrives there, and what a caller makes of the reply.
//!
//! `common` holds what is true of every operation, `secrets` what no operation may show, and the other modules the
//! oddities of one API. Whether a reply of status 200 reports a failure is not a client's business, and not tested.

mod bytenite;
mod call;
mod common;
mod netography;
mod operations;
mod purewl;
mod secrets;
pub mod server;
