//! Bodies that are read while they are sent, and replies that are written while they arrive: over real sockets, by both transports.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use runtime::{
    ByteStream, Bytes, Error, File, HttpClient, Method, RawCall, RequestBody, ReqwestTransport, Retry,
    TransportErrorKind, UreqTransport, block_on,
};

/// Answers each connection: 503 to the first ones, then the body of the request. Gives the URL and the heads, in lower case.
fn echo(busy: usize) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heads);
    thread::spawn(move || {
        for (index, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let (head, body) = request(&mut stream);
            kept.lock().unwrap().push(head);
            let status = if index < busy { "503 Busy" } else { "200 OK" };
            let length = body.len();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            // A client that gives up has closed its side.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    (url, heads)
}

fn until(stream: &mut impl Read, end: &[u8]) -> Vec<u8> {
    let (mut text, mut byte) = (Vec::new(), [0]);
    while !text.ends_with(end) && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        text.push(byte[0]);
    }
    text
}

fn request(stream: &mut impl Read) -> (String, Vec<u8>) {
    let head = String::from_utf8(until(stream, b"\r\n\r\n")).unwrap().to_lowercase();
    let mut body = Vec::new();
    if let Some(length) = head.lines().find_map(|line| line.strip_prefix("content-length: ")) {
        let _ = stream.take(length.parse().unwrap()).read_to_end(&mut body);
    } else if head.contains("transfer-encoding: chunked") {
        loop {
            let size = String::from_utf8(until(stream, b"\r\n")).unwrap();
            let Ok(size) = u64::from_str_radix(size.trim_end(), 16) else { break };
            let _ = stream.take(size).read_to_end(&mut body);
            until(stream, b"\r\n");
            if size == 0 {
                break;
            }
        }
    }
    (head, body)
}

/// What a call with a body ends with, by both transports.
fn upload(busy: usize, body: impl Fn() -> RequestBody) -> Vec<(Result<Bytes, String>, usize, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = |client: &HttpClient, body| {
        let call = RawCall::new(client, Method::PUT, "/").body("text/plain", body);
        async { call.send().await.map(|reply| reply.body().clone()).map_err(|error| told(&error)) }
    };
    let client = |url: &str| {
        let retry = Retry::new().with_waits(Duration::from_millis(1), Duration::from_millis(1));
        HttpClient::new(url).unwrap().with_retry(retry)
    };
    let framing = |heads: &[String]| {
        let lines = heads.last().cloned().unwrap_or_default();
        lines.lines().filter(|line| line.starts_with("content-length") || line.starts_with("transfer")).collect()
    };
    let (url, heads) = echo(busy);
    let waiting = runtime.block_on(call(&client(&url).with_transport(ReqwestTransport::new()), body()));
    let heads = heads.lock().unwrap();
    let (url, blocked) = echo(busy);
    let blocking = block_on(call(&client(&url).with_transport(UreqTransport::new()), body()));
    let blocked = blocked.lock().unwrap();
    vec![(waiting, heads.len(), framing(&heads)), (blocking, blocked.len(), framing(&blocked))]
}

fn told<E>(error: &Error<E>) -> String {
    match error {
        Error::Transport(error) => format!("{:?}, {} attempts: {error}", error.kind(), error.attempts()),
        error => format!("{error}, {} attempts", error.attempts()),
    }
}

const TEXT: &str = "What is read while it is sent.";

fn text(length: Option<u64>) -> RequestBody {
    RequestBody::once(ByteStream::from_reader(TEXT.as_bytes()), length)
}

#[test]
fn of_a_known_and_an_unknown_length() {
    for (outcome, connections, framing) in upload(0, || text(Some(30))) {
        assert_eq!((outcome, connections, framing.as_str()), (Ok(TEXT.into()), 1, "content-length: 30"));
    }
    for (outcome, connections, framing) in upload(0, || text(None)) {
        assert_eq!((outcome, connections, framing.as_str()), (Ok(TEXT.into()), 1, "transfer-encoding: chunked"));
    }
}

#[test]
fn what_can_be_read_once_is_sent_once() {
    for (outcome, connections, _) in upload(1, || text(Some(30))) {
        assert_eq!(connections, 1);
        assert!(outcome.unwrap_err().ends_with("1 attempts"));
    }
    let opened = || RequestBody::opened(|| Ok(ByteStream::from_reader(TEXT.as_bytes())), Some(30));
    for (outcome, connections, _) in upload(2, opened) {
        assert_eq!((outcome, connections), (Ok(TEXT.into()), 3));
    }
    let body = text(None);
    assert_eq!(block_on(body.collect()).unwrap(), TEXT);
    let error = block_on(body.collect()).unwrap_err();
    assert_eq!(error.to_string(), "the body of the request could not be read: it can be sent only once");
}

#[test]
fn a_body_that_fails() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    type Made = fn() -> RequestBody;
    let bodies: [(Made, &str); 4] = [
        (|| RequestBody::once(ByteStream::from_reader(Broken), None), "the disk is gone"),
        (|| RequestBody::opened(|| Err(io::Error::other("it is locked")), None), "it is locked"),
        (|| text(Some(29)), "it has another length than was said"),
        (|| text(Some(31)), "it has another length than was said"),
    ];
    for (body, reason) in bodies {
        for (outcome, _, _) in upload(0, body) {
            let message = outcome.unwrap_err();
            assert!(message.starts_with("Body, 1 attempts: the body of the request could not be read"), "{message}");
            assert!(message.ends_with(reason), "{message}");
        }
    }
}

#[test]
fn files_and_parts_of_a_form() {
    let path = std::env::temp_dir().join(format!("runtime-streamed-{}", std::process::id()));
    std::fs::write(&path, TEXT.repeat(10_000)).unwrap();
    let file = RequestBody::file(&path).unwrap();
    for (outcome, connections, framing) in upload(1, || file.clone()) {
        assert_eq!((connections, framing.as_str()), (2, "content-length: 300000"));
        assert_eq!(outcome.unwrap(), TEXT.repeat(10_000));
    }
    std::fs::remove_file(&path).unwrap();

    let mut request = runtime::Request::new(Method::POST, "/");
    let form = Upload::default().name("notes".to_owned()).file(File::new(text(Some(30))).with_name("n.txt"));
    request.multipart(&form, &[("file", "text/plain")]).unwrap();
    let request = HttpClient::new("https://h").unwrap().prepare(request).unwrap();
    let boundary = request.headers()["content-type"].to_str().unwrap().split_once('=').unwrap().1.to_owned();
    assert!(!request.body().is_repeatable());
    let sent = block_on(request.body().collect()).unwrap();
    assert_eq!(request.body().length(), Some(sent.len() as u64));
    let sent = String::from_utf8(sent.to_vec()).unwrap().replace(&boundary, "B").replace('\r', "");
    assert_eq!(
        sent,
        "--B\nContent-Disposition: form-data; name=\"name\"\n\nnotes\n\
         --B\nContent-Disposition: form-data; name=\"file\"; filename=\"n.txt\"\nContent-Type: text/plain\n\n\
         What is read while it is sent.\n--B--\n"
    );
}

runtime::object! {
    /// A form.
    pub struct Upload: Default {
        /// A member.
        name: String = required "name",
        /// A file.
        file: File = required "file",
        ..unknown: runtime::Unknown
    }
}

#[tokio::test]
async fn asynchronous_readers_and_streams() {
    let body =
        RequestBody::once(ByteStream::from_async_read(tokio::io::AsyncReadExt::chain(&b"a"[..], &b"b"[..])), None);
    assert_eq!(body.collect().await.unwrap(), "ab");
    struct Twice(u8);
    impl futures_core::Stream for Twice {
        type Item = Result<Bytes, io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            self.0 += 1;
            std::task::Poll::Ready((self.0 < 3).then(|| Ok("x".into())))
        }
    }
    assert_eq!(RequestBody::once(ByteStream::from_stream(Twice(0)), None).collect().await.unwrap(), "xx");
}

#[test]
fn progress_and_a_writer() {
    let sent = Arc::new(AtomicU64::new(0));
    let told = Arc::clone(&sent);
    let body = text(Some(30)).with_progress(move |length| told.store(length, Ordering::SeqCst));
    let (url, _) = echo(0);
    let client = HttpClient::new(&url).unwrap().with_transport(UreqTransport::new());
    let reply = block_on(RawCall::new(&client, Method::PUT, "/").body("text/plain", body).send_stream()).unwrap();
    let (mut file, mut arrived) = (Vec::new(), Vec::new());
    let stream = reply.into_value();
    let (sender, receiver) = std::sync::mpsc::channel();
    let stream = stream.with_progress(move |length| sender.send(length).unwrap());
    assert_eq!(block_on(stream.copy_to(&mut file)).unwrap(), 30);
    arrived.extend(receiver.iter());
    assert_eq!((file, sent.load(Ordering::SeqCst), arrived.last()), (TEXT.into(), 30, Some(&30)));

    let broken = ByteStream::new(Broken);
    let error = block_on(broken.copy_to(&mut io::sink())).unwrap_err();
    assert_eq!(error.to_string(), "the server did not answer in time");
}

struct Broken;

impl runtime::Chunks for Broken {
    fn next(&mut self) -> runtime::ChunkFuture<'_> {
        Box::pin(std::future::ready(Err(TransportErrorKind::Timeout.into())))
    }
}
