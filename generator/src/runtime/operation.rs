//! Operations as values: what one is, and how it is called.

use super::byte_stream::ByteStream;
use super::client::HttpClient;
use super::error::Error;
use super::reply::Reply;
use super::request::Request;
use super::request_error::RequestError;
use super::response::Response;

/// An operation with its parameters: writes its request and reads its reply. Does no I/O.
pub trait Operation {
    /// What the operation gives when it succeeds.
    type Output;

    /// The body that the document declares for failures.
    type Error;

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

/// An operation that is about to be sent by a client. Optional parameters are chained before `send`.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<O> {
    http: HttpClient,
    pub(crate) operation: O,
}

impl<O> Call<O> {
    /// The call of an operation.
    pub fn new(http: &HttpClient, operation: O) -> Self {
        Self { http: http.clone(), operation }
    }
}

impl<O: Operation> Call<O> {
    /// Sends the request and gives the value of the reply.
    ///
    /// # Errors
    /// The request could not be written or sent, or the reply is not a success.
    pub async fn send(self) -> Result<O::Output, Error<O::Error>> {
        self.send_full().await.map(Response::into_value)
    }

    /// Sends the request and gives the value of the reply with its status and headers.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn send_full(self) -> Result<Response<O::Output>, Error<O::Error>> {
        let request = self.http.prepare(self.operation.request()?)?;
        let reply = self.http.execute(request).await?;
        O::response(&reply)
    }

    /// Sends the request and gives the body of a successful reply as it arrives: for what is too large to hold, or never ends.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn send_stream(self) -> Result<Response<ByteStream>, Error<O::Error>> {
        self.stream(None).await
    }

    /// As [`Call::send_stream`], asking for one media type.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub(crate) async fn stream(self, accept: Option<&'static str>) -> Result<Response<ByteStream>, Error<O::Error>> {
        let mut request = self.operation.request()?;
        if let Some(accept) = accept {
            request.accept(accept);
        }
        let reply = self.http.open(self.http.prepare(request)?).await?;
        if reply.status().is_success() {
            let (parts, body) = reply.into_parts();
            return Ok(Response::new(parts.status, parts.headers, body));
        }
        let reply = self.http.collect(reply).await?;
        match O::response(&reply) {
            Err(error) => Err(error),
            // The document calls a status a success that is none; there is nothing left to stream.
            Ok(response) => Ok(response.map(|_| ByteStream::whole(reply.body().clone()))),
        }
    }
}
