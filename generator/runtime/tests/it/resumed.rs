//! Streams of events that go on after they broke off.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::double::{ShowPet, show_pet};
use runtime::{
    ByteStream, Bytes, Chunks, Clock, EventError, Events, HttpClient, Limits, RequestBody, Scheme, ScriptedTokens,
    SleepFuture, StreamFuture, Transport, TransportErrorKind, TransportFuture, block_on,
};

/// A status, and what arrives; then the connection ends or breaks.
type Answer = Result<(u16, Vec<&'static str>, bool), TransportErrorKind>;

/// Gives one answer after the other, and keeps the identifiers that it was sent, each with the time.
#[derive(Clone)]
struct Server(Arc<Mutex<State>>);

struct State {
    answers: VecDeque<Answer>,
    sent: Vec<(String, u64)>,
    keys: Vec<String>,
    time: Duration,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

struct Pieces(VecDeque<&'static str>, bool);

impl Chunks for Pieces {
    fn next(&mut self) -> runtime::ChunkFuture<'_> {
        let piece = match self.0.pop_front() {
            None if self.1 => Err(TransportErrorKind::Exchange.into()),
            piece => Ok(piece.map(Bytes::from)),
        };
        Box::pin(std::future::ready(piece))
    }
}

impl Transport for Server {
    fn execute(&self, _: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        Box::pin(std::future::ready(Err(TransportErrorKind::Absent.into())))
    }

    fn open(&self, request: http::Request<RequestBody>, _: Limits) -> StreamFuture<'_> {
        let mut state = self.0.lock().unwrap();
        let header = |name: &str| request.headers().get(name).map_or("-", |id| id.to_str().unwrap()).to_owned();
        let id = header("last-event-id");
        state.keys.push(header("x-key"));
        let time = state.time.as_millis().try_into().unwrap();
        state.sent.push((id, time));
        let answer = state.answers.pop_front().unwrap();
        Box::pin(std::future::ready(answer.map_err(Into::into).map(|(status, pieces, breaks)| {
            let is_page = pieces.first().is_some_and(|piece| piece.starts_with('<'));
            let media_type = if is_page { "text/html" } else { "text/event-stream" };
            let body = ByteStream::new(Pieces(pieces.into(), breaks));
            http::Response::builder().status(status).header("content-type", media_type).body(body).unwrap()
        })))
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(self)
    }
}

impl Clock for Server {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().time
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.0.lock().unwrap().time += duration;
        Box::pin(std::future::ready(()))
    }
}

type Told = Vec<Result<String, EventError>>;

fn server(answers: impl IntoIterator<Item = Answer>) -> Server {
    let answers = answers.into_iter().collect();
    Server(Arc::new(Mutex::new(State { answers, sent: Vec::new(), keys: Vec::new(), time: Duration::ZERO })))
}

fn client(server: &Server) -> HttpClient {
    HttpClient::new("https://h").unwrap().with_transport(server.clone()).with_reconnect()
}

/// All events, and what the server was sent.
fn read(answers: impl IntoIterator<Item = Answer>) -> (Told, Vec<(String, u64)>) {
    let server = server(answers);
    let told = events(&client(&server));
    let sent = server.0.lock().unwrap().sent.clone();
    (told, sent)
}

fn events(client: &HttpClient) -> Told {
    let call: super::Call<ShowPet> = show_pet(client, "1");
    let stream = block_on(call.stream(Some("text/event-stream"))).unwrap().into_value();
    let (mut events, mut told) = (Events::text(stream), Vec::new());
    while let Some(event) = block_on(events.next()).transpose() {
        told.push(event.map(|event| event.data));
    }
    told
}

fn sent(requests: &[(&str, u64)]) -> Vec<(String, u64)> {
    requests.iter().map(|(id, at)| ((*id).to_owned(), *at)).collect()
}

#[test]
fn the_last_event_is_told_and_a_cut_one_is_dropped() {
    let (told, requests) = read([
        Ok((200, vec!["id: 1\ndata: a\n\n", "id: 2\r\nda", "ta: b\r\n\r\nid: 3\ndata: cut\n"], true)),
        Ok((200, vec!["retry: 500\n\ndata: c\n\n", "id: 4\rdata: d\r\rid\n"], false)),
        Ok((200, vec!["data: e\n\nid\n\n"], false)),
        Ok((200, vec![], false)),
        Ok((204, vec![], false)),
    ]);
    assert_eq!(told, ["a", "b", "c", "d", "e"].map(|data| Ok(data.to_owned())));
    assert_eq!(requests, sent(&[("-", 0), ("2", 3000), ("4", 3500), ("-", 4000), ("-", 4500)]));
}

/// An identifier that cannot stand in a header does not replace the last one.
#[test]
fn an_identifier_that_cannot_be_sent_changes_nothing() {
    let (told, requests) =
        read([Ok((200, vec!["id: 5\ndata: a\n\nid: 6\0\ndata: b\n\n"], false)), Ok((204, vec![], false))]);
    assert_eq!(told, ["a", "b"].map(|data| Ok(data.to_owned())));
    assert_eq!(requests, sent(&[("-", 0), ("5", 3000)]));
}

/// The token that the stream began with may have expired.
#[test]
fn each_request_has_a_valid_token() {
    let server = server([
        Ok((200, vec!["data: a\n\n"], false)),
        Ok((401, vec![], false)),
        Ok((200, vec!["data: b\n\n"], false)),
        Ok((204, vec![], false)),
    ]);
    let tokens = ScriptedTokens::new().token("old").token("new");
    let told = events(&client(&server).with_token_source(Scheme::header("Key", "x-key"), tokens));
    assert_eq!(told, ["a", "b"].map(|data| Ok(data.to_owned())));
    assert_eq!(server.0.lock().unwrap().keys, ["old", "old", "new", "new"]);
}

#[test]
fn errors_are_told_and_the_next_call_tries_again() {
    let (told, requests) = read([
        Ok((200, vec!["data: a\n\n"], false)),
        Err(TransportErrorKind::Connect),
        Ok((500, vec![], false)),
        Ok((200, vec!["<html>"], false)),
        Ok((200, vec!["data: b\n\ndata: [DONE]\n\n"], false)),
    ]);
    let broken = |reason: &str| Err(EventError::Transport(reason.to_owned()));
    assert_eq!(
        told,
        [
            Ok("a".to_owned()),
            broken("cannot connect to the server"),
            broken("the exchange with the server failed: the stream is over: status 500 Internal Server Error"),
            broken("the exchange with the server failed: the stream is over: the media type is not text/event-stream"),
            Ok("b".to_owned())
        ]
    );
    assert_eq!(requests, sent(&[("-", 0), ("-", 3000), ("-", 6000), ("-", 9000), ("-", 12000)]));
}

/// Each connection may begin with a byte order mark (WHATWG HTML, 9.2.5).
#[test]
fn each_connection_may_begin_with_a_mark() {
    let (told, _) = read([
        Ok((200, vec!["\u{feff}data: a\n\n"], false)),
        Ok((200, vec!["\u{feff}id: 1\ndata: b\n\n"], false)),
        Ok((200, vec!["\u{feff}", "data: c\n\ndata: d\n\n"], false)),
        Ok((204, vec![], false)),
    ]);
    assert_eq!(told, ["a", "b", "c", "d"].map(|data| Ok(data.to_owned())));
}

#[test]
fn an_event_that_is_too_long_is_skipped() {
    let line: &'static str = String::leak(format!("data: {}\n", "a".repeat(1 << 20)));
    let mut pieces = vec![line; 40];
    pieces.extend(["\nid: 1\ndata: a\n\n"]);
    let (told, requests) = read([Ok((200, pieces, false)), Ok((204, vec![], false))]);
    let long = EventError::Transport("the reply is larger than the client accepts".to_owned());
    assert_eq!(told, [Err(long), Ok("a".to_owned())]);
    assert_eq!(requests, sent(&[("-", 0), ("1", 3000)]));
}
