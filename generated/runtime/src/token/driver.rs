//! Continues a renewal after its last waiter has left.
//!
//! In a Tokio runtime, a task continues it. The task ends with the renewal, or when the cache is dropped. Elsewhere, the next caller
//! continues it.

use std::sync::Arc;

use super::shared::Shared;

#[cfg(feature = "reqwest")]
pub(super) fn drive(renewal: &Arc<Shared>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
    let (id, renewal) = (renewal.join(), Arc::downgrade(renewal));
    runtime.spawn(std::future::poll_fn(move |context| match renewal.upgrade() {
        Some(renewal) => renewal.poll(id, context).map(|_| renewal.leave(id)),
        None => std::task::Poll::Ready(()),
    }));
}

#[cfg(not(feature = "reqwest"))]
pub(super) fn drive(_: &Arc<Shared>) {}
