//! Tests of the runtime, outside its folder because that is copied into the output.

mod decode;
mod models;
mod union;
