//! Facts about the intermediate representation that Rust needs, one table a file.

pub mod ident;
