//! The client below every generated one: holds the server, the credentials and the limits, takes a [`Request`], gives
//! a [`Reply`]. Knows no operation and no type of an API.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::base_url::{BaseUrl, ClientError, is_relative, is_secure};
use super::byte_stream::ByteStream;
use super::reply::Reply;
use super::request::Request;
use super::request_error::{Part, RequestError};
use super::secret::Secret;
use super::security::{Credentials, Requirements, Scheme};
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
    /// Whether the user chose the server, which then stands for those of single operations as well.
    chosen: bool,
    credentials: Credentials,
    user_agent: Arc<str>,
    /// The media type of bodies, in place of the document's.
    content_type: Option<Arc<str>>,
    limits: Limits,
    transport: Arc<dyn Transport>,
}

impl HttpClient {
    /// A client of the server at `base_url`, with the default transport and limits and without credentials.
    ///
    /// # Errors
    /// The URL is not absolute, is neither https nor plain http to this machine (`localhost`, `127.0.0.0/8`, `::1`), or
    /// has a query, a fragment or user information.
    pub fn new(base_url: &str) -> Result<Self, ClientError> {
        let base_url = BaseUrl::parse(base_url)?;
        let settings = Settings {
            base_url,
            chosen: false,
            credentials: Credentials::default(),
            user_agent: Arc::default(),
            content_type: None,
            limits: Limits::default(),
            transport: default_transport(),
        };
        Ok(Self { settings: Arc::new(settings) })
    }

    /// The same client for another server. Credentials stay: they go to that server from here on.
    ///
    /// # Errors
    /// As [`HttpClient::new`].
    pub fn with_base_url(self, url: &str) -> Result<Self, ClientError> {
        let base_url = BaseUrl::parse(url)?;
        Ok(self.set(|settings| {
            settings.base_url = base_url;
            settings.chosen = true;
        }))
    }

    /// The same client with another name in the header `User-Agent`. An empty one is not sent.
    #[must_use]
    pub fn with_user_agent(self, name: &str) -> Self {
        self.set(|settings| settings.user_agent = name.into())
    }

    /// The same client, which sends bodies as of another media type.
    #[must_use]
    pub fn with_content_type(self, media_type: &str) -> Self {
        self.set(|settings| settings.content_type = Some(media_type.into()))
    }

    /// The same client with another limit for the whole of an exchange; thirty seconds by default.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.set(|settings| settings.limits.timeout = timeout)
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

    /// The same client with another transport.
    #[must_use]
    pub fn with_transport(self, transport: impl Transport + 'static) -> Self {
        self.set(|settings| settings.transport = Arc::new(transport))
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

    /// The whole request: the server's URL and the credentials that the operation requires are added.
    ///
    /// # Errors
    /// A path parameter is missing, or something cannot be part of a URL or a header.
    pub fn prepare(&self, mut request: Request) -> Result<http::Request<Bytes>, RequestError> {
        self.settings.credentials.apply(&mut request)?;
        request.user_agent(&self.settings.user_agent)?;
        if let Some(media_type) = &self.settings.content_type {
            request.content_type(media_type);
        }
        let settings = &self.settings;
        match request.own_server().filter(|url| !settings.chosen || is_relative(url)) {
            Some(url) => {
                let unusable = |_| RequestError::new(Part::Url, url, "is not one that requests may go to");
                request.build(&settings.base_url.resolve(url).map_err(unusable)?)
            }
            None => request.build(&settings.base_url),
        }
    }

    /// The credentials that the operation requires and the request lacks.
    pub(super) fn missing(&self, request: &Request) -> Requirements {
        self.settings.credentials.missing(request.requirements())
    }

    /// Sends a request as it is and reads the reply, whatever its status.
    ///
    /// # Errors
    /// The transport's, plain http to another machine, and a reply larger than the limit.
    pub async fn execute(&self, request: http::Request<Bytes>) -> Result<Reply, TransportError> {
        if !is_secure(request.uri()) {
            return Err(TransportErrorKind::Insecure.into());
        }
        let limits = self.settings.limits;
        let response = self.settings.transport.execute(request, limits).await?;
        if response.body().len() > limits.max_response_size {
            return Err(TransportErrorKind::TooLarge.into());
        }
        Ok(Reply::new(response))
    }

    /// Sends a request as it is and leaves the body of the reply to be read as it arrives.
    ///
    /// # Errors
    /// The transport's, and plain http to another machine.
    pub async fn open(&self, request: http::Request<Bytes>) -> Result<http::Response<ByteStream>, TransportError> {
        if !is_secure(request.uri()) {
            return Err(TransportErrorKind::Insecure.into());
        }
        self.settings.transport.open(request, self.settings.limits).await
    }

    /// Reads the rest of a body, up to the limit of a reply.
    pub(super) async fn collect(&self, reply: http::Response<ByteStream>) -> Result<Reply, TransportError> {
        let (parts, mut stream) = reply.into_parts();
        let mut body = BytesMut::new();
        while let Some(chunk) = stream.next().await? {
            if chunk.len() > self.settings.limits.max_response_size.saturating_sub(body.len()) {
                return Err(TransportErrorKind::TooLarge.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply::new(http::Response::from_parts(parts, body.freeze())))
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
