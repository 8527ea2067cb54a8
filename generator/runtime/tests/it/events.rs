//! Server-sent events, split wherever a network may split them.

use bytes::Bytes;
use serde_json::{Value, json};

use runtime::{ByteStream, ChunkFuture, Chunks, EventError, Events, ItemStream, Model, Object, ObjectWriter, model};

/// A body that arrives in pieces of one length.
struct Pieces {
    body: Vec<u8>,
    length: usize,
}

impl Chunks for Pieces {
    fn next(&mut self) -> ChunkFuture<'_> {
        let rest = self.body.split_off(self.length.min(self.body.len()));
        let piece = std::mem::replace(&mut self.body, rest);
        Box::pin(std::future::ready(Ok(if piece.is_empty() { None } else { Some(Bytes::from(piece)) })))
    }
}

fn stream(body: &str, length: usize) -> ByteStream {
    ByteStream::new(Pieces { body: body.as_bytes().to_vec(), length })
}

type Read = (Option<String>, Option<String>, String);

async fn read_text(body: &str, length: usize) -> Vec<Read> {
    let mut events = Events::text(stream(body, length));
    let mut read = Vec::new();
    while let Some(event) = events.next().await.expect("the events are text") {
        read.push((event.event, event.id, event.data));
    }
    read
}

fn event(event: Option<&str>, id: Option<&str>, data: &str) -> Read {
    (event.map(str::to_owned), id.map(str::to_owned), data.to_owned())
}

#[tokio::test]
async fn events_are_the_same_however_the_body_is_split() {
    let body = "\u{feff}: a comment\r\ndata: one\r\n\r\nevent: add\rdata:two\rdata: lines\r\rid: 7\ndata\n\nevent: none\n\nid\ndata: last\n\ndata: cut";
    let expected = vec![
        event(None, None, "one"),
        event(Some("add"), None, "two\nlines"),
        event(None, Some("7"), ""),
        event(None, Some(""), "last"),
    ];
    for length in [1, 2, 3, 7, 1000] {
        assert_eq!(read_text(body, length).await, expected, "in pieces of {length}");
    }
}

#[derive(Debug, PartialEq)]
struct Delta {
    text: String,
}

impl Model for Delta {
    fn read(from: &mut Object<'_>) -> Self {
        Self { text: from.required("text") }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("text", &self.text);
    }
}

model!(Delta);

#[tokio::test]
async fn data_that_cannot_be_read_is_an_error_and_the_next_event_is_read() {
    let body = "data: {\"text\": \"a\"}\n\ndata: {\"text\": {}}\n\ndata: {\"text\": \"b\"}\n\ndata: [DONE]\n\ndata: {\"text\": \"c\"}\n\n";
    let mut events = Events::<Delta>::json(stream(body, 5));
    let first = events.next().await.expect("a delta").expect("an event");
    assert_eq!(first.data, Delta { text: "a".to_owned() });
    let fault = events.next().await.expect_err("an object is no text");
    assert!(matches!(&fault, EventError::Data(_)));
    assert_eq!(fault.to_string(), "an event cannot be read: body.text: found an object, expected a string");
    let next = events.next().await.expect("a delta").expect("an event");
    assert_eq!(next.data, Delta { text: "b".to_owned() });
    assert_eq!(events.next().await, Ok(None));
    assert_eq!(events.next().await.expect("the end stays the end"), None);
}

#[tokio::test]
async fn values_are_the_same_however_the_body_is_split() {
    async fn read(mut items: ItemStream<Value>) -> Vec<Value> {
        let mut read = Vec::new();
        while let Some(item) = items.next().await.expect("the values are JSON") {
            read.push(item);
        }
        read
    }
    let expected = [json!({"a": 1}), json!("b"), json!([2])];
    for length in [1, 2, 7, 1000] {
        let lines = "{\"a\": 1}\r\n\n\"b\"\n[2]";
        assert_eq!(read(ItemStream::lines(stream(lines, length))).await, expected);
        let sequence = "\u{1e}{\"a\":\n1}\n\u{1e}\"b\"\n\u{1e}[2]\n";
        assert_eq!(read(ItemStream::sequence(stream(sequence, length))).await, expected);
    }
    let mut odd = ItemStream::<u8>::lines(stream("1\ncanary\n2\n", 4));
    assert_eq!(odd.next().await, Ok(Some(1)));
    let Err(EventError::Data(failure)) = odd.next().await else { panic!("it is no number") };
    assert_eq!(failure.data(), b"canary");
    assert!(!format!("{failure:?}").contains("canary"));
    assert_eq!(odd.next().await, Ok(Some(2)));
    assert_eq!(odd.next().await, Ok(None));
}
