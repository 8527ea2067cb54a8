//! What every operation and every model needs.

mod access;
pub mod decode;
pub mod double_option;
pub mod enumeration;
mod failure;
pub mod int_text;
mod memo;
mod mode;
mod number;
mod reader;
pub mod text;
pub mod union;

#[allow(unused_imports, reason = "an API without such enumerations does not use them")]
pub(crate) use enumeration::{closed_enum, integer_enum, string_enum};
pub use text::Text;
pub use union::{Tagged, serialize_tagged, untagged};
