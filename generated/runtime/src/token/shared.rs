//! A renewal that several callers wait for. Each of them can continue it, so that it ends even if some of them stop waiting.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

use super::driver::drive;
use super::error::{TokenError, TokenErrorKind};
use super::source::Token;

/// What a renewal gives.
pub(super) type Renewed = Result<Token, TokenError>;

/// A renewal in progress, or its outcome.
pub(super) struct Shared {
    /// `None` when the renewal has ended.
    work: Mutex<Option<Work>>,
    outcome: OnceLock<Renewed>,
    waiters: Arc<Waiters>,
}

type Work = Pin<Box<dyn Future<Output = Renewed> + Send>>;

impl Shared {
    pub(super) fn new(work: impl Future<Output = Renewed> + Send + 'static) -> Arc<Self> {
        let work: Work = Box::pin(work);
        Arc::new(Self { work: Mutex::new(Some(work)), outcome: OnceLock::new(), waiters: Arc::default() })
    }

    /// Waits for the outcome.
    pub(super) fn wait(self: &Arc<Self>) -> Wait {
        Wait { shared: Arc::clone(self), id: self.waiters.join() }
    }

    /// Whether nobody waits for it.
    pub(super) fn is_idle(&self) -> bool {
        self.waiters.lock().is_empty()
    }

    /// Continues the work, unless another waiter is doing so at this moment. The other waiter wakes all waiters at the end.
    pub(super) fn poll(&self, id: u64, context: &Context<'_>) -> Poll<Renewed> {
        // This comes first, so that anything that happens after the check below wakes this waiter.
        self.waiters.register(id, context.waker());
        if self.outcome.get().is_none() {
            self.drive_on();
        }
        self.outcome.get().map_or(Poll::Pending, |renewed| Poll::Ready(renewed.clone()))
    }

    fn drive_on(&self) {
        let mut work = match self.work.try_lock() {
            Ok(work) => work,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        let Some(Poll::Ready(renewed)) = work.as_mut().map(|work| step(work, &self.waiters)) else { return };
        *work = None;
        // The outcome is set only once, because the work is dropped before the outcome is set.
        let _ = self.outcome.set(renewed);
        drop(work);
        self.waiters.wake_by_ref();
    }

    /// Adds a waiter that continues the work and does not take the outcome.
    #[cfg(feature = "reqwest")]
    pub(super) fn join(&self) -> u64 {
        self.waiters.join()
    }

    #[cfg(feature = "reqwest")]
    pub(super) fn leave(&self, id: u64) {
        self.waiters.leave(id);
    }
}

/// A panic of an issuer must not keep all others waiting.
fn step(work: &mut Work, waiters: &Arc<Waiters>) -> Poll<Renewed> {
    let waker = Waker::from(Arc::clone(waiters));
    let mut context = Context::from_waker(&waker);
    let stepped = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(&mut context)));
    stepped.unwrap_or_else(|_| Poll::Ready(Err(TokenErrorKind::Panicked.into())))
}

/// Wakes the tasks that continue the renewal, so that they see that the renewal is gone.
impl Drop for Shared {
    fn drop(&mut self) {
        self.waiters.wake_by_ref();
    }
}

/// A waiter: a caller that waits for a renewal.
pub(super) struct Wait {
    shared: Arc<Shared>,
    id: u64,
}

impl Future for Wait {
    type Output = Renewed;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Renewed> {
        self.shared.poll(self.id, context)
    }
}

/// Lets the work go on without this waiter. Another waiter continues it, or [`drive`] if this was the last waiter.
impl Drop for Wait {
    fn drop(&mut self) {
        let is_last = self.shared.waiters.leave(self.id);
        match self.shared.outcome.get() {
            Some(_) => {}
            None if is_last => drive(&self.shared),
            None => self.shared.waiters.wake_by_ref(),
        }
    }
}

/// The waiters, each with the waker that wakes it.
#[derive(Default)]
struct Waiters {
    list: Mutex<HashMap<u64, Option<Waker>>>,
    next: AtomicU64,
}

impl Waiters {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Option<Waker>>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(&self) -> u64 {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.lock().insert(id, None);
        id
    }

    fn register(&self, id: u64, waker: &Waker) {
        self.lock().insert(id, Some(waker.clone()));
    }

    /// Removes a waiter. Says whether it was the last one.
    fn leave(&self, id: u64) -> bool {
        let mut list = self.lock();
        list.remove(&id);
        list.is_empty()
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut wakers: Vec<(u64, Waker)> =
            self.lock().iter_mut().filter_map(|(id, waker)| Some((*id, waker.take()?))).collect();
        wakers.sort_unstable_by_key(|(id, _)| *id);
        for (_, waker) in wakers {
            waker.wake();
        }
    }
}
