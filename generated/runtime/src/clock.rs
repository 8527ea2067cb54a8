//! The clock of a client. Tests can replace it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// A future that ends after a wait.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that never goes back. A client can send calls again only if its [`Transport`](super::Transport) has one.
pub trait Clock: Send + Sync {
    /// The time since some moment, which the clock chooses.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> SleepFuture;

    /// The date, which may be wrong and may change.
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Whether other tasks go on while one task waits by this clock. Otherwise, a wait cannot limit the work of another task.
    fn is_concurrent(&self) -> bool {
        false
    }
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        (**self).sleep(duration)
    }

    fn wall(&self) -> SystemTime {
        (**self).wall()
    }

    fn is_concurrent(&self) -> bool {
        (**self).is_concurrent()
    }
}

/// The clock of the machine. Waiting by it blocks the thread.
#[derive(Clone)]
pub(super) struct SystemClock {
    start: Instant,
}

impl SystemClock {
    pub(super) fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(async move { thread::sleep(duration) })
    }
}

/// The time that has passed, however long the machine was suspended.
///
/// On some systems the monotonic clock stops while the machine is suspended, and the wall clock may be set. So both clocks are read, and
/// the longer of their times since the last reading counts. Setting the wall clock back changes nothing. Setting it forward makes things
/// seem older than they are.
pub(super) struct Timeline(Mutex<Looks>);

#[derive(Default)]
struct Looks {
    last: Option<(Duration, SystemTime)>,
    passed: Duration,
}

impl Timeline {
    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    /// The time since the first look.
    pub(super) fn now(&self, clock: &dyn Clock) -> Duration {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, wall) = (clock.now(), clock.wall());
        if let Some((last_now, last_wall)) = looks.last {
            let by_wall = wall.duration_since(last_wall).unwrap_or_default();
            looks.passed = looks.passed.saturating_add(now.saturating_sub(last_now).max(by_wall));
        }
        looks.last = Some((now, wall));
        looks.passed
    }
}
