//! The one binary of integration tests.

mod choices;
mod compatible;
mod corrections;
#[cfg(feature = "crates")]
mod crates;
mod dependencies;
mod diagnostics;
mod diff;
mod documents;
mod edits;
mod enumerations;
mod explanations;
mod features;
mod fourth;
mod golden;
mod growth;
mod items;
mod limits;
mod mounted;
mod names;
mod payloads;
mod recipes;
mod rules;
mod snapshot;
mod split;
mod styles;
mod subset;
mod tidy;
mod tokens;
mod ui;
mod values;
mod wire;
