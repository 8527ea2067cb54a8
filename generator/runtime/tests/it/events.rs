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

fn stream(body: impl AsRef<[u8]>, length: usize) -> ByteStream {
    ByteStream::new(Pieces { body: body.as_ref().to_vec(), length })
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
    let fault = events.next().await.expect_err("an object is not a text");
    assert!(matches!(&fault, EventError::Data(_)));
    assert_eq!(fault.to_string(), "an event cannot be read: body.text: found an object, expected a string");
    let next = events.next().await.expect("a delta").expect("an event");
    assert_eq!(next.data, Delta { text: "b".to_owned() });
    assert_eq!(events.next().await, Ok(None));
    assert_eq!(events.next().await.expect("the end stays the end"), None);
}

/// The data of all events, or `None` for each that cannot be read.
async fn read_all(body: impl AsRef<[u8]>, length: usize) -> Vec<Option<usize>> {
    let mut events = Events::text(stream(body, length));
    let mut read = Vec::new();
    while let Some(event) = events.next().await.transpose() {
        read.push(match event {
            Ok(event) => Some(event.data.len()),
            Err(EventError::Malformed) => None,
            Err(other) => panic!("{other}"),
        });
    }
    read
}

/// Nothing of an event that cannot be read is taken for another event.
#[tokio::test]
async fn an_event_that_is_too_long_or_not_text_is_skipped_to_its_end() {
    const MIB: usize = 1 << 20;
    let long = "a".repeat(16 * MIB);
    let line = format!("data: b\ndata: {long}tail\ndata: c\n\ndata: one\n\n\ndata: last\n\n");
    let many = format!("{}\ndata: last\n\n", format!("data: {}\n", "a".repeat(MIB)).repeat(20));
    let longest = format!("data: {}\n\ndata: last\n\n", "a".repeat(15 * MIB));
    for length in [4096, 5 * MIB, 100 * MIB] {
        assert_eq!(read_all(&line, length).await, [None, Some(3), Some(4)], "in pieces of {length}");
        assert_eq!(read_all(&many, length).await, [None, Some(4)], "in pieces of {length}");
        assert_eq!(read_all(&longest, length).await, [Some(15 * MIB), Some(4)], "in pieces of {length}");
    }
    for length in [1, 2, 1000] {
        let read = read_all(b"data: a\ndata: \xff\r\ndata: c\n\r\ndata: last\n\n", length).await;
        assert_eq!(read, [None, Some(4)], "in pieces of {length}");
    }
    // Comments are not kept.
    let comments = format!("{}data: last\n\n", format!(": {}\n", "a".repeat(MIB)).repeat(20));
    assert_eq!(read_all(&comments, 4096).await, [Some(4)]);
    let mut items = ItemStream::<Value>::lines(stream(format!("\"{long}\"\n1\n"), 3 * MIB));
    assert_eq!(items.next().await, Err(EventError::Malformed));
    assert_eq!(items.next().await, Ok(Some(json!(1))));
    assert_eq!(items.next().await, Ok(None));
}

/// A number without white space behind it may have lost digits (RFC 7464, 2.4).
#[tokio::test]
async fn a_number_that_may_be_cut_off_is_an_error() {
    let mut items = ItemStream::<Value>::sequence(stream("\u{1e}12\u{1e}12\n\u{1e}tru\u{1e}[1]\u{1e}1", 3));
    let mut read = Vec::new();
    while let Some(item) = items.next().await.transpose() {
        read.push(item.map_err(|error| error.to_string()));
    }
    let cut = |offset: usize| {
        Err(format!(
            "an event cannot be read: body: is not JSON: white space must follow a number or a word at byte {offset}"
        ))
    };
    assert_eq!(read, [cut(2), Ok(json!(12)), cut(3), Ok(json!([1])), cut(1)]);
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
    let Err(EventError::Data(failure)) = odd.next().await else { panic!("it is not a number") };
    assert_eq!(failure.data(), b"canary");
    assert!(!format!("{failure:?}").contains("canary"));
    assert_eq!(odd.next().await, Ok(Some(2)));
    assert_eq!(odd.next().await, Ok(None));
}
