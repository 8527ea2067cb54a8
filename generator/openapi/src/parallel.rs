//! Work on all cores of the machine.

use std::iter;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

/// The size of the stack of a function that does not need a large one, in bytes.
const STACK: usize = 1 << 20;

/// How many parts a core gets. There are several, because some parts take longer than others.
const PARTS_PER_CORE: usize = 4;

static CORES: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZeroUsize::get));

/// Applies a function to values, on all cores if there are at least `enough` of them, because a thread takes time to start and needs memory.
/// The results are in the order of the values.
pub fn map<T: Send, R: Send>(values: Vec<T>, enough: usize, function: impl Fn(T) -> R + Sync) -> Vec<R> {
    map_deep(values, enough, STACK, function)
}

/// The same as [`map`], for a function that needs a large stack. `stack` is its size in bytes.
pub fn map_deep<T: Send, R: Send>(
    values: Vec<T>,
    enough: usize,
    stack: usize,
    function: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let others = if values.len() < enough { 0 } else { *CORES - 1 };
    let waiting = Mutex::new(values.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    // Each worker takes the next value, so all workers end at about the same time.
    let work = || iter::from_fn(next).map(|(index, value)| (index, function(value))).collect::<Vec<_>>();
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map_while(|_| spawned(scope, stack, work)).collect();
        let mut results = stacker::maybe_grow(stack / 2, stack, work);
        results.extend(others.into_iter().flat_map(joined));
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Cuts a slice into parts and applies a function to each, on all cores if the slice has at least `enough` values. The results are in the
/// order of the parts.
pub fn map_parts<T: Sync, R: Send>(values: &[T], enough: usize, function: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let parts = if values.len() < enough { 1 } else { PARTS_PER_CORE * *CORES };
    let parts: Vec<&[T]> = values.chunks(values.len().div_ceil(parts).max(1)).collect();
    map(parts, 2, function)
}

/// The results of two computations that run at the same time.
pub fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (joined(first), second)
    })
}

/// Starts a thread. `None` if the system has no memory for one.
fn spawned<'s, R: Send + 's>(
    scope: &'s Scope<'s, '_>,
    stack: usize,
    work: impl FnOnce() -> R + Send + 's,
) -> Option<ScopedJoinHandle<'s, R>> {
    thread::Builder::new().stack_size(stack).spawn_scoped(scope, work).ok()
}

/// Waits for a thread, and gives its result. A thread has no result only if it panics. Then this panics too.
fn joined<R>(thread: ScopedJoinHandle<'_, R>) -> R {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
