//! What `tracing` and `log` are told of calls, over real sockets by both transports: whole, and without a secret.
#![allow(missing_docs, reason = "tests")]

use std::fmt::{Debug, Write as _};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use runtime::{
    DescribedIssuer, Error, Exchange, Format, HttpClient, Member, Method, Operation, Reply, Request, RequestError,
    ReqwestTransport, Response, Retry, Scheme, Secret, Style, TokenCache, TokenReply, UreqTransport, block_on,
};

struct ShowPet;

impl Operation for ShowPet {
    type Output = String;
    type Error = String;

    const ID: &'static str = "showPet";

    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(Method::PUT, "/pets/{petId}");
        request.security(&[&["Key"]]);
        request.path("petId", Style::SIMPLE, "secret-path")?;
        request.query("name", Style::FORM, "secret-name")?;
        request.header("X-Trace", Style::SIMPLE, "secret-trace")?;
        request.json("secret-content")?;
        Ok(request)
    }

    fn response(reply: &Reply) -> Result<Response<String>, Error<String>> {
        reply.failure(reply.json())
    }
}

/// Keeps all that it is told, at every level.
struct Kept;

/// What the runtime has told.
static TOLD: Mutex<String> = Mutex::new(String::new());

/// What other crates have told and logged.
static LOGGED: Mutex<String> = Mutex::new(String::new());

impl Kept {
    fn line(&self, what: &str, level: &dyn Debug, fields: impl FnOnce(&mut Fields)) {
        let mut line = Fields(format!("{what} {level:?}"));
        fields(&mut line);
        writeln!(TOLD.lock().unwrap(), "{}", line.0).unwrap();
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Kept {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().name(), span.metadata().level(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line("record", &"", |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target().starts_with("runtime") {
            return self.line("event", event.metadata().level(), |line| event.record(line));
        }
        let mut fields = Fields(event.metadata().target().to_owned());
        event.record(&mut fields);
        writeln!(LOGGED.lock().unwrap(), "{}", fields.0).unwrap();
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Keeps what other crates log, at every level.
struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(LOGGED.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// A server that is busy once, and then answers with an error.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for status in ["503 Busy", "404 Not Found"] {
            let mut stream = listener.accept().unwrap().0;
            let (mut request, mut byte) = (Vec::new(), [0]);
            while !request.ends_with(b"secret-content\"") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
                request.push(byte[0]);
            }
            let head = format!("HTTP/1.1 {status}\r\nX-Secret: secret-reply-header\r\nSet-Cookie: a=secret-cookie\r\n");
            write!(stream, "{head}Content-Length: 11\r\nConnection: close\r\n\r\nsecret-body").unwrap();
        }
    });
    url
}

/// A server that gives tokens, and refuses the first one.
fn serve_tokens() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let grant = r#"{"access_token": "secret-token", "refresh_token": "secret-refresh", "expires_in": 100}"#;
        let other = grant.replace("token\",", "token-2\",");
        let rejected = ("401 Unauthorized", "secret-reply".to_owned());
        let replies =
            [("200 OK", grant.to_owned()), rejected, ("200 OK", other), ("404 Not Found", "secret".to_owned())];
        for (status, body) in replies {
            let mut stream = listener.accept().unwrap().0;
            let (mut request, mut byte) = (Vec::new(), [0]);
            let ends = [&b"secret-content\""[..], b"key=secret-key", b"refresh_token=secret-refresh"];
            while !ends.iter().any(|end| request.ends_with(end))
                && stream.read(&mut byte).is_ok_and(|length| length == 1)
            {
                request.push(byte[0]);
            }
            let length = body.len();
            let head = "Content-Type: application/json\r\nConnection: close";
            write!(stream, "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        }
    });
    url
}

const REPLY: TokenReply = TokenReply {
    token: "/access_token",
    refresh_token: Some("/refresh_token"),
    life: Some("/expires_in"),
    success: &[],
};

const MINT: Exchange = Exchange {
    operation: "mint",
    server: None,
    path: "/mint",
    format: Format::Form,
    security: &[],
    body: &[("/key", Member::Credential(0))],
    reply: REPLY,
};

const REFRESH: Exchange = Exchange { operation: "refresh", body: &[("/refresh_token", Member::RefreshToken)], ..MINT };

fn tokens(client: &HttpClient) -> TokenCache {
    let key = Box::new(Secret::from("secret-key"));
    TokenCache::new(DescribedIssuer::new(client, &MINT, vec![key]).with_refresh(&REFRESH))
}

fn client(url: &str) -> HttpClient {
    let retry = Retry::new().with_waits(Duration::from_millis(1), Duration::from_millis(1));
    let client = HttpClient::new(url).unwrap().with_retry(retry).with_header("X-Extra", "secret-header");
    client.with_credential(Scheme::query("Key", "key"), Secret::from("secret-query"))
}

#[test]
fn a_call_is_a_span_without_a_secret() {
    log::set_logger(&Logger).unwrap();
    tracing::subscriber::set_global_default(Kept).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for name in ["reqwest", "ureq"] {
        let url = serve();
        let error = match name {
            "reqwest" => {
                log::set_max_level(log::LevelFilter::Trace);
                runtime.block_on(client(&url).with_transport(ReqwestTransport::new()).call(&ShowPet))
            }
            _ => {
                log::set_max_level(log::LevelFilter::Debug);
                block_on(client(&url).with_transport(UreqTransport::new()).call(&ShowPet))
            }
        };
        let error = error.map(Response::into_value).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{shown}");
        let port = url.rsplit(':').next().unwrap();
        let expected = format!(
            "call Level(Info) otel.name=\"PUT /pets/{{petId}}\" otel.kind=\"client\" operation=\"showPet\" \
             http.request.method=\"PUT\" server.address=\"127.0.0.1\" server.port={port} url.template=\"/pets/{{petId}}\"\n\
             event Level(Debug) message=attempt, to be repeated attempt=1 http.response.status_code=503 error.type=\"503\"\n\
             event Level(Debug) message=attempt attempt=2 http.response.status_code=404 error.type=\"404\"\n\
             record \"\" http.request.resend_count=1\nrecord \"\" http.response.status_code=404\n\
             record \"\" error.type=\"404\"\nrecord \"\" otel.status_code=\"ERROR\"\n"
        );
        assert_eq!(std::mem::take(&mut *TOLD.lock().unwrap()), expected, "{name}");
    }
    for name in ["reqwest", "ureq"] {
        let (url, bearer) = (serve_tokens(), Scheme::bearer("Key"));
        let client = HttpClient::new(&url).unwrap();
        let error = match name {
            "reqwest" => {
                log::set_max_level(log::LevelFilter::Trace);
                let client = client.with_transport(ReqwestTransport::new());
                runtime.block_on(client.clone().with_token_source(bearer, tokens(&client)).call(&ShowPet))
            }
            _ => {
                log::set_max_level(log::LevelFilter::Debug);
                let client = client.with_transport(UreqTransport::new());
                block_on(client.clone().with_token_source(bearer, tokens(&client)).call(&ShowPet))
            }
        };
        let error = error.map(Response::into_value).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(404), "{error}");
        let told = format!("{error} {error:?} {}", std::mem::take(&mut *TOLD.lock().unwrap()));
        // The mint, the call, the refresh, and the call once more.
        assert_eq!((told.matches("event Level").count(), told.contains("secret")), (4, false), "{told}");
    }
    // At this level `ureq` shows every byte, so nothing is sent.
    log::set_max_level(log::LevelFilter::Trace);
    let client = client("http://127.0.0.1:1").with_transport(UreqTransport::new());
    let error = block_on(client.call(&ShowPet)).map(Response::into_value).unwrap_err();
    let expected = "showPet: the log would show secrets, because `ureq` writes all that it sends to it: limit the log target `ureq_proto` to the level `DEBUG`";
    assert_eq!((error.to_string().as_str(), error.attempts()), (expected, 0));
    let logged = LOGGED.lock().unwrap().clone();
    let shown: Vec<&str> = logged.lines().filter(|line| line.contains("secret")).collect();
    assert!(logged.contains("ureq") && logged.contains("hyper"), "something is logged");
    assert_eq!(shown, [""; 0]);
}
