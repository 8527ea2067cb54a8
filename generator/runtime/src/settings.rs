//! What every client of a document can be set to, whatever the document says.

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
            /// The URL is none that requests can be sent to.
            pub fn with_base_url(self, url: &str) -> ::std::result::Result<Self, $crate::ClientError> {
                ::std::result::Result::Ok(Self { http: self.http.with_base_url(url)? })
            }

            /// Gives up a call after this time, from connecting to the end of the reply.
            #[must_use]
            pub fn with_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { http: self.http.with_timeout(timeout) }
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
        }
    };
}
