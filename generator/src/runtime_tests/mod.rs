//! Tests of the runtime, outside its folder so that no generated crate carries them.
