//! Bodies that are read piece by piece, as they arrive.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;

use super::transport_error::TransportError;

/// The next piece of a body: none at its end.
pub type ChunkFuture<'s> = Pin<Box<dyn Future<Output = Result<Option<Bytes>, TransportError>> + Send + 's>>;

/// Where a body's pieces come from.
pub trait Chunks: Send {
    /// Waits for the next piece.
    fn next(&mut self) -> ChunkFuture<'_>;
}

/// A body that is still arriving. Dropping it closes the exchange.
///
/// `Debug` shows nothing of it.
pub struct ByteStream {
    chunks: Box<dyn Chunks>,
}

impl ByteStream {
    /// A body that comes in pieces.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self { chunks: Box::new(chunks) }
    }

    /// A body that is there already.
    pub fn whole(body: Bytes) -> Self {
        Self::new(Whole(Some(body)))
    }

    /// Waits for the next piece; none at the end of the body.
    ///
    /// # Errors
    /// The exchange broke off, or nothing came for too long.
    pub async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.chunks.next().await
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream(..)")
    }
}

struct Whole(Option<Bytes>);

impl Chunks for Whole {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(std::future::ready(Ok(self.0.take())))
    }
}
