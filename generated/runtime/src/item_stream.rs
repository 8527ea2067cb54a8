//! JSON lines and JSON text sequences (RFC 7464): a body that is still arriving to typed values, one by one.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use super::byte_stream::ByteStream;
use super::events::{EventError, LONGEST_EVENT};
use super::input::from_slice;
use super::read::Read;
use super::unreadable::Unreadable;

/// What ends a value in JSON lines.
const NEWLINE: u8 = b'\n';

/// What begins a value in a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The values of a reply, as they arrive.
pub struct ItemStream<T> {
    stream: ByteStream,
    separator: u8,
    buffer: Vec<u8>,
    texts: VecDeque<Vec<u8>>,
    ended: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: Read> ItemStream<T> {
    /// One value in each line.
    pub fn lines(stream: ByteStream) -> Self {
        Self::new(stream, NEWLINE)
    }

    /// A record separator before each value.
    pub fn sequence(stream: ByteStream) -> Self {
        Self::new(stream, RECORD_SEPARATOR)
    }

    fn new(stream: ByteStream, separator: u8) -> Self {
        Self { stream, separator, buffer: Vec::new(), texts: VecDeque::new(), ended: false, item: PhantomData }
    }

    /// Waits for the next value. `None` at the end.
    ///
    /// # Errors
    /// The exchange broke off, or the value could not be read.
    pub async fn next(&mut self) -> Result<Option<T>, EventError> {
        loop {
            if let Some(text) = self.texts.pop_front() {
                let unreadable = |fault| EventError::Data(Box::new(Unreadable::item(text.clone(), fault)));
                return from_slice(&text).map(Some).map_err(unreadable);
            }
            if self.ended {
                return Ok(None);
            }
            match self.stream.next().await? {
                Some(chunk) => self.split(&chunk)?,
                None => {
                    self.ended = true;
                    self.end();
                }
            }
        }
    }

    fn split(&mut self, chunk: &[u8]) -> Result<(), EventError> {
        for byte in chunk {
            if *byte == self.separator {
                self.end();
            } else if self.buffer.len() < LONGEST_EVENT {
                self.buffer.push(*byte);
            } else {
                return Err(EventError::Malformed);
            }
        }
        Ok(())
    }

    /// Ends the value that is being read. A text of only white space is not a value.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.buffer);
        if !text.trim_ascii().is_empty() {
            self.texts.push_back(text);
        }
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream(..)")
    }
}
