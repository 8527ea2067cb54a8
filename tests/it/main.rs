//! The one binary of integration tests.

mod payloads;
mod wire;
