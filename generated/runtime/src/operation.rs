//! Operations as values: what one is, and how it is called.

#[cfg(feature = "reqwest")]
use std::task::{Context, Poll, Waker};

use super::block_on::block_on;
use super::byte_stream::ByteStream;
use super::client::HttpClient;
use super::error::Error;
use super::reply::{Reply, declared_media_type};
use super::request::Request;
use super::request_error::RequestError;
use super::response::Response;
use super::resumed::Resumed;
use super::transport_error::{TransportError, TransportErrorKind};

/// An operation with its parameters: writes its request and reads its reply. Does no I/O.
pub trait Operation {
    /// What the operation gives when it succeeds.
    type Output;

    /// The body that the document declares for failures.
    type Error;

    /// The operation's id.
    const ID: &'static str;

    /// Writes the request.
    ///
    /// # Errors
    /// A parameter or the body cannot be sent.
    fn request(&self) -> Result<Request, RequestError>;

    /// Reads the reply.
    ///
    /// # Errors
    /// The reply means failure, or could not be read.
    fn response(reply: &Reply) -> Result<Response<Self::Output>, Error<Self::Error>>;
}

/// The media type of server-sent events.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// Whether a reply declares another media type. A reply without a media type may be of any.
pub(super) fn is_other_than(media_type: &str, reply: &http::Response<ByteStream>) -> bool {
    declared_media_type(reply.headers()).is_some_and(|declared| declared.essence() != media_type)
}

/// Whether this thread runs the tasks of a Tokio runtime. Other asynchronous runtimes are not recognized.
///
/// A thread for blocking work knows its runtime as well. Tokio's budget tells the two apart, because only a task has a budget that runs
/// out.
#[cfg(feature = "reqwest")]
pub(super) fn runs_tasks() -> bool {
    const MORE_THAN_A_BUDGET: usize = 1000;
    let mut context = Context::from_waker(Waker::noop());
    let mut may_go_on = || match tokio::task::coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            step.made_progress();
            true
        }
        Poll::Pending => false,
    };
    tokio::runtime::Handle::try_current().is_ok() && !(0..MORE_THAN_A_BUDGET).all(|_| may_go_on())
}

/// Without the feature `reqwest`, no runtime is recognized.
#[cfg(not(feature = "reqwest"))]
pub(super) fn runs_tasks() -> bool {
    false
}

fn written<O: Operation>(operation: &O, accept: Option<&'static str>) -> Result<Request, RequestError> {
    let mut request = operation.request()?;
    request.set_operation(O::ID);
    if let Some(accept) = accept {
        request.accept(accept);
    }
    Ok(request)
}

impl HttpClient {
    /// Calls an operation.
    ///
    /// # Errors
    /// The request could not be written or sent, or the reply is not a success.
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<Response<O::Output>, Error<O::Error>> {
        let request = || written(operation, None);
        let sent = self.authorized(request, async |client, request| client.whole(request).await).await;
        let (reply, missing) = sent.map_err(|error: Error<O::Error>| error.of(O::ID))?;
        O::response(&Reply::new(reply).to(O::ID)).map_err(|error| error.without(missing))
    }

    /// Calls an operation and waits for it on this thread.
    ///
    /// # Errors
    /// As [`HttpClient::call`]; and the call is made in an asynchronous runtime.
    pub fn call_blocking<O: Operation>(&self, operation: &O) -> Result<Response<O::Output>, Error<O::Error>> {
        match runs_tasks() {
            true => Err(TransportError::from(TransportErrorKind::InRuntime).into()),
            false => block_on(self.call(operation)),
        }
    }

    /// Calls an operation and gives the body of a successful reply as it arrives. `accept` replaces the media types of the operation.
    ///
    /// # Errors
    /// As [`HttpClient::call`].
    pub async fn stream<O: Operation>(
        &self,
        operation: &O,
        accept: Option<&'static str>,
    ) -> Result<Response<ByteStream>, Error<O::Error>> {
        let request = || written(operation, accept);
        let sent = self.authorized(request, async |client, request| client.open(request).await).await;
        let (reply, missing) = sent.map_err(|error: Error<O::Error>| error.of(O::ID))?;
        if reply.status().is_success() {
            // A reader of events would find no events in another text, and the text would be lost.
            if accept == Some(EVENT_STREAM) && is_other_than(EVENT_STREAM, &reply) {
                let reply = self.collected::<O>(reply).await?;
                return Err(Error::Decode(Box::new(reply.unreadable("the media type is not text/event-stream"))));
            }
            let (parts, body) = reply.into_parts();
            let body = match self.reconnects() && accept == Some(EVENT_STREAM) {
                true => Resumed::of(self, request()?, body),
                false => body,
            };
            return Ok(Response::new(parts.status, parts.headers, body));
        }
        let reply = self.collected::<O>(reply).await?;
        match O::response(&reply) {
            Err(error) => Err(error.without(missing)),
            // The document declares this error status as a success. Its body has been read already.
            Ok(response) => Ok(response.map(|_| ByteStream::whole(reply.body().clone()))),
        }
    }

    /// The whole reply of an operation.
    async fn collected<O: Operation>(&self, reply: http::Response<ByteStream>) -> Result<Reply, Error<O::Error>> {
        let reply = self.collect(reply).await;
        reply.map(|reply| reply.to(O::ID)).map_err(|error| Error::from(error).of(O::ID))
    }
}

/// Declares `Call`. It is declared in the emitted crate, because Rust lets a crate add methods to its own types only.
#[macro_export]
macro_rules! call {
    () => {
        /// An operation that is about to be sent by a client. Optional parameters are chained before `send`.
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct Call<O> {
            http: $crate::HttpClient,
            pub(crate) operation: O,
        }

        impl<O> Call<O> {
            /// The call of an operation.
            pub fn new(http: &$crate::HttpClient, operation: O) -> Self {
                Self { http: ::std::clone::Clone::clone(http), operation }
            }

            /// Sets the media type of the body. Use it where the document allows several, or for the boundary of a `multipart` body
            /// that is given as bytes.
            pub fn with_content_type(self, media_type: &str) -> Self {
                Self { http: self.http.with_content_type(media_type), operation: self.operation }
            }

            /// Sends one more header. It replaces a header of the client with the same name. An invalid name or value is an error of
            /// `send`.
            pub fn with_header(self, name: &str, value: &str) -> Self {
                Self { http: self.http.with_header(name, value), operation: self.operation }
            }

            /// Gives up after this time, all attempts included.
            pub fn with_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { http: self.http.with_timeout(timeout), operation: self.operation }
            }

            /// Lets a stream of events go on after it broke off: the request is sent again, with the identifier of the last event.
            pub fn with_reconnect(self) -> Self {
                Self { http: self.http.with_reconnect(), operation: self.operation }
            }

            /// Follows up to this many redirects of a GET or HEAD. No credential goes to another origin, see
            /// `HttpClient::with_redirects`.
            pub fn with_redirects(self, max: u32) -> Self {
                Self { http: self.http.with_redirects(max), operation: self.operation }
            }

            /// Sends the call again if it fails in a way that may pass.
            pub fn with_retry(self, retry: $crate::Retry) -> Self {
                Self { http: self.http.with_retry(retry), operation: self.operation }
            }
        }

        impl<O: $crate::Operation> Call<O> {
            /// Sends the request and gives the value of the reply.
            ///
            /// # Errors
            /// The request could not be written or sent, or the reply is not a success.
            pub async fn send(self) -> ::std::result::Result<O::Output, $crate::Error<O::Error>> {
                self.send_full().await.map($crate::Response::into_value)
            }

            /// Sends the request and gives the value of the reply with its status and headers.
            ///
            /// # Errors
            /// As [`Call::send`].
            pub async fn send_full(
                self,
            ) -> ::std::result::Result<$crate::Response<O::Output>, $crate::Error<O::Error>> {
                self.http.call(&self.operation).await
            }

            /// As [`Call::send`], waiting for the reply on this thread. The client needs a transport that runs without a runtime, such
            /// as `UreqTransport`.
            ///
            /// # Errors
            /// As [`Call::send`]; and the call is made in an asynchronous runtime.
            pub fn send_blocking(self) -> ::std::result::Result<O::Output, $crate::Error<O::Error>> {
                self.send_full_blocking().map($crate::Response::into_value)
            }

            /// As [`Call::send_blocking`], with the status and the headers of the reply.
            ///
            /// # Errors
            /// As [`Call::send_blocking`].
            pub fn send_full_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<O::Output>, $crate::Error<O::Error>> {
                self.http.call_blocking(&self.operation)
            }

            /// Sends the request and gives the body of a successful reply as it arrives. Use it for a body that is too large for
            /// memory, or that never ends.
            ///
            /// # Errors
            /// As [`Call::send`].
            pub async fn send_stream(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::ByteStream>, $crate::Error<O::Error>> {
                self.stream(::std::option::Option::None).await
            }

            /// As [`Call::send_stream`], asking for one media type.
            ///
            /// # Errors
            /// As [`Call::send`].
            pub(crate) async fn stream(
                self,
                accept: ::std::option::Option<&'static str>,
            ) -> ::std::result::Result<$crate::Response<$crate::ByteStream>, $crate::Error<O::Error>> {
                self.http.stream(&self.operation, accept).await
            }
        }

        #[cfg(feature = "checks")]
        impl<O: $crate::Check> Call<O> {
            /// Checks the parameters and the body against the bounds of the document.
            ///
            /// # Errors
            /// The bounds that do not hold, all of them. Nothing has been sent.
            pub fn check(self) -> ::std::result::Result<Self, $crate::Violations> {
                $crate::Check::check(&self.operation)?;
                ::std::result::Result::Ok(self)
            }
        }
    };
}
