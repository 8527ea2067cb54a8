//! The clock of a client. Tests can replace it.

use std::pin::Pin;
use std::time::Duration;

/// A future that ends after a wait.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that never goes back. A client can send calls again only if its [`Transport`](super::Transport) has one.
pub trait Clock: Send + Sync {
    /// The time since a moment of the clock's choice.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> SleepFuture;
}
