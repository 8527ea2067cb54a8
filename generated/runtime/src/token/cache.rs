//! A source of tokens that keeps them, and renews them in time.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::core::{Core, Settings};
use super::error::TokenError;
use super::issuer::Issuer;
use super::scopes::Scopes;
use super::slot::Slot;
use super::source::{Token, TokenFuture, TokenSource};
use super::store::{MemoryStore, StoreError, TokenStore};
use crate::block_on::block_on;
use crate::clock::Clock;
use crate::operation::runs_tasks;
use crate::retry::random;
use crate::transport_error::TransportErrorKind;

/// Gives a valid token at any time, from any task or thread. Cheap to clone; clones share the tokens.
///
/// - Nothing is fetched before a token is asked for. A token is kept for each set of scopes.
/// - A token is renewed before it expires: five minutes before, or a tenth of its life before if that is less. A random delay is added, at
///   most half of this time, so that programs do not renew all at once. One renewal runs at a time. While it runs, and if it fails, the old
///   token is given out as long as it is valid. A failed renewal is tried again after a while.
/// - Without a valid token all callers wait for one renewal. If it fails, all of them get its error, and the next call tries anew.
/// - A renewal goes on when its caller stops waiting: in a Tokio runtime by itself, elsewhere with the next call.
/// - A refresh token is sent once. The refresh token of the reply replaces it. If the reply has none, the old one is kept. If the server
///   rejects the refresh token, or no reply comes, a token is minted.
/// - A life that is zero, negative, absent or not a number is unknown. The token then counts as valid for fifteen minutes.
/// - Lives count from the moment a token is asked for. Setting the machine's clock or suspending the machine does not make them longer.
#[derive(Clone)]
pub struct TokenCache {
    core: Arc<Core>,
    slots: Arc<Mutex<HashMap<Scopes, Arc<Slot>>>>,
}

impl TokenCache {
    /// A cache of the tokens of an issuer, with refresh tokens in memory.
    pub fn new(issuer: impl Issuer + 'static) -> Self {
        let settings = Settings {
            margin: Duration::from_secs(300),
            default_life: Duration::from_secs(900),
            limit: Duration::from_secs(10),
            clock: None,
            jitter: Arc::new(random),
        };
        Self::of(Core::new(Arc::new(issuer), Arc::new(MemoryStore::default()), settings))
    }

    fn of(core: Core) -> Self {
        Self { core: Arc::new(core), slots: Arc::default() }
    }

    /// The same cache without tokens, which keeps refresh tokens elsewhere.
    #[must_use]
    pub fn with_store(self, store: impl TokenStore + 'static) -> Self {
        Self::of(Core::new(Arc::clone(&self.core.issuer), Arc::new(store), self.core.settings.clone()))
    }

    /// The same cache without tokens, which renews them this long before they expire.
    #[must_use]
    pub fn with_margin(self, margin: Duration) -> Self {
        self.set(|settings| settings.margin = margin)
    }

    /// The same cache without tokens, which takes this for the life of tokens whose life is not known.
    #[must_use]
    pub fn with_default_life(self, life: Duration) -> Self {
        self.set(|settings| settings.default_life = life)
    }

    /// The same cache without tokens, which gives up an exchange after this time; ten seconds by default.
    #[must_use]
    pub fn with_timeout(self, limit: Duration) -> Self {
        self.set(|settings| settings.limit = limit)
    }

    /// The same cache without tokens, with this clock in place of the transport's.
    #[must_use]
    pub fn with_clock(self, clock: impl Clock + 'static) -> Self {
        self.set(|settings| settings.clock = Some(Arc::new(clock)))
    }

    /// The same cache without tokens, with other random numbers, from 0 up to 1. Use it to repeat a test.
    #[must_use]
    pub fn with_jitter(self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.set(|settings| settings.jitter = Arc::new(jitter))
    }

    fn set(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.core.settings.clone();
        change(&mut settings);
        Self::of(Core::new(Arc::clone(&self.core.issuer), Arc::clone(&self.core.store), settings))
    }

    /// A valid token.
    ///
    /// # Errors
    /// No token is valid, and a new one could not be fetched.
    pub async fn token(&self) -> Result<Token, TokenError> {
        self.token_for(&Scopes::default()).await
    }

    /// A valid token for a set of scopes.
    ///
    /// # Errors
    /// As [`TokenCache::token`].
    pub async fn token_for(&self, scopes: &Scopes) -> Result<Token, TokenError> {
        self.slot(scopes).token(&self.core, scopes).await
    }

    /// As [`TokenCache::token`], waiting on this thread. The client needs a transport that runs without a runtime, such as
    /// `UreqTransport`.
    ///
    /// # Errors
    /// As [`TokenCache::token`]; and the call is made in an asynchronous runtime.
    pub fn token_blocking(&self) -> Result<Token, TokenError> {
        match runs_tasks() {
            true => Err(crate::transport_error::TransportError::from(TransportErrorKind::InRuntime).into()),
            false => block_on(self.token()),
        }
    }

    /// How long a token of this cache is valid from now on.
    pub fn remaining(&self, token: &Token) -> Duration {
        token.left(self.core.now())
    }

    /// Says that a server has rejected a token. The next call renews it. If the cache already has another token, that token stays.
    pub fn invalidate(&self, token: &Token) {
        let slots: Vec<Arc<Slot>> = self.lock().values().cloned().collect();
        slots.iter().for_each(|slot| slot.invalidate(token));
    }

    /// Forgets all tokens and refresh tokens, including those of the store. A token that is being fetched is forgotten when it arrives. The
    /// next call mints a token.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn forget(&self) -> Result<(), StoreError> {
        let forgotten = self.core.forget();
        let slots: Vec<Arc<Slot>> = self.lock().values().cloned().collect();
        slots.iter().for_each(|slot| slot.forget());
        forgotten
    }

    fn slot(&self, scopes: &Scopes) -> Arc<Slot> {
        let mut slots = self.lock();
        if let Some(slot) = slots.get(scopes) {
            return Arc::clone(slot);
        }
        Arc::clone(slots.entry(scopes.clone()).or_default())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Scopes, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenSource for TokenCache {
    fn token<'s>(&'s self, scopes: &'s Scopes) -> TokenFuture<'s> {
        Box::pin(self.token_for(scopes))
    }

    fn invalidate(&self, token: &Token) {
        Self::invalidate(self, token);
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache").finish_non_exhaustive()
    }
}
