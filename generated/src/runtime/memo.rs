//! What the unions of a decoding have found out about its values.
//!
//! A union reads the same value once for each branch of each union around it; without a memory of the outcome, the
//! time doubles with every level of a recursive type. A value is known by its type and a keyed hash, since the reader of
//! a union inside another one sees only copies. The memory ends with the decoding.

use std::any::type_name;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;

use serde_json::Value;

use super::failure::Failure;
use super::mode::Mode;

/// The branch that a value fits, with the mode in which it does, or why there is none.
pub(super) type Outcome = Result<(usize, Mode), Failure>;

/// A value, as read for a union in a mode.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Question {
    union: &'static str,
    mode: Mode,
    value: u64,
}

thread_local! {
    static MEMO: RefCell<HashMap<Question, Outcome>> = RefCell::default();
}

impl Question {
    /// What is to be found out: which branch of `T` the value is, in a mode.
    pub(super) fn new<T>(value: &Value, mode: Mode) -> Self {
        let value = MEMO.with_borrow(|memo| memo.hasher().hash_one(value));
        Self { union: type_name::<T>(), mode, value }
    }

    /// What has been found out.
    pub(super) fn recall(&self) -> Option<Outcome> {
        MEMO.with_borrow(|memo| memo.get(self).cloned())
    }

    /// Remembers what has been found out.
    pub(super) fn note(self, outcome: Outcome) {
        MEMO.with_borrow_mut(|memo| memo.insert(self, outcome));
    }
}

/// Forgets everything.
pub(super) fn clear() {
    MEMO.take();
}
