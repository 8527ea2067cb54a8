//! The client of `pets.yaml`, made by `build.rs`.

/// What emitted code finds in its crate.
pub mod runtime {
    pub use ::runtime::*;

    ::runtime::call!();
}

include!(concat!(env!("OUT_DIR"), "/api.rs"));

pub use api::*;
pub use runtime::Error;
