//! A refresh token on its way to the server. It is marked in the store before it is sent, so that nobody else sends it.

use std::mem;

use super::core::Core;
use super::store::{RefreshToken, StoreError, Use};
use crate::secret::Secret;

/// A refresh token that is marked as being sent. If this is dropped before the outcome is known, the token is marked as perhaps spent.
pub(super) struct Spending<'c> {
    core: &'c Core,
    epoch: u64,
    key: &'c str,
    marked: RefreshToken,
    /// How the token was used before.
    before: Use,
    is_settled: bool,
}

impl<'c> Spending<'c> {
    /// Marks a token. `None` if the store has another token, or another mark.
    pub(super) fn begin(
        core: &'c Core,
        epoch: u64,
        key: &'c str,
        token: RefreshToken,
    ) -> Result<Option<Self>, StoreError> {
        let (before, marked) = (token.used, RefreshToken { used: Use::Now, ..token.clone() });
        let is_ours = core.swap(epoch, key, Some(&token), Some(marked.clone()))?;
        Ok(is_ours.then_some(Self { core, epoch, key, marked, before, is_settled: false }))
    }

    pub(super) fn token(&self) -> &Secret {
        &self.marked.secret
    }

    /// Stores the next token, after the server has accepted this one. Without a next token, this one is stored, to be used again.
    pub(super) fn succeed(self, next: Option<Secret>) -> Result<bool, StoreError> {
        let secret = next.unwrap_or_else(|| self.marked.secret.clone());
        self.settle(Some(RefreshToken { secret, used: Use::Not }))
    }

    /// Removes the mark, because the token was not sent, or the server did not act on it.
    pub(super) fn undo(self) -> Result<bool, StoreError> {
        let unmarked = RefreshToken { used: self.before, ..self.marked.clone() };
        self.settle(Some(unmarked))
    }

    /// Removes a token that the server has rejected. Gives false if another cache has replaced it.
    pub(super) fn discard(self) -> Result<bool, StoreError> {
        self.settle(None)
    }

    fn settle(mut self, new: Option<RefreshToken>) -> Result<bool, StoreError> {
        self.is_settled = true;
        self.core.swap(self.epoch, self.key, Some(&self.marked), new)
    }
}

impl Drop for Spending<'_> {
    fn drop(&mut self) {
        if !mem::replace(&mut self.is_settled, true) {
            let doubtful = RefreshToken { used: Use::Perhaps, ..self.marked.clone() };
            // If the store fails, the token stays marked, and counts as perhaps spent after a while.
            let _ = self.core.swap(self.epoch, self.key, Some(&self.marked), Some(doubtful));
        }
    }
}
