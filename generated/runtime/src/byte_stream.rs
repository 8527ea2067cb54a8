//! Bodies that are read piece by piece, as they arrive or as they are sent.

use std::fmt;
use std::io;
use std::pin::Pin;

use bytes::Bytes;

use super::transport_error::TransportError;

/// The next piece of a body. `None` at its end.
pub type ChunkFuture<'s> = Pin<Box<dyn Future<Output = Result<Option<Bytes>, TransportError>> + Send + 's>>;

/// Where a body's pieces come from.
pub trait Chunks: Send {
    /// Waits for the next piece.
    fn next(&mut self) -> ChunkFuture<'_>;
}

/// A body that is still arriving, or that is read while it is sent. Dropping it while it arrives closes the exchange.
///
/// `Debug` does not show it.
pub struct ByteStream {
    chunks: Box<dyn Chunks>,
}

impl ByteStream {
    /// A body that comes in pieces.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self { chunks: Box::new(chunks) }
    }

    /// A body that is complete already.
    pub fn whole(body: Bytes) -> Self {
        Self::new(Whole(Some(body)))
    }

    /// Waits for the next piece. `None` at the end of the body.
    ///
    /// # Errors
    /// The exchange broke off, or nothing came for too long.
    pub async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.chunks.next().await
    }

    /// The same body, which tells how many bytes of it were read so far.
    #[must_use]
    pub fn with_progress(self, progress: impl FnMut(u64) + Send + 'static) -> Self {
        Self::new(Watched { stream: self, length: 0, progress })
    }

    /// Writes the body into a file or another writer, piece by piece. Gives its length.
    ///
    /// # Errors
    /// The exchange broke off, or the writer failed. The cause is in the error.
    pub async fn copy_to(mut self, writer: &mut (impl io::Write + ?Sized)) -> io::Result<u64> {
        let mut length = 0;
        while let Some(chunk) = self.next().await.map_err(io::Error::other)? {
            writer.write_all(&chunk)?;
            length += chunk.len() as u64;
        }
        writer.flush()?;
        Ok(length)
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
        Box::pin(std::future::ready(Ok(self.0.take().filter(|body| !body.is_empty()))))
    }
}

struct Watched<P> {
    stream: ByteStream,
    length: u64,
    progress: P,
}

impl<P: FnMut(u64) + Send> Chunks for Watched<P> {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(async {
            let chunk = self.stream.next().await?;
            if let Some(chunk) = &chunk {
                self.length += chunk.len() as u64;
                (self.progress)(self.length);
            }
            Ok(chunk)
        })
    }
}
