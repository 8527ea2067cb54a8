//! The body of a request: bytes, or what is read while it is sent. A transport takes it from here.

use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};

use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::transport_error::{TransportError, TransportErrorKind};

/// The body of a request. Made of bytes or a text by `into`; of a file, a reader or a stream if it should not be in memory.
///
/// `Debug` shows only the length.
#[derive(Clone, Default)]
pub struct RequestBody {
    source: Source,
    progress: Option<Arc<Progress>>,
}

/// A function that is called with the number of bytes that the connection has taken.
type Progress = dyn Fn(u64) + Send + Sync;

/// Opens a body that can be sent several times.
type Open = dyn Fn() -> io::Result<ByteStream> + Send + Sync;

#[derive(Clone)]
enum Source {
    Whole(Bytes),
    /// Opened for each attempt.
    Opened(Arc<Open>, Option<u64>),
    /// Sent in the first attempt. After it, the body is used up.
    Once(Arc<Mutex<Option<ByteStream>>>, Option<u64>),
    /// Bodies that are sent one after the other.
    Parts(Arc<[RequestBody]>),
}

impl RequestBody {
    /// A body that is read while it is sent. It can be sent only once, so a call with it is never sent again. A body of unknown length is
    /// sent in chunks, which some servers refuse.
    pub fn once(stream: ByteStream, length: Option<u64>) -> Self {
        Source::Once(Arc::new(Mutex::new(Some(stream))), length).into()
    }

    /// A body that is opened for each attempt, and read while it is sent.
    pub fn opened(open: impl Fn() -> io::Result<ByteStream> + Send + Sync + 'static, length: Option<u64>) -> Self {
        Source::Opened(Arc::new(open), length).into()
    }

    /// A file. It is opened for each attempt, and read while it is sent.
    ///
    /// # Errors
    /// The length of the file cannot be read.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let length = fs::metadata(&path)?.len();
        Ok(Self::opened(move || Ok(ByteStream::from_reader(fs::File::open(&path)?)), Some(length)))
    }

    /// Parts that are sent one after the other.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let whole: Option<Vec<&[u8]>> = parts.iter().map(|part| part.as_bytes().map(Bytes::as_ref)).collect();
        match whole {
            Some(whole) => whole.concat().into(),
            None => Source::Parts(parts.into()).into(),
        }
    }

    /// The same body, which calls `progress` with the number of bytes that were taken so far. Each attempt begins at zero.
    #[must_use]
    pub fn with_progress(self, progress: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self { progress: Some(Arc::new(progress)), ..self }
    }

    /// The bytes; `None` if they are read while they are sent.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Whole(bytes) if self.progress.is_none() => Some(bytes),
            _ => None,
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    /// The number of bytes, if it is known before they are read.
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Opened(_, length) | Source::Once(_, length) => *length,
            Source::Parts(parts) => parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(part.length()?)),
        }
    }

    /// Whether it can be sent a second time.
    pub fn is_repeatable(&self) -> bool {
        match &self.source {
            Source::Whole(_) | Source::Opened(..) => true,
            Source::Once(..) => false,
            Source::Parts(parts) => parts.iter().all(Self::is_repeatable),
        }
    }

    /// The bytes, as they are read. A transport calls it once for each attempt.
    ///
    /// # Errors
    /// The body cannot be opened, or was sent before and cannot be sent again.
    pub fn open(&self) -> Result<ByteStream, TransportError> {
        let stream = match &self.source {
            Source::Whole(bytes) => ByteStream::whole(bytes.clone()),
            Source::Opened(open, _) => open().map_err(|error| TransportError::new(TransportErrorKind::Body, error))?,
            Source::Once(stream, _) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                stream.ok_or_else(|| TransportError::new(TransportErrorKind::Body, "it can be sent only once"))?
            }
            Source::Parts(parts) => ByteStream::new(Joined { parts: Arc::clone(parts), next: 0, stream: None }),
        };
        let stream = match self.length() {
            Some(left) => ByteStream::new(Measured { stream, left }),
            None => stream,
        };
        Ok(match self.progress.clone() {
            Some(progress) => stream.with_progress(move |length| progress(length)),
            None => stream,
        })
    }

    /// All bytes, in memory.
    ///
    /// # Errors
    /// As [`RequestBody::open`]; and the body cannot be read.
    pub async fn collect(&self) -> Result<Bytes, TransportError> {
        if let Some(bytes) = self.as_bytes() {
            return Ok(bytes.clone());
        }
        let (mut stream, mut bytes) = (self.open()?, BytesMut::new());
        while let Some(chunk) = stream.next().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}

impl Default for Source {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl From<Source> for RequestBody {
    fn from(source: Source) -> Self {
        Self { source, progress: None }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Source::Whole(bytes).into()
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for RequestBody {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for RequestBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "RequestBody({length} bytes)"),
            None => f.write_str("RequestBody(..)"),
        }
    }
}

/// Bodies in memory are equal if their bytes are equal, and joined bodies if their parts are equal. Any other body equals only itself and
/// its clones.
impl PartialEq for RequestBody {
    fn eq(&self, other: &Self) -> bool {
        match (&self.source, &other.source) {
            (Source::Whole(one), Source::Whole(other)) => one == other,
            (Source::Opened(one, _), Source::Opened(other, _)) => Arc::ptr_eq(one, other),
            (Source::Once(one, _), Source::Once(other, _)) => Arc::ptr_eq(one, other),
            (Source::Parts(one), Source::Parts(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for RequestBody {}

/// Bodies one after the other.
struct Joined {
    parts: Arc<[RequestBody]>,
    next: usize,
    stream: Option<ByteStream>,
}

impl Chunks for Joined {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(async {
            loop {
                if let Some(stream) = &mut self.stream
                    && let Some(chunk) = stream.next().await?
                {
                    return Ok(Some(chunk));
                }
                let Some(part) = self.parts.get(self.next) else { return Ok(None) };
                self.next += 1;
                self.stream = Some(part.open()?);
            }
        })
    }
}

/// A body that must have the length that was announced. Otherwise the server would read a part of it as the next request.
struct Measured {
    stream: ByteStream,
    left: u64,
}

impl Chunks for Measured {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(async {
            let chunk = self.stream.next().await?;
            let length = chunk.as_ref().map(|chunk| chunk.len() as u64);
            match length.map_or(Some(self.left).filter(|left| *left == 0), |length| self.left.checked_sub(length)) {
                Some(left) => {
                    self.left = left;
                    Ok(chunk)
                }
                None => Err(TransportError::new(TransportErrorKind::Body, "it has another length than was said")),
            }
        })
    }
}
