//! The intermediate representation and its tables to Rust items. Decides nothing: every choice is a fact by then.

pub mod docs;
