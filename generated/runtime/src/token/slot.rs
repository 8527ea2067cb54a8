//! The token for one set of scopes, and its renewal.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use super::core::Core;
use super::error::TokenErrorKind;
use super::renewal::renew;
use super::scopes::Scopes;
use super::shared::{Renewed, Shared};
use super::source::Token;
use crate::race::race;

/// How long a caller waits for the renewal of a token that is still valid.
const PATIENCE: Duration = Duration::from_secs(2);

/// The waits after early renewals that failed: the first, and the longest.
const WAITS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

#[derive(Default)]
pub(super) struct Slot(Mutex<State>);

#[derive(Default)]
struct State {
    token: Option<Token>,
    renewal: Option<Arc<Shared>>,
    /// How many early renewals have failed in a row, and when to try again.
    failures: u32,
    retry: Duration,
}

/// What a caller does.
enum Step {
    Take(Token),
    /// The token is valid, but due for renewal. The first caller waits for the renewal for a short time.
    Renew {
        valid: Token,
        renewal: Arc<Shared>,
        is_first: bool,
    },
    Wait {
        renewal: Arc<Shared>,
        was_idle: bool,
    },
}

impl Slot {
    /// A valid token.
    pub(super) async fn token(&self, core: &Arc<Core>, scopes: &Scopes) -> Renewed {
        // A renewal that earlier callers have left may have failed long ago, and a token that has just arrived may have expired on its
        // way. So the step is taken up to two times.
        let mut last = TokenErrorKind::Expired.into();
        for _ in 0..2 {
            match self.step(core, scopes) {
                Step::Take(token) => return Ok(token),
                Step::Renew { valid, renewal, is_first } => {
                    let token = self.early(core, valid, &renewal, is_first).await;
                    if core.is_valid(&token) {
                        return Ok(token);
                    }
                }
                Step::Wait { renewal, was_idle } => {
                    let renewed = renewal.wait().await;
                    self.settle(core, &renewal, &renewed);
                    match renewed {
                        Ok(token) if core.is_valid(&token) => return Ok(token),
                        Ok(_) => {}
                        Err(error) if was_idle => last = error,
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Err(last)
    }

    /// Drops a token that a server has rejected.
    pub(super) fn invalidate(&self, token: &Token) {
        let mut state = self.lock();
        if state.token.as_ref() == Some(token) {
            state.token = None;
        }
    }

    /// Drops the token, and the renewal that is in progress.
    pub(super) fn forget(&self) {
        *self.lock() = State::default();
    }

    fn step(&self, core: &Arc<Core>, scopes: &Scopes) -> Step {
        let mut state = self.lock();
        let now = core.now();
        let valid = state.token.clone().filter(|token| !token.left(now).is_zero());
        if let Some(token) = valid.as_ref().filter(|token| !token.is_due(now) || state.is_waiting(now)) {
            return Step::Take(token.clone());
        }
        let known = state.renewal.clone();
        let is_first = known.is_none();
        let was_idle = known.as_ref().is_some_and(|renewal| renewal.is_idle());
        let renewal = known.unwrap_or_else(|| Shared::new(renew(Arc::clone(core), scopes.clone(), core.epoch())));
        state.renewal = Some(Arc::clone(&renewal));
        match valid {
            Some(valid) => Step::Renew { valid, renewal, is_first },
            None => Step::Wait { renewal, was_idle },
        }
    }

    /// Renews a token that is still valid. Gives the old token if the renewal fails or takes too long.
    async fn early(&self, core: &Core, valid: Token, renewal: &Arc<Shared>, is_first: bool) -> Token {
        let wait = renewal.wait();
        let renewed = match core.clock().filter(|_| is_first) {
            Some(clock) => race(wait, clock.sleep(PATIENCE.min(valid.left(core.now()) / 2))).await,
            None if is_first => Some(wait.await),
            None => look(wait).await,
        };
        let Some(renewed) = renewed else { return valid };
        self.settle(core, renewal, &renewed);
        renewed.ok().filter(|token| core.is_valid(token)).unwrap_or(valid)
    }

    /// Stores the outcome of a renewal. Only the first caller that sees the outcome does so.
    fn settle(&self, core: &Core, renewal: &Arc<Shared>, renewed: &Renewed) {
        let mut state = self.lock();
        if !state.renewal.as_ref().is_some_and(|current| Arc::ptr_eq(current, renewal)) {
            return;
        }
        state.renewal = None;
        match renewed {
            Ok(token) => *state = State { token: Some(token.clone()), ..State::default() },
            Err(_) => state.delay(core.now()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether it is too early to try an early renewal again.
    fn is_waiting(&self, now: Duration) -> bool {
        self.renewal.is_none() && self.failures > 0 && now < self.retry
    }

    fn delay(&mut self, now: Duration) {
        let (first, longest) = WAITS;
        let factor = 1_u32.checked_shl(self.failures).unwrap_or(u32::MAX);
        self.failures = self.failures.saturating_add(1);
        self.retry = now.saturating_add(first.saturating_mul(factor).min(longest));
    }
}

/// The result of a future, if its first poll gives one.
async fn look<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}
