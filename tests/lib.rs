//! Tests of the generator and of what it emits; see `it`.
