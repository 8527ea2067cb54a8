//! Continues a renewal after its last waiter has left.
//!
//! In a Tokio runtime, a task continues it. The task ends with the renewal, or when the cache is dropped. Elsewhere, the next caller
//! continues it.

use std::sync::Arc;
#[cfg(feature = "reqwest")]
use std::sync::Weak;

use super::shared::Shared;

#[cfg(feature = "reqwest")]
pub(super) fn drive(renewal: &Arc<Shared>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
    let driver = Driver { id: renewal.join(), renewal: Arc::downgrade(renewal) };
    runtime.spawn(std::future::poll_fn(move |context| match driver.renewal.upgrade() {
        Some(renewal) => renewal.poll(driver.id, context).map(|_| ()),
        None => std::task::Poll::Ready(()),
    }));
}

/// The task, as a waiter. It leaves when it is dropped, also if the runtime ends before the renewal.
#[cfg(feature = "reqwest")]
struct Driver {
    id: u64,
    renewal: Weak<Shared>,
}

#[cfg(feature = "reqwest")]
impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(renewal) = self.renewal.upgrade() {
            renewal.leave(self.id);
        }
    }
}

#[cfg(not(feature = "reqwest"))]
pub(super) fn drive(_: &Arc<Shared>) {}
