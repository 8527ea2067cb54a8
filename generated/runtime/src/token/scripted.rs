//! A source of tokens for tests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::{TokenError, TokenErrorKind};
use super::scopes::Scopes;
use super::source::{Token, TokenFuture, TokenSource};
use crate::secret::Secret;

/// A source that answers as a test says, and keeps the requests. Clones share the answers and the requests.
///
/// The answers are given in order. A token is given again and again, until it is invalidated. A failure is given once. After the last
/// answer, the source fails with [`TokenErrorKind::NoCredential`].
#[derive(Clone, Default)]
pub struct ScriptedTokens(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: VecDeque<Result<Token, TokenError>>,
    asked: Vec<Scopes>,
    invalidated: Vec<Token>,
}

impl ScriptedTokens {
    /// A source without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next token.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        self.script().answers.push_back(Ok(Token::new(Secret::from(token))));
        self
    }

    /// The next failure.
    #[must_use]
    pub fn fail(self, kind: TokenErrorKind) -> Self {
        self.script().answers.push_back(Err(kind.into()));
        self
    }

    /// The scopes of every request for a token, in order.
    pub fn asked(&self) -> Vec<Scopes> {
        self.script().asked.clone()
    }

    /// The tokens that were invalidated, in order.
    pub fn invalidated(&self) -> Vec<Token> {
        self.script().invalidated.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, scopes: &Scopes) -> Result<Token, TokenError> {
        let mut script = self.script();
        script.asked.push(scopes.clone());
        match script.answers.front() {
            Some(Ok(token)) => Ok(token.clone()),
            Some(Err(_)) => script.answers.pop_front().unwrap_or_else(|| Err(TokenErrorKind::NoCredential.into())),
            None => Err(TokenErrorKind::NoCredential.into()),
        }
    }
}

impl TokenSource for ScriptedTokens {
    fn token<'s>(&'s self, scopes: &'s Scopes) -> TokenFuture<'s> {
        Box::pin(std::future::ready(self.answer(scopes)))
    }

    fn invalidate(&self, token: &Token) {
        let mut script = self.script();
        script.invalidated.push(token.clone());
        if script.answers.front().is_some_and(|answer| answer.as_ref().is_ok_and(|current| current == token)) {
            script.answers.pop_front();
        }
    }
}

impl fmt::Debug for ScriptedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScriptedTokens(..)")
    }
}
