//! Sources of tokens, against endpoints on this machine, with a clock that a test moves by hand.
//!
//! `renewal` holds when a token is fetched, `faults` what happens if that fails, `rotation` what becomes of refresh tokens, `calls` how
//! a client uses a source, `servers` where an exchange goes, `secrets` what nobody may see, and `simulation` all of it by chance. Most
//! tests run twice: with the asynchronous and with the blocking transport.

mod calls;
mod clocks;
mod endpoint;
mod faults;
mod processes;
mod renewal;
mod rotation;
mod secrets;
mod servers;
mod simulation;
mod world;
