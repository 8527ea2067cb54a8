//! Streams of events that go on after they broke off (WHATWG HTML, 9.2.3): the request is sent again, and says which event came last.

use std::mem;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, StatusCode};

use super::byte_stream::{ByteStream, ChunkFuture, Chunks};
use super::client::HttpClient;
use super::error::Error;
use super::events::LONGEST_EVENT;
use super::operation::{EVENT_STREAM, is_other_than};
use super::request::Request;
use super::transport_error::{TransportError, TransportErrorKind};

/// The wait before the request is sent again, unless the server says another (`retry:`).
const WAIT: Duration = Duration::from_secs(3);

/// The events of a reply, and of further replies. Gives only whole events, so that a reply that breaks off leaves no part of an event.
pub(super) struct Resumed {
    http: HttpClient,
    request: Request,
    /// `None` between two connections.
    stream: Option<ByteStream>,
    block: BytesMut,
    /// How much of the block was looked at.
    seen: usize,
    /// Whether the current line is empty so far, and whether it follows a carriage return.
    line: (bool, bool),
    /// Whether the event is skipped up to its end, because it is too long.
    skips: bool,
    /// Whether an event of this connection has arrived.
    begun: bool,
    id: Option<HeaderValue>,
    wait: Duration,
}

impl Resumed {
    /// The events of a reply to a request. `http` sends the request again, if its body can be sent again.
    pub(super) fn of(http: &HttpClient, request: Request, stream: ByteStream) -> ByteStream {
        if !request.is_repeatable() {
            return stream;
        }
        ByteStream::new(Self {
            http: http.clone(),
            request,
            stream: Some(stream),
            block: BytesMut::new(),
            seen: 0,
            line: (true, false),
            skips: false,
            begun: false,
            id: None,
            wait: WAIT,
        })
    }

    async fn read(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            if let Some(end) = self.end() {
                let block = self.taken(end);
                if mem::take(&mut self.skips) {
                    continue;
                }
                self.note(&block);
                return Ok(Some(block));
            }
            if self.block.len() > LONGEST_EVENT {
                self.taken(self.block.len());
                if !mem::replace(&mut self.skips, true) {
                    return Err(TransportErrorKind::TooLarge.into());
                }
            }
            let Some(stream) = &mut self.stream else {
                match self.reopen().await? {
                    true => continue,
                    false => return Ok(None),
                }
            };
            match stream.next().await {
                Ok(Some(chunk)) => self.block.extend_from_slice(&chunk),
                Err(error) if !error.is_retryable() => return Err(error),
                Ok(None) | Err(_) => self.forget(),
            }
        }
    }

    /// Takes a part of the block. A connection may begin with a byte order mark.
    fn taken(&mut self, end: usize) -> Bytes {
        self.seen = 0;
        let part = self.block.split_to(end).freeze();
        let is_marked = !mem::replace(&mut self.begun, true) && part.starts_with(b"\xef\xbb\xbf");
        if is_marked { part.slice(3..) } else { part }
    }

    /// Where the first event in the block ends, after an empty line. Lines end in LF, CR or both.
    fn end(&mut self) -> Option<usize> {
        while let Some(byte) = self.block.get(self.seen) {
            self.seen += 1;
            let (is_empty, after_return) = self.line;
            let is_end = matches!(byte, b'\n' | b'\r');
            let is_second = after_return && *byte == b'\n';
            self.line = (is_end, *byte == b'\r');
            if is_end && is_empty && !is_second {
                return Some(self.seen);
            }
        }
        None
    }

    /// Notes what an event says about resuming: `id` and `retry`.
    fn note(&mut self, block: &[u8]) {
        for line in block.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let (name, value) = match line.iter().position(|byte| *byte == b':') {
                Some(colon) => (line.get(..colon), line.get(colon + 1..)),
                None => (Some(line), None),
            };
            let value = value.unwrap_or_default();
            let value = value.strip_prefix(b" ").unwrap_or(value);
            match name {
                // An identifier that cannot stand in a header, such as one with a NUL, is ignored.
                Some(b"id") => {
                    if let Ok(id) = HeaderValue::from_bytes(value) {
                        self.id = Some(id).filter(|id| !id.is_empty());
                    }
                }
                Some(b"retry") => self.wait = milliseconds(value).unwrap_or(self.wait),
                _ => {}
            }
        }
    }

    /// Drops the connection and the part of an event that has arrived.
    fn forget(&mut self) {
        self.stream = None;
        self.block.clear();
        self.seen = 0;
        self.line = (true, false);
        self.skips = false;
        self.begun = false;
    }

    /// Waits and sends the request again. Gives false if the server has no more events (204), or if the client has no clock to wait by.
    async fn reopen(&mut self) -> Result<bool, TransportError> {
        let Some(wait) = self.http.clock().map(|clock| clock.sleep(self.wait)) else { return Ok(false) };
        wait.await;
        let request = || {
            let mut request = self.request.clone();
            if let Some(id) = &self.id {
                request.last_event_id(id);
            }
            Ok(request)
        };
        // Asks for a token anew, because the first one may have expired.
        let sent = self.http.authorized(request, async |client, request| client.open(request).await).await;
        let (reply, _) = sent.map_err(broken)?;
        let over = |why| TransportError::new(TransportErrorKind::Exchange, format!("the stream is over: {why}"));
        match reply.status() {
            StatusCode::OK if is_other_than(EVENT_STREAM, &reply) => {
                Err(over(format!("the media type is not {EVENT_STREAM}")))
            }
            StatusCode::OK => {
                self.stream = Some(reply.into_body());
                Ok(true)
            }
            StatusCode::NO_CONTENT => Ok(false),
            status => Err(over(format!("status {status}"))),
        }
    }
}

fn broken(error: Error<()>) -> TransportError {
    match error {
        Error::Transport(error) => error,
        other => TransportError::new(TransportErrorKind::Exchange, other),
    }
}

fn milliseconds(value: &[u8]) -> Option<Duration> {
    let digits = std::str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().map(Duration::from_millis)
}

impl Chunks for Resumed {
    fn next(&mut self) -> ChunkFuture<'_> {
        Box::pin(self.read())
    }
}
