//! Readers as bodies. A thread or a task reads them in blocks.

use std::io::{self, Read};

use bytes::Bytes;

use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::transport_error::{TransportError, TransportErrorKind};

/// The length of a piece.
const PIECE: usize = 64 * 1024;

impl ByteStream {
    /// A body from a reader, such as a file. In a Tokio runtime (feature `reqwest`), a thread for blocking work reads it.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Reader(Some(Box::new(reader))))
    }
}

/// A reader. `None` after its end.
struct Reader(Option<Box<dyn Read + Send>>);

impl Chunks for Reader {
    fn next(&mut self) -> ChunkFuture<'_> {
        let Some(mut reader) = self.0.take() else { return Box::pin(std::future::ready(Ok(None))) };
        Box::pin(async {
            let (reader, piece) = apart(move || {
                let piece = piece(&mut *reader);
                (reader, piece)
            })
            .await?;
            let piece = piece.map_err(unreadable)?;
            self.0 = Some(reader).filter(|_| !piece.is_empty());
            Ok(Some(piece).filter(|piece| !piece.is_empty()))
        })
    }
}

fn piece(reader: &mut dyn Read) -> io::Result<Bytes> {
    let mut piece = Vec::with_capacity(PIECE);
    reader.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece.into())
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Body, error)
}

/// Does blocking work. In a Tokio runtime, another thread does it, so that it does not keep the runtime from other work.
#[cfg(feature = "reqwest")]
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, TransportError> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(unreadable),
        Err(_) => Ok(work()),
    }
}

/// Does blocking work on this thread.
#[cfg(not(feature = "reqwest"))]
async fn apart<T>(work: impl FnOnce() -> T) -> Result<T, TransportError> {
    Ok(work())
}

#[cfg(feature = "reqwest")]
mod asynchronous {
    use std::future::poll_fn;
    use std::pin::Pin;

    use futures_core::Stream;
    use tokio::io::{AsyncRead, ReadBuf};

    use super::{ByteStream, Bytes, ChunkFuture, Chunks, PIECE, unreadable};

    impl ByteStream {
        /// A body from an asynchronous reader, such as a file of Tokio.
        pub fn from_async_read(reader: impl AsyncRead + Send + 'static) -> Self {
            Self::new(AsyncReader(Box::pin(reader)))
        }

        /// A body from a stream.
        pub fn from_stream<S, E>(stream: S) -> Self
        where
            S: Stream<Item = Result<Bytes, E>> + Send + 'static,
            E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
        {
            Self::new(Streamed(Box::pin(stream)))
        }
    }

    struct AsyncReader(Pin<Box<dyn AsyncRead + Send>>);

    impl Chunks for AsyncReader {
        fn next(&mut self) -> ChunkFuture<'_> {
            Box::pin(async {
                let mut piece = vec![0; PIECE];
                let mut buffer = ReadBuf::new(&mut piece);
                poll_fn(|context| self.0.as_mut().poll_read(context, &mut buffer)).await.map_err(unreadable)?;
                let length = buffer.filled().len();
                piece.truncate(length);
                Ok(Some(Bytes::from(piece)).filter(|piece| !piece.is_empty()))
            })
        }
    }

    struct Streamed<S>(Pin<Box<S>>);

    impl<S, E> Chunks for Streamed<S>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        fn next(&mut self) -> ChunkFuture<'_> {
            Box::pin(async {
                let piece = poll_fn(|context| self.0.as_mut().poll_next(context)).await;
                piece.transpose().map_err(unreadable)
            })
        }
    }
}
