//! JSON lines and JSON text sequences (RFC 7464): a body that is still arriving to typed values, one by one.

use std::fmt;
use std::marker::PhantomData;
use std::mem;

use bytes::Bytes;

use super::byte_stream::ByteStream;
use super::events::{EventError, LONGEST_EVENT};
use super::fault::Fault;
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
    /// What has arrived, from the next value on.
    chunk: Bytes,
    /// The part of a value that has arrived.
    text: Vec<u8>,
    /// Whether the value is skipped up to its end.
    skips: bool,
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
        let (chunk, text) = (Bytes::new(), Vec::new());
        Self { stream, separator, chunk, text, skips: false, ended: false, item: PhantomData }
    }

    /// Waits for the next value. `None` at the end.
    ///
    /// # Errors
    /// The exchange broke off, or the value could not be read.
    pub async fn next(&mut self) -> Result<Option<T>, EventError> {
        loop {
            while !self.chunk.is_empty() {
                if let Some(text) = self.text()? {
                    return self.value(text).map(Some);
                }
            }
            if self.ended {
                return Ok(None);
            }
            match self.stream.next().await? {
                Some(chunk) => self.chunk = chunk,
                None => {
                    self.ended = true;
                    if let Some(text) = self.whole() {
                        return self.value(text).map(Some);
                    }
                }
            }
        }
    }

    /// Takes the text of a value from what has arrived. Gives `None` if the text goes on in the next chunk, and skips white space.
    fn text(&mut self) -> Result<Option<Vec<u8>>, EventError> {
        let end = self.chunk.iter().position(|byte| *byte == self.separator);
        let part = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        let is_over = !self.skips && self.text.len() + part.len() > LONGEST_EVENT;
        if is_over {
            self.skips = true;
            self.text.clear();
        } else if !self.skips {
            self.text.extend_from_slice(&part);
        }
        let whole = end.and_then(|_| {
            self.chunk = self.chunk.slice(1..);
            self.whole()
        });
        if is_over { Err(EventError::Malformed) } else { Ok(whole) }
    }

    /// The text that has ended.
    fn whole(&mut self) -> Option<Vec<u8>> {
        let text = mem::take(&mut self.text);
        let is_skipped = mem::take(&mut self.skips);
        (!is_skipped && !text.trim_ascii().is_empty()).then_some(text)
    }

    fn value(&self, text: Vec<u8>) -> Result<T, EventError> {
        let read = match self.separator == RECORD_SEPARATOR && is_cut(&text) {
            true => Err(Fault::syntax("white space must follow a number or a word", text.len())),
            false => from_slice(&text),
        };
        read.map_err(|fault| EventError::Data(Box::new(Unreadable::item(text, fault))))
    }
}

/// Whether the end of a text may be missing. A number or a word is only complete if white space follows (RFC 7464, 2.4).
fn is_cut(text: &[u8]) -> bool {
    let ends_itself = matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'));
    !ends_itself && !text.last().is_some_and(u8::is_ascii_whitespace)
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream(..)")
    }
}
