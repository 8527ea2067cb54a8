//! The time as a client sees it, so that tests can put a clock of their own in its place.

use std::pin::Pin;
use std::time::Duration;

/// A future that ends after a wait.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that never goes back. A [`Transport`](super::Transport) has one if calls are to be sent again after a wait.
pub trait Clock: Send + Sync {
    /// The time since a moment of the clock's choice.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> SleepFuture;
}
