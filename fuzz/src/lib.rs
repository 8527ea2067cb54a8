//! What the fuzz targets share: documents that nobody would write, the way through the generator, and what must hold for
//! whatever comes out.
//!
//! Takes bytes or a generated document; gives the emitted files, or panics where the generator breaks a promise. The targets
//! in `fuzz_targets/` choose what goes in.

pub mod check;
pub mod document;
pub mod pair;
pub mod run;
mod schema;
mod text;
