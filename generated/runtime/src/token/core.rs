//! What all renewals of a cache share. A renewal holds a `Core`, so a `Core` holds neither tokens nor renewals.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::error::{TokenError, TokenErrorKind};
use super::grant::Grant;
use super::issuer::{GrantFuture, Issuer};
use super::source::Token;
use super::store::{RefreshToken, StoreError, TokenStore};
use crate::clock::{Clock, SystemClock, Timeline};
use crate::race::race;

pub(super) struct Core {
    pub(super) issuer: Arc<dyn Issuer>,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) settings: Settings,
    timeline: Timeline,
    /// The machine's clock. It is used if neither the settings nor the issuer have a clock.
    fallback: SystemClock,
    /// How often everything was forgotten.
    epoch: Mutex<u64>,
}

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) margin: Duration,
    pub(super) default_life: Duration,
    pub(super) limit: Duration,
    pub(super) clock: Option<Arc<dyn Clock>>,
    /// A number from 0 up to 1.
    pub(super) jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Core {
    pub(super) fn new(issuer: Arc<dyn Issuer>, store: Arc<dyn TokenStore>, settings: Settings) -> Self {
        let (timeline, fallback) = (Timeline::new(), SystemClock::new());
        Self { issuer, store, settings, timeline, fallback, epoch: Mutex::default() }
    }

    pub(super) fn now(&self) -> Duration {
        self.timeline.now(self.clock().unwrap_or(&self.fallback))
    }

    pub(super) fn is_valid(&self, token: &Token) -> bool {
        !token.left(self.now()).is_zero()
    }

    /// The clock to wait by. `None` if waiting by it would block a thread that has other work.
    pub(super) fn clock(&self) -> Option<&dyn Clock> {
        self.settings.clock.as_deref().or_else(|| self.issuer.clock())
    }

    /// Waits for a grant, for as long as the cache allows.
    pub(super) async fn within_limit(&self, grant: GrantFuture<'_>) -> Result<Grant, TokenError> {
        match self.clock() {
            Some(clock) => {
                let granted = race(grant, clock.sleep(self.settings.limit)).await;
                granted.unwrap_or_else(|| Err(TokenErrorKind::TimedOut.into()))
            }
            None => grant.await,
        }
    }

    pub(super) fn epoch(&self) -> u64 {
        *self.epoch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the store, unless everything has been forgotten since `epoch`.
    pub(super) fn swap(
        &self,
        epoch: u64,
        key: &str,
        expected: Option<&RefreshToken>,
        new: Option<RefreshToken>,
    ) -> Result<bool, StoreError> {
        let current = self.epoch.lock().unwrap_or_else(PoisonError::into_inner);
        if *current == epoch { self.store.swap(key, expected, new) } else { Ok(false) }
    }

    /// Forgets all refresh tokens, also those that are on their way.
    pub(super) fn forget(&self) -> Result<(), StoreError> {
        let mut epoch = self.epoch.lock().unwrap_or_else(PoisonError::into_inner);
        *epoch += 1;
        self.store.clear()
    }
}
