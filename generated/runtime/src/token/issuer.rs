//! How a token is minted and refreshed: by calls that are described in tables, or in another way.

use std::fmt;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use super::client::ClientCredentials;
use super::credential::Credential;
use super::error::TokenError;
use super::exchange::{Exchange, Given, Member};
use super::grant::Grant;
use super::scopes::Scopes;
use crate::client::HttpClient;
use crate::clock::Clock;
use crate::input::look;
use crate::reply::Reply;
use crate::request_body::RequestBody;
use crate::retry::{Harmless, Retry};
use crate::secret::Secret;
use crate::transport_error::TransportError;

/// What an [`Issuer`] gives: a grant, once it is there.
pub type GrantFuture<'i> = Pin<Box<dyn Future<Output = Result<Grant, TokenError>> + Send + 'i>>;

/// Gets tokens from a server. It does not keep them, because [`TokenCache`](super::TokenCache) does.
///
/// It must not ask the cache that it belongs to for a token.
pub trait Issuer: Send + Sync {
    /// A new token for the credentials.
    fn mint<'i>(&'i self, scopes: &'i Scopes, limit: Duration) -> GrantFuture<'i>;

    /// A new token for a refresh token. The refresh token must be sent at most once. `None` if the server does not refresh tokens.
    fn refresh<'i>(&'i self, token: &'i Secret, scopes: &'i Scopes, limit: Duration) -> Option<GrantFuture<'i>> {
        let _ = (token, scopes, limit);
        None
    }

    /// The clock that measures the lives of tokens. Without one, the clock of the machine is used.
    fn clock(&self) -> Option<&dyn Clock> {
        None
    }

    /// Tells the refresh tokens of this issuer from those of others in one store. It is part of the store's keys, so it must hold no secret.
    fn name(&self) -> String {
        String::new()
    }
}

/// An issuer whose calls are described by tables.
pub struct DescribedIssuer {
    http: HttpClient,
    mint: &'static Exchange,
    refresh: Option<&'static Exchange>,
    credentials: Vec<Box<dyn Credential>>,
    client: Option<ClientCredentials>,
}

impl DescribedIssuer {
    /// An issuer that mints with these credentials, in the order in which the tables count them.
    pub fn new(http: &HttpClient, mint: &'static Exchange, credentials: Vec<Box<dyn Credential>>) -> Self {
        Self { http: http.clone(), mint, refresh: None, credentials, client: None }
    }

    /// The same issuer, which can refresh tokens.
    #[must_use]
    pub fn with_refresh(self, refresh: &'static Exchange) -> Self {
        Self { refresh: Some(refresh), ..self }
    }

    /// The same issuer, which authenticates the client as OAuth has it.
    #[must_use]
    pub fn with_client(self, client: ClientCredentials) -> Self {
        Self { client: Some(client), ..self }
    }

    async fn exchange(
        &self,
        exchange: &Exchange,
        refresh_token: Option<&Secret>,
        scopes: &Scopes,
        limit: Duration,
    ) -> Result<Grant, TokenError> {
        let given = Given { credentials: &self.credentials, client: self.client.as_ref(), refresh_token, scopes };
        let http = match exchange.token_server() {
            Some(server) => self.http.of_tokens(server)?,
            None => self.http.clone(),
        };
        let mut again = Again::new(&http, refresh_token.is_none(), limit);
        let reply = loop {
            // The request is written for each attempt, because a server may accept a signed credential only once.
            let request = http.prepare(exchange.request(&given)?)?;
            let outcome = again.http.execute(request.clone()).await;
            if !again.after(request, &outcome).await {
                break outcome?;
            }
        };
        match reply.status_code().is_success() {
            true => Grant::read(&reply, &exchange.reply)
                .map_err(|kind| TokenError::without_token(kind, code(&reply).as_deref())),
            false => Err(self.failure(reply)),
        }
    }

    fn failure(&self, reply: Reply) -> TokenError {
        let here = self.http.clock().map_or_else(SystemTime::now, Clock::wall);
        let date = reply.headers().get(http::header::DATE).and_then(|date| date.to_str().ok());
        let there = date.and_then(|date| httpdate::parse_http_date(date).ok());
        let code = code(&reply);
        TokenError::answered(reply.unsuccessful(), code.as_deref(), here, there)
    }
}

/// The error code of a reply (RFC 6749, 5.2). Some servers send it with a successful status.
fn code(reply: &Reply) -> Option<String> {
    look(reply.body(), |body| Some(body.pointed("/error")?.text()?.into_owned())).ok().flatten()
}

/// Whether an exchange is repeated. A mint may be repeated. A refresh token is sent once, because the server may have spent it.
struct Again<'i> {
    /// Sends each request once.
    http: HttpClient,
    clock: Option<&'i dyn Clock>,
    retry: Retry,
    attempt: u32,
    end: Duration,
}

impl<'i> Again<'i> {
    fn new(http: &'i HttpClient, is_mint: bool, limit: Duration) -> Self {
        let limit = limit.min(http.timeout());
        let retry = if is_mint { http.retry().cloned().unwrap_or_default() } else { Retry::never() };
        let clock = http.clock();
        let end = clock.map_or(Duration::ZERO, |clock| clock.now().saturating_add(limit));
        // The request holds a credential, so it follows no redirect.
        let http = http.clone().with_timeout(limit).with_retry(Retry::never()).with_redirects(0);
        Self { http, clock, retry, attempt: 1, end }
    }

    /// Whether the exchange is to be repeated. If it is, waits first.
    async fn after(
        &mut self,
        mut request: http::Request<RequestBody>,
        outcome: &Result<Reply, TransportError>,
    ) -> bool {
        let Some(clock) = self.clock else { return false };
        let left = self.end.saturating_sub(clock.now());
        request.extensions_mut().insert(Harmless);
        let seen = outcome.as_ref().map(|reply| (reply.status_code(), reply.headers()));
        let Some(wait) = self.retry.wait(&request, seen, self.attempt, left) else { return false };
        clock.sleep(wait).await;
        self.attempt += 1;
        self.http = self.http.clone().with_timeout(self.end.saturating_sub(clock.now()));
        true
    }
}

impl Issuer for DescribedIssuer {
    fn mint<'i>(&'i self, scopes: &'i Scopes, limit: Duration) -> GrantFuture<'i> {
        Box::pin(self.exchange(self.mint, None, scopes, limit))
    }

    fn refresh<'i>(&'i self, token: &'i Secret, scopes: &'i Scopes, limit: Duration) -> Option<GrantFuture<'i>> {
        let refresh = self.refresh?;
        Some(Box::pin(self.exchange(refresh, Some(token), scopes, limit)))
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.http.clock()
    }

    fn name(&self) -> String {
        let at_url = self.mint.token_server().and_then(|server| self.http.of_tokens(server).ok());
        let base = at_url.as_ref().unwrap_or(&self.http).base_url();
        let server = self.mint.server.filter(|_| at_url.is_none()).unwrap_or_default();
        let client = self.client.as_ref().map_or("", ClientCredentials::id);
        // Ways to mint at one URL differ in their texts, such as `grant_type`.
        let texts = self.mint.body.iter().filter_map(|(_, member)| match member {
            Member::Text(text) => Some(*text),
            _ => None,
        });
        let way = texts.collect::<Vec<_>>().join(" ");
        format!("{base} {server}{} {way} {client}", self.mint.path)
    }
}

impl fmt::Debug for DescribedIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DescribedIssuer").field("mint", &self.mint.path).finish_non_exhaustive()
    }
}
