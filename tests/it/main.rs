//! The one binary of integration tests.

mod compatible;
mod compile;
mod dependencies;
mod diagnostics;
mod diff;
mod documents;
mod enumerations;
mod features;
mod fourth;
mod golden;
mod hostile;
mod items;
mod payloads;
mod rules;
mod snapshot;
mod styles;
mod tidy;
mod trybuild;
mod wire;
