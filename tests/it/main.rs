//! The one binary of integration tests.

mod compatible;
mod compile;
mod diagnostics;
mod documents;
mod fourth;
mod golden;
mod payloads;
mod snapshot;
mod tidy;
mod trybuild;
mod wire;
