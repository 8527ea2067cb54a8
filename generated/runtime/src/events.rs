//! Server-sent events (WHATWG HTML, 9.2): a body that is still arriving to typed events, one by one.

use std::collections::VecDeque;
use std::fmt;

use super::byte_stream::ByteStream;
use super::fault::Fault;
use super::input::from_slice;
use super::read::Read;
use super::transport_error::TransportError;
use super::unreadable::Unreadable;
use bytes::Bytes;

/// The longest event that is kept in memory, in bytes.
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
    /// The event is longer than 16 MiB, or its text is not UTF-8.
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
    buffer: Vec<u8>,
    lines: VecDeque<Vec<u8>>,
    fields: Fields,
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
            buffer: Vec::new(),
            lines: VecDeque::new(),
            fields: Fields::default(),
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
            while let Some(line) = self.lines.pop_front() {
                let line = String::from_utf8(line).map_err(|_| EventError::Malformed)?;
                if !line.is_empty() {
                    self.fields.add(&line);
                } else if let Some(data) = self.fields.data.take() {
                    let event = self.fields.event.take();
                    if data == "[DONE]" {
                        self.ended = true;
                        self.lines.clear();
                        return Ok(None);
                    }
                    let id = self.fields.id.clone();
                    return match (self.read)(&data) {
                        Ok(data) => Ok(Some(Event { event, id, data })),
                        Err(fault) => Err(EventError::Data(Box::new(Unreadable::event(event, id, data, fault)))),
                    };
                } else {
                    self.fields.event = None;
                }
            }
            if self.ended {
                return Ok(None);
            }
            match self.stream.next().await? {
                Some(chunk) => self.split(&chunk)?,
                // An event without an empty line at its end is dropped, as the specification says.
                None => self.ended = true,
            }
        }
    }

    /// Takes whole lines from the bytes. Lines end in LF, CR or both.
    fn split(&mut self, chunk: &Bytes) -> Result<(), EventError> {
        for byte in chunk {
            let after_return = std::mem::replace(&mut self.after_return, *byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.buffer);
                    let marked = !std::mem::replace(&mut self.begun, true) && line.starts_with(b"\xef\xbb\xbf");
                    self.lines.push_back(if marked { line.get(3..).unwrap_or_default().to_vec() } else { line });
                }
                other if self.buffer.len() < LONGEST_EVENT => self.buffer.push(*other),
                _ => return Err(EventError::Malformed),
            }
        }
        Ok(())
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(..)")
    }
}

impl Fields {
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
