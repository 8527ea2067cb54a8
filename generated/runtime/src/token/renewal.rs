//! One renewal: refreshes a token if that is possible, and mints one otherwise.

use std::sync::Arc;
use std::time::Duration;

use super::core::Core;
use super::error::{TokenError, TokenErrorKind};
use super::grant::Grant;
use super::scopes::Scopes;
use super::source::Token;
use super::spending::Spending;
use super::store::{RefreshToken, StoreError, Use};
use crate::secret::Secret;

/// How long to wait before looking again whether another cache has a new refresh token.
const LOOK: Duration = Duration::from_millis(50);

/// How often a cache tries to be the first to send a refresh token. After that, it mints a token.
const TRIES: u32 = 200;

/// The next token.
pub(super) async fn renew(core: Arc<Core>, scopes: Scopes, epoch: u64) -> Result<Token, TokenError> {
    let key = format!("{} {}", core.issuer.name(), scopes.text()).trim().to_owned();
    let renewal = Renewal { core: &core, key, scopes: &scopes, epoch };
    let granted = match renewal.refresh().await? {
        Some(granted) => granted,
        None => renewal.mint().await?,
    };
    match core.epoch() == epoch {
        true => Ok(granted),
        false => Err(TokenErrorKind::Forgotten.into()),
    }
}

struct Renewal<'c> {
    core: &'c Core,
    scopes: &'c Scopes,
    key: String,
    epoch: u64,
}

impl Renewal<'_> {
    async fn mint(&self) -> Result<Token, TokenError> {
        let asked = self.core.now();
        let mint = self.core.issuer.mint(self.scopes, self.core.settings.limit);
        match self.core.within_limit(mint).await {
            Ok(grant) => {
                if let Some(refresh_token) = &grant.refresh_token {
                    // If the refresh token cannot be stored, the access token is good all the same.
                    let _ = self.store(refresh_token);
                }
                Ok(self.token(grant, asked))
            }
            // Nothing is minted, so the refresh token that was perhaps spent is tried.
            Err(error) if error.kind() == TokenErrorKind::NoCredential || error.is_rejected() => {
                self.spend(Use::Perhaps).await?.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Gets a token for the refresh token. `None` means that a token has to be minted.
    async fn refresh(&self) -> Result<Option<Token>, TokenError> {
        self.spend(Use::Not).await
    }

    /// Sends the refresh token, if its use so far is `used`. If another cache has replaced it, sends the new one.
    async fn spend(&self, used: Use) -> Result<Option<Token>, TokenError> {
        let mut is_second = false;
        for _ in 0..TRIES {
            if self.core.epoch() != self.epoch {
                return Err(TokenErrorKind::Forgotten.into());
            }
            let Some(token) = self.settled().await?.filter(|token| token.used == used) else { return Ok(None) };
            let Some(spending) = Spending::begin(self.core, self.epoch, &self.key, token)? else { continue };
            let secret = spending.token().clone();
            let asked = self.core.now();
            let limit = self.core.settings.limit;
            let Some(refresh) = self.core.issuer.refresh(&secret, self.scopes, limit) else {
                spending.undo()?;
                return Ok(None);
            };
            match self.core.within_limit(refresh).await {
                Ok(grant) => {
                    // If the refresh token cannot be stored, the access token is good all the same.
                    let _ = spending.succeed(grant.refresh_token.clone());
                    return Ok(Some(self.token(grant, asked)));
                }
                Err(error) if error.is_unsent() || error.is_put_off() => {
                    spending.undo()?;
                    return Err(error);
                }
                // Another cache may have replaced the rejected token. The new token must not be removed.
                Err(error) if error.is_rejected() => {
                    if spending.discard()? || is_second {
                        return Ok(None);
                    }
                    is_second = true;
                }
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// The stored refresh token. While another cache sends it, waits for the outcome.
    async fn settled(&self) -> Result<Option<RefreshToken>, StoreError> {
        let start = self.core.now();
        loop {
            let token = match self.core.store.load(&self.key)? {
                Some(token) if token.used == Use::Now => token,
                other => return Ok(other),
            };
            let waited = self.core.now().saturating_sub(start);
            match self.core.clock().filter(|_| waited < self.core.settings.limit) {
                Some(clock) => clock.sleep(LOOK).await,
                None => return self.give_up(token),
            }
        }
    }

    /// Takes over a token that another cache has marked and not settled. It counts as perhaps spent.
    fn give_up(&self, token: RefreshToken) -> Result<Option<RefreshToken>, StoreError> {
        let doubtful = RefreshToken { used: Use::Perhaps, ..token.clone() };
        self.core.swap(self.epoch, &self.key, Some(&token), Some(doubtful))?;
        self.core.store.load(&self.key)
    }

    /// Stores the refresh token that came with a minted token, in place of any other.
    fn store(&self, secret: &Secret) -> Result<(), StoreError> {
        let new = RefreshToken { secret: secret.clone(), used: Use::Not };
        for _ in 0..3 {
            let stored = self.core.store.load(&self.key)?;
            if self.core.swap(self.epoch, &self.key, stored.as_ref(), Some(new.clone()))? {
                break;
            }
        }
        Ok(())
    }

    fn token(&self, grant: Grant, asked: Duration) -> Token {
        let settings = &self.core.settings;
        let life = grant.life.unwrap_or(settings.default_life);
        // A margin that is longer than the life would renew without end.
        let margin = settings.margin.min(life / 10);
        // The renewal begins in the first half of the margin.
        let jitter = margin.mul_f64((settings.jitter)().clamp(0.0, 1.0) / 2.0);
        let end = asked.saturating_add(life);
        Token::until(grant.token, end.saturating_sub(margin).saturating_add(jitter), end)
    }
}
