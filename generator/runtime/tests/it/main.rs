//! Tests of the runtime, as a crate above it sees it.
#![allow(missing_docs, reason = "tests")]

#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod chance;
#[cfg(feature = "checks")]
mod checks;
mod conditions;
mod decode;
mod double;
mod events;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod faults;
#[cfg(all(feature = "blocking", feature = "http2", feature = "reqwest"))]
mod http2;
#[cfg(feature = "testing")]
mod mock;
mod models;
#[cfg(feature = "reqwest")]
mod network;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod redirects;
mod replies;
mod requests;
mod resumed;
mod retries;
mod scripted;
mod secrets;
mod security;
#[cfg(feature = "reqwest")]
mod server;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod streamed;
mod styles;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod tls;
#[cfg(all(feature = "blocking", feature = "file-store", feature = "reqwest", feature = "testing"))]
mod tokens;
mod tolerance;
#[cfg(feature = "tower")]
mod towered;
mod union;
mod work;

// The models of the fuzzed reader.
#[path = "../../../../fuzz/fuzz_targets/reader/counted.rs"]
mod counted;
#[path = "../../../../fuzz/fuzz_targets/reader/models.rs"]
mod every;

runtime::call!();
