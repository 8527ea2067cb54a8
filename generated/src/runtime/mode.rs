//! How closely a value must follow its declaration, and how much work a decoding may cost.
//!
//! Both are kept for the thread while a decoding runs, because `Deserialize` has no place for them: an enumeration or
//! a union that is read deep inside another union must know how that one is reading. Nothing is kept after it.

use std::cell::Cell;

use serde_json::Value;

use super::memo;

/// How closely a value must follow its declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// As declared: undeclared members and values are errors.
    Exact,
    /// As declared, undeclared members aside.
    Strict,
    /// What servers send in practice is accepted, see [`decode`](super::decode).
    Lenient,
}

impl Mode {
    /// The mode of the decoding under way on this thread; lenient if there is none.
    #[must_use]
    pub fn current() -> Self {
        STATE.get().map_or(Self::Lenient, |state| state.mode)
    }

    /// The modes that are at least as close as this one, the closest first.
    pub(super) fn and_closer(self) -> impl Iterator<Item = Self> {
        [Self::Exact, Self::Strict, Self::Lenient].into_iter().filter(move |mode| *mode <= self)
    }
}

/// What a decoding may cost: enough for any real use of unions, and an end to a body that makes recursive unions try
/// every combination of their branches.
const BASE_BUDGET: u64 = 1_000_000;
const BUDGET_PER_NODE: u64 = 100;

/// The nesting that `serde_json` reads.
pub(super) const MAX_DEPTH: u8 = 128;

#[derive(Clone, Copy)]
struct State {
    mode: Mode,
    budget: u64,
}

thread_local! {
    static STATE: Cell<Option<State>> = const { Cell::new(None) };
}

/// Whether a decoding is under way on this thread.
pub(super) fn is_decoding() -> bool {
    STATE.get().is_some()
}

/// Reads `value` in a mode: as part of the decoding under way, or as one of its own.
pub(super) fn within<R>(mode: Mode, value: &Value, read: impl FnOnce() -> R) -> R {
    let outer = STATE.get();
    let budget = outer.map_or_else(|| BASE_BUDGET + BUDGET_PER_NODE * nodes(value, MAX_DEPTH), |state| state.budget);
    STATE.set(Some(State { mode, budget }));
    let _restore = Restore(outer);
    read()
}

/// Takes one step off what the decoding may cost; false if nothing is left.
pub(super) fn spend() -> bool {
    let Some(state) = STATE.get() else { return true };
    let left = state.budget.checked_sub(1);
    STATE.set(Some(State { budget: left.unwrap_or(0), ..state }));
    left.is_some()
}

/// Puts the outer mode back, also when a `Deserialize` panics. What was spent stays spent.
struct Restore(Option<State>);

impl Drop for Restore {
    fn drop(&mut self) {
        let spent = STATE.get();
        STATE.set(self.0.map(|outer| State { budget: spent.map_or(0, |state| state.budget), ..outer }));
        if self.0.is_none() {
            memo::clear();
        }
    }
}

fn nodes(value: &Value, depth: u8) -> u64 {
    let Some(depth) = depth.checked_sub(1) else { return 1 };
    match value {
        Value::Array(items) => items.iter().map(|item| nodes(item, depth)).sum::<u64>() + 1,
        Value::Object(members) => members.values().map(|member| nodes(member, depth)).sum::<u64>() + 1,
        _ => 1,
    }
}
