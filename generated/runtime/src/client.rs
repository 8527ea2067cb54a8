//! The client inside every generated client. It holds the server, the credentials and the limits, takes a [`Request`] and gives a
//! [`Reply`]. It knows neither operations nor types of an API.

mod prepared;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use super::attempt_headers::AttemptHeaders;
use super::attempts::Attempt;
use super::base_url::{BaseUrl, ClientError, is_secure, may_lead};
use super::byte_stream::ByteStream;
use super::clock::Clock;
use super::destination::is_relative;
use super::reply::Reply;
use super::request_body::RequestBody;
use super::retry::Retry;
use super::secret::Secret;
use super::security::{Credentials, Scheme};
use super::token::TokenSource;
use super::transport::{Limits, Transport, default_transport};
use super::transport_error::{TransportError, TransportErrorKind};

/// A server, and how to reach it. Cheap to clone; a clone shares the transport and its connections.
///
/// `Debug` shows the base URL, the names of the schemes that have a credential, and the limits.
#[derive(Clone)]
pub struct HttpClient {
    settings: Arc<Settings>,
}

#[derive(Clone)]
struct Settings {
    base_url: BaseUrl,
    /// Whether the user chose the server. It then replaces the servers of single operations as well.
    chosen: bool,
    credentials: Credentials,
    user_agent: Bytes,
    /// The media type of bodies, in place of the document's.
    content_type: Option<Arc<str>>,
    /// Headers for every request, by name.
    headers: Vec<(Arc<str>, Secret)>,
    limits: Limits,
    /// The time limit of one attempt, within the time limit of the call.
    attempt_timeout: Option<Duration>,
    retry: Option<Retry>,
    /// How many redirects a call follows.
    redirects: u32,
    /// Adds headers to each attempt.
    attempt_headers: Option<AttemptHeaders>,
    /// Whether a stream of events goes on after it broke off.
    reconnects: bool,
    /// The host that plain http may go to.
    plain_host: Option<Arc<str>>,
    /// The server of token endpoints, in place of that of the document's URLs.
    token_server: Option<BaseUrl>,
    transport: Arc<dyn Transport>,
    /// The transport below all layers.
    base_transport: Arc<dyn Transport>,
}

impl HttpClient {
    /// A client of the server at `base_url`, with the default transport and limits and without credentials.
    ///
    /// # Errors
    /// The URL is not absolute, is neither https nor plain http to this machine (`localhost`, `127.0.0.0/8`, `::1`), or
    /// has a query, a fragment or user information.
    pub fn new(base_url: &str) -> Result<Self, ClientError> {
        Self::of(base_url, None)
    }

    /// A client of the server at `base_url`, which it may reach by plain http. Use it in a private network, such as that of containers.
    /// Requests to other hosts still need https.
    ///
    /// # Errors
    /// As [`HttpClient::new`], but for the host.
    pub fn over_plain_http(base_url: &str) -> Result<Self, ClientError> {
        let client = Self::of(base_url, BaseUrl::plain_host(base_url))?;
        Ok(client.set(|settings| settings.chosen = true))
    }

    fn of(base_url: &str, plain_host: Option<String>) -> Result<Self, ClientError> {
        let transport = default_transport();
        let settings = Settings {
            base_url: BaseUrl::parse(base_url, plain_host.as_deref())?,
            chosen: false,
            credentials: Credentials::default(),
            user_agent: Bytes::new(),
            content_type: None,
            headers: Vec::new(),
            limits: Limits::default(),
            attempt_timeout: None,
            retry: None,
            redirects: 0,
            attempt_headers: None,
            reconnects: false,
            plain_host: plain_host.map(Arc::from),
            token_server: None,
            base_transport: Arc::clone(&transport),
            transport,
        };
        Ok(Self { settings: Arc::new(settings) })
    }

    /// The same client for another server. Credentials stay: they go to that server from here on.
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_base_url(self, url: &str) -> Result<Self, ClientError> {
        let base_url = BaseUrl::parse(url, self.settings.plain_host.as_deref())?;
        Ok(self.set(|settings| {
            settings.base_url = base_url;
            settings.chosen = true;
        }))
    }

    /// The same client for another server of the document. An operation with its own server still uses that server. A relative URL is
    /// resolved against the client's URL. It does not undo [`with_base_url`](Self::with_base_url).
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_server(self, url: &str) -> Result<Self, ClientError> {
        let base_url = self.settings.base_url.resolve(url, self.settings.plain_host.as_deref())?;
        Ok(self.set(|settings| {
            settings.base_url = base_url;
            settings.chosen &= is_relative(url);
        }))
    }

    /// The same client, whose token sources use another server in place of that of the document's `tokenUrl` and `refreshUrl`. The paths of
    /// these URLs stay. No other setting changes where an absolute `tokenUrl` leads.
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_token_server(self, url: &str) -> Result<Self, ClientError> {
        let server = BaseUrl::parse(url, self.settings.plain_host.as_deref())?;
        Ok(self.set(|settings| settings.token_server = Some(server)))
    }

    /// The same client with another name in the header `User-Agent`. An empty one is not sent.
    #[must_use]
    pub fn with_user_agent(self, name: &str) -> Self {
        self.set(|settings| settings.user_agent = Bytes::copy_from_slice(name.as_bytes()))
    }

    /// The same client, which sends this media type with bodies, in place of the document's media type.
    #[must_use]
    pub fn with_content_type(self, media_type: &str) -> Self {
        self.set(|settings| settings.content_type = Some(media_type.into()))
    }

    /// The same client, which sends one more header with every request. It replaces an earlier header of the name. A parameter of the
    /// operation replaces it. A name or a value that is invalid is an error when a call is sent. An operation with its own server sends
    /// the header there.
    #[must_use]
    pub fn with_header(self, name: &str, value: &str) -> Self {
        self.set(|settings| {
            settings.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            settings.headers.push((name.into(), Secret::from(value)));
        })
    }

    /// The same client, which sends calls again if they fail in a way that may pass.
    #[must_use]
    pub fn with_retry(self, retry: Retry) -> Self {
        self.set(|settings| settings.retry = Some(retry).filter(Retry::is_on))
    }

    /// The same client, which follows up to this many redirects of a call; none by default.
    ///
    /// Only a GET or a HEAD without a body is redirected, within the time of the call. Another origin gets no credential and no cookie: of
    /// the headers, only `Accept`, `Accept-Encoding`, `Accept-Language`, `Range` and `User-Agent` are sent there.
    ///
    /// The client does not follow a redirect from https to plain http, or to a URL of another origin that holds one of the client's own
    /// credentials, or more than `max` redirects. The reply is then the outcome of the call, as it is without this setting. With a
    /// transport that has no [`Clock`], the client follows no redirect.
    #[must_use]
    pub fn with_redirects(self, max: u32) -> Self {
        self.set(|settings| settings.redirects = max)
    }

    /// The same client, which adds headers to each attempt, such as `traceparent`. `write` gets an empty map for each attempt. A header
    /// that the request already has is kept. `write` is not called for another origin, to which a redirect leads.
    #[must_use]
    pub fn with_attempt_headers(self, write: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        self.set(|settings| settings.attempt_headers = Some(AttemptHeaders::new(write)))
    }

    /// The same client, whose streams of events go on after they broke off. See [`Events`](super::Events).
    #[must_use]
    pub fn with_reconnect(self) -> Self {
        self.set(|settings| settings.reconnects = true)
    }

    /// The same client with another limit for a whole call, with all its attempts; thirty seconds by default.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.set(|settings| {
            settings.limits.timeout = timeout;
            settings.limits.idle_timeout = timeout;
        })
    }

    /// The same client with less time for the whole call.
    pub(super) fn within(self, left: Duration) -> Self {
        self.set(|settings| settings.limits.timeout = left)
    }

    /// The same client with a limit for each attempt of a call. By default only the whole call has a limit.
    #[must_use]
    pub fn with_attempt_timeout(self, timeout: Duration) -> Self {
        self.set(|settings| settings.attempt_timeout = Some(timeout))
    }

    /// The same client with another limit for connecting; ten seconds by default.
    #[must_use]
    pub fn with_connect_timeout(self, timeout: Duration) -> Self {
        self.set(|settings| settings.limits.connect_timeout = timeout)
    }

    /// The same client with another limit for the body of a reply; 16 MiB by default.
    #[must_use]
    pub fn with_max_response_size(self, bytes: usize) -> Self {
        self.set(|settings| settings.limits.max_response_size = bytes)
    }

    /// The same client with another transport. It replaces the layers as well, so set it before them.
    #[must_use]
    pub fn with_transport(self, transport: impl Transport + 'static) -> Self {
        self.set(|settings| {
            settings.transport = Arc::new(transport);
            settings.base_transport = Arc::clone(&settings.transport);
        })
    }

    /// The same client with a layer, which is a transport that wraps the one of the client. It sees every attempt and its reply.
    /// Streams go through [`Transport::open`].
    #[must_use]
    pub fn with_layer<T: Transport + 'static>(self, layer: impl FnOnce(Arc<dyn Transport>) -> T) -> Self {
        self.set(|settings| settings.transport = Arc::new(layer(Arc::clone(&settings.transport))))
    }

    /// The same client with the credential of a scheme. For HTTP Basic see [`HttpClient::with_basic`].
    #[must_use]
    pub fn with_credential(self, scheme: Scheme, credential: Secret) -> Self {
        self.set(|settings| settings.credentials.set(scheme, String::new(), credential))
    }

    /// The same client with the user name and the password of a scheme.
    #[must_use]
    pub fn with_basic(self, scheme: Scheme, username: impl Into<String>, password: Secret) -> Self {
        self.set(|settings| settings.credentials.set(scheme, username.into(), password))
    }

    /// The same client, which asks a source for the credential of a scheme, for each call that needs it. If the server rejects the
    /// credential (401), the call is sent once more with a new one.
    #[must_use]
    pub fn with_token_source(self, scheme: Scheme, source: impl TokenSource + 'static) -> Self {
        self.set(|settings| settings.credentials.set_source(scheme, Arc::new(source)))
    }

    /// Sends a request as it is and reads the reply, whatever its status.
    ///
    /// # Errors
    /// The transport's, plain http to another machine, and a reply larger than the limit.
    pub async fn execute(&self, request: http::Request<RequestBody>) -> Result<Reply, TransportError> {
        self.whole(request).await.map(Reply::new)
    }

    /// As [`HttpClient::execute`], with the reply as the transport brought it.
    pub(super) async fn whole(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let reply = self.attempt(request, |transport, request, limits| transport.execute(request, limits)).await?;
        match reply.body().len() > self.settings.limits.max_response_size {
            true => Err(TransportError::after(TransportErrorKind::TooLarge, Attempt::count(&reply))),
            false => Ok(reply),
        }
    }

    /// Sends a request as it is and leaves the body of the reply to be read as it arrives.
    ///
    /// # Errors
    /// The transport's, and plain http to another machine.
    pub async fn open(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        self.attempt(request, |transport, request, limits| transport.open(request, limits)).await
    }

    /// Whether a request may go to a URL.
    pub(super) fn may_go_to(&self, uri: &http::Uri) -> bool {
        is_secure(uri, self.settings.plain_host.as_deref())
    }

    /// Whether a redirect may lead from one URL to another.
    pub(super) fn may_lead(&self, from: &http::Uri, to: &http::Uri) -> bool {
        may_lead(from, to, self.settings.plain_host.as_deref())
    }

    /// Whether a URL holds a credential that the client sends in the query.
    pub(super) fn has_credential_in(&self, uri: &http::Uri) -> bool {
        self.settings.credentials.are_in(uri)
    }

    /// Adds the headers of the attempt. They are not sent to another origin.
    pub(super) fn add_headers(&self, request: &mut http::Request<RequestBody>, attempt: Attempt) {
        if let Some(headers) = self.settings.attempt_headers.as_ref().filter(|_| !attempt.elsewhere) {
            headers.add_to(request);
        }
    }

    pub(super) fn transport(&self) -> &dyn Transport {
        &*self.settings.transport
    }

    /// The clock of the transport; a layer need not have one.
    pub(super) fn clock(&self) -> Option<&dyn Clock> {
        self.settings.transport.clock().or_else(|| self.settings.base_transport.clock())
    }

    pub(super) fn retry(&self) -> Option<&Retry> {
        self.settings.retry.as_ref()
    }

    /// How many redirects a call follows.
    pub(super) fn redirects(&self) -> u32 {
        self.settings.redirects
    }

    /// Whether a call may take more than one attempt.
    pub(super) fn sends_more(&self) -> bool {
        self.settings.retry.is_some() || self.settings.redirects > 0
    }

    pub(super) fn reconnects(&self) -> bool {
        self.settings.reconnects
    }

    /// The time for a whole call, with all its attempts.
    pub(super) fn timeout(&self) -> Duration {
        self.settings.limits.timeout
    }

    /// The limits of one attempt. `left` is the time that is left for the whole call.
    pub(super) fn limits(&self, left: Duration) -> Limits {
        let timeout = self.settings.attempt_timeout.map_or(left, |timeout| timeout.min(left));
        Limits { timeout, ..self.settings.limits }
    }

    /// Reads the rest of a body, up to the limit of a reply.
    pub(super) async fn collect(&self, reply: http::Response<ByteStream>) -> Result<Reply, TransportError> {
        Reply::collect(reply, self.settings.limits.max_response_size).await
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient")
            .field("base_url", &self.settings.base_url)
            .field("credentials", &self.settings.credentials)
            .field("limits", &self.settings.limits)
            .finish_non_exhaustive()
    }
}
