//! The one binary of integration tests.

mod compatible;
mod compile;
mod diagnostics;
mod documents;
mod features;
mod fourth;
mod golden;
mod items;
mod payloads;
mod snapshot;
mod styles;
mod tidy;
mod trybuild;
mod wire;
