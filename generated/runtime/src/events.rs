//! Server-sent events (WHATWG HTML, 9.2): a body that is still arriving to typed events, one by one.

use std::fmt;
use std::mem;

use super::byte_stream::ByteStream;
use super::fault::Fault;
use super::input::from_slice;
use super::read::Read;
use super::transport_error::TransportError;
use super::unreadable::Unreadable;
use bytes::Bytes;

/// The longest event or value that is kept in memory, in bytes.
pub(super) const LONGEST_EVENT: usize = 16 * 1024 * 1024;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type (`event:`), if it has one.
    pub event: Option<String>,
    /// The last identifier that the server has given (`id:`).
    pub id: Option<String>,
    /// What it holds (`data:`).
    pub data: T,
}

/// Why there is no next event, or no next value of a stream of values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// The exchange broke off.
    Transport(String),
    /// The data is not what the document says. The error keeps the data. Later events can still be read.
    Data(Box<Unreadable>),
    /// The event is longer than 16 MiB, or its text is not UTF-8. The rest of it is skipped. Later events can still be read.
    Malformed,
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(reason) => write!(f, "the events broke off: {reason}"),
            Self::Data(unreadable) => write!(f, "an event cannot be read: {}", unreadable.fault()),
            Self::Malformed => f.write_str("an event is too long or not UTF-8"),
        }
    }
}

impl std::error::Error for EventError {}

impl From<TransportError> for EventError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error.to_string())
    }
}

/// The events of a reply, as they arrive.
///
/// With `with_reconnect` on the call they go on after the reply ended or broke off. The request is then sent again, with the identifier of
/// the last event in the header `Last-Event-ID`, after the wait that the server has asked for (three seconds by default). They end if the
/// server answers that request with 204. After an error, [`Events::next`] tries once more.
pub struct Events<T> {
    stream: ByteStream,
    read: fn(&str) -> Result<T, Fault>,
    /// What has arrived, from the next line on.
    chunk: Bytes,
    /// The part of a line that has arrived.
    line: Vec<u8>,
    fields: Fields,
    /// Whether the event is skipped up to its end.
    skips: bool,
    after_return: bool,
    begun: bool,
    ended: bool,
}

/// The fields of the event that is being read.
#[derive(Default)]
struct Fields {
    event: Option<String>,
    id: Option<String>,
    data: Option<String>,
}

impl<T: Read> Events<T> {
    /// Events whose data is JSON.
    pub fn json(stream: ByteStream) -> Self {
        Self::new(stream, |data| from_slice(data.as_bytes()))
    }
}

impl Events<String> {
    /// Events whose data is text.
    pub fn text(stream: ByteStream) -> Self {
        Self::new(stream, |data| Ok(data.to_owned()))
    }
}

impl<T> Events<T> {
    fn new(stream: ByteStream, read: fn(&str) -> Result<T, Fault>) -> Self {
        Self {
            stream,
            read,
            chunk: Bytes::new(),
            line: Vec::new(),
            fields: Fields::default(),
            skips: false,
            after_return: false,
            begun: false,
            ended: false,
        }
    }

    /// Waits for the next event. `None` at the end. The data `[DONE]` is the end too, because several servers send it as the last event.
    ///
    /// # Errors
    /// The exchange broke off, or the event's data could not be read.
    pub async fn next(&mut self) -> Result<Option<Event<T>>, EventError> {
        loop {
            while let Some(line) = self.line()? {
                if line.is_empty() {
                    if let Some(event) = self.dispatched() {
                        return event.map(Some);
                    }
                } else if !self.skips {
                    let Ok(line) = std::str::from_utf8(&line) else { return Err(self.skip()) };
                    self.fields.add(line);
                }
            }
            if self.ended {
                return Ok(None);
            }
            match self.stream.next().await? {
                Some(chunk) => self.chunk = chunk,
                // An event without an empty line at its end is dropped, as the specification says.
                None => self.ended = true,
            }
        }
    }

    /// Takes a line from what has arrived, without its end. Lines end in LF, CR or both. `None` if the line goes on in the next chunk.
    fn line(&mut self) -> Result<Option<Vec<u8>>, EventError> {
        if self.after_return && !self.chunk.is_empty() {
            self.after_return = false;
            if self.chunk.starts_with(b"\n") {
                self.chunk = self.chunk.slice(1..);
            }
        }
        let end = self.chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let part = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        let is_over = !self.skips && self.fields.length() + self.line.len() + part.len() > LONGEST_EVENT;
        self.line.extend_from_slice(&part);
        let fault = is_over.then(|| self.skip());
        if self.skips {
            // Only whether a skipped line is empty counts.
            self.line.truncate(1);
        }
        if end.is_some() {
            self.after_return = self.chunk.split_to(1) == b"\r"[..];
        }
        match (fault, end) {
            (Some(fault), _) => Err(fault),
            (None, None) => Ok(None),
            (None, Some(_)) => Ok(Some(self.whole())),
        }
    }

    /// The line that has ended. The first line may begin with a byte order mark.
    fn whole(&mut self) -> Vec<u8> {
        let line = mem::take(&mut self.line);
        match line.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if !mem::replace(&mut self.begun, true) => rest.to_vec(),
            _ => {
                self.begun = true;
                line
            }
        }
    }

    /// Skips the event up to its end.
    fn skip(&mut self) -> EventError {
        self.skips = true;
        self.fields.clear();
        EventError::Malformed
    }

    /// Makes an event of the lines before an empty line. Gives `None` if none of them had data.
    fn dispatched(&mut self) -> Option<Result<Event<T>, EventError>> {
        self.skips = false;
        let Fields { event, id, data } = self.fields.clear();
        let data = data?;
        if data == "[DONE]" {
            self.ended = true;
            self.chunk = Bytes::new();
            return None;
        }
        Some(match (self.read)(&data) {
            Ok(data) => Ok(Event { event, id, data }),
            Err(fault) => Err(EventError::Data(Box::new(Unreadable::event(event, id, data, fault)))),
        })
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(..)")
    }
}

impl Fields {
    /// Takes the fields of an event. The identifier stays for the events that follow.
    fn clear(&mut self) -> Self {
        let id = self.id.clone();
        mem::replace(self, Self { id, ..Self::default() })
    }

    /// How much they hold, in bytes.
    fn length(&self) -> usize {
        [&self.event, &self.id, &self.data].into_iter().flatten().map(String::len).sum()
    }

    fn add(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            // Comments, `retry`, and unknown fields.
            _ => {}
        }
    }
}
