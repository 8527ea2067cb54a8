//! The settings that every client has, whatever the document says.

/// Gives a client over an [`HttpClient`](super::HttpClient) its settings.
#[macro_export]
macro_rules! settings {
    ($name:ident) => {
        impl $name {
            /// The client, with the name of the emitted crate in `User-Agent`.
            fn with_crate_name(http: $crate::HttpClient) -> Self {
                let name = ::std::concat!(::std::env!("CARGO_PKG_NAME"), "/", ::std::env!("CARGO_PKG_VERSION"));
                Self { http: http.with_user_agent(name) }
            }

            /// Sends requests to another server. It must be reached by `https`, unless it is on this machine.
            ///
            /// # Errors
            /// Requests cannot be sent to this URL.
            pub fn with_base_url(self, url: &str) -> ::std::result::Result<Self, $crate::ClientError> {
                ::std::result::Result::Ok(Self { http: self.http.with_base_url(url)? })
            }

            /// Gets tokens from another server than that of the document's `tokenUrl` and `refreshUrl`, whose paths stay.
            ///
            /// # Errors
            /// Requests cannot be sent to this URL.
            pub fn with_token_server(self, url: &str) -> ::std::result::Result<Self, $crate::ClientError> {
                ::std::result::Result::Ok(Self { http: self.http.with_token_server(url)? })
            }

            /// A client of a server that it may reach by plain http. Use it in a private network, such as that of containers.
            /// Requests to other hosts still need https.
            ///
            /// # Errors
            /// Requests cannot be sent to this URL.
            pub fn over_plain_http(url: &str) -> ::std::result::Result<Self, $crate::ClientError> {
                ::std::result::Result::Ok(Self::with_crate_name($crate::HttpClient::over_plain_http(url)?))
            }

            /// A request that is not in the document, to a path below the server, with the client's credentials and settings.
            pub fn request(&self, method: $crate::Method, path: &str) -> $crate::RawCall {
                $crate::RawCall::new(&self.http, method, path)
            }

            /// Gives up a call after this time, from connecting to the end of the reply, with all attempts. A body that is read as it
            /// arrives counts up to its headers, and may then pause for this time. The time of a token source counts as well. With
            /// a transport that blocks the thread it does not count, and only the source's own limit holds.
            #[must_use]
            pub fn with_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { http: self.http.with_timeout(timeout) }
            }

            /// Gives up an attempt after this time, so that another one has time left.
            #[must_use]
            pub fn with_attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { http: self.http.with_attempt_timeout(timeout) }
            }

            /// Sends calls again if they fail in a way that may pass.
            #[must_use]
            pub fn with_retry(self, retry: $crate::Retry) -> Self {
                Self { http: self.http.with_retry(retry) }
            }

            /// Follows up to this many redirects of a GET or HEAD; none by default. No credential goes to another origin, see
            /// `HttpClient::with_redirects`.
            #[must_use]
            pub fn with_redirects(self, max: u32) -> Self {
                Self { http: self.http.with_redirects(max) }
            }

            /// Adds headers to each attempt, such as `traceparent`. A header that the request already has is kept.
            #[must_use]
            pub fn with_attempt_headers(
                self,
                write: impl ::std::ops::Fn(&mut $crate::HeaderMap) + ::std::marker::Send + ::std::marker::Sync + 'static,
            ) -> Self {
                Self { http: self.http.with_attempt_headers(write) }
            }

            /// Sends one more header with every request. A parameter of an operation replaces it. A name or a value that is invalid
            /// is an error when a call is sent.
            #[must_use]
            pub fn with_header(self, name: &str, value: &str) -> Self {
                Self { http: self.http.with_header(name, value) }
            }

            /// Gives up connecting after this time.
            #[must_use]
            pub fn with_connect_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { http: self.http.with_connect_timeout(timeout) }
            }

            /// Refuses replies that are longer than this.
            #[must_use]
            pub fn with_max_response_size(self, bytes: usize) -> Self {
                Self { http: self.http.with_max_response_size(bytes) }
            }

            /// Sets the header `User-Agent`. The default is the crate's name and version. An empty text is not sent.
            #[must_use]
            pub fn with_user_agent(self, name: &str) -> Self {
                Self { http: self.http.with_user_agent(name) }
            }

            /// Sends requests through something else than the default HTTP client.
            #[must_use]
            pub fn with_transport(self, transport: impl $crate::Transport + 'static) -> Self {
                Self { http: self.http.with_transport(transport) }
            }

            /// Adds a layer, which is a transport that wraps the one of the client. It sees every attempt and its reply.
            #[must_use]
            pub fn with_layer<T: $crate::Transport + 'static>(
                self,
                layer: impl ::std::ops::FnOnce(::std::sync::Arc<dyn $crate::Transport>) -> T,
            ) -> Self {
                Self { http: self.http.with_layer(layer) }
            }
        }
    };
}
