//! How a client uses a source: one token for each call, and one more try if the server rejects it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::{
    ByteStream, Clock, DescribedIssuer, Error, HttpClient, Limits, Method, RawCall, Reply, Request, RequestBody,
    RequestError, Response, Scheme, Scopes, ScriptedTokens, Secret, SleepFuture, StaticToken, TokenCache,
    TokenErrorKind, Transport, TransportFuture, UreqTransport,
};

use super::endpoint::{Answer, Endpoint, grant, json};
use super::world::{MINT, Way, client, each, minted};

/// An operation that needs a token.
#[derive(Clone, Debug)]
struct Show {
    scopes: &'static [(&'static str, &'static [&'static str])],
    header: Option<&'static str>,
    secured: bool,
    streamed: bool,
}

const SHOW: Show = Show { scopes: &[], header: None, secured: true, streamed: false };

impl runtime::Operation for Show {
    type Output = ();
    type Error = runtime::Json;

    const ID: &'static str = "show";

    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(Method::POST, "/things");
        if self.secured {
            request.security(&[&["bearer"]]);
            request.scopes(self.scopes);
        }
        request.header("Authorization", runtime::Style::SIMPLE, &self.header.map(str::to_owned))?;
        match self.streamed {
            true => request.bytes("text/plain", RequestBody::once(ByteStream::from_reader("body".as_bytes()), Some(4))),
            false => request.text("text/plain", "body"),
        }
        Ok(request)
    }

    fn response(reply: &Reply) -> Result<Response<()>, Error<runtime::Json>> {
        match reply.status() {
            200 => reply.success(Ok(())),
            _ => reply.failure(reply.json()),
        }
    }
}

/// A server that accepts one token.
fn accepting(token: &'static str) -> Endpoint {
    Endpoint::start(move |_, sent| {
        let is_right = sent.header("authorization") == [format!("Bearer {token}")];
        json(if is_right { 200 } else { 401 }, "{}")
    })
}

fn call(way: Way, client: &HttpClient, operation: &Show) -> Result<(), Error<runtime::Json>> {
    match way {
        Way::Blocking => client.call_blocking(operation).map(drop),
        Way::Asynchronous => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(client.call(operation)).map(drop)
        }
    }
}

fn status(outcome: &Result<(), Error<runtime::Json>>) -> u16 {
    outcome.as_ref().map_or_else(|error| error.status().map_or(0, |status| status.as_u16()), |()| 200)
}

fn ways(test: impl Fn(Way)) {
    [Way::Asynchronous, Way::Blocking].into_iter().for_each(test);
}

#[test]
fn a_call_that_is_rejected_is_sent_once_more_with_a_new_token() {
    ways(|way| {
        let server = accepting("new");
        let tokens = ScriptedTokens::new().token("old").token("new");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens.clone());
        assert_eq!(status(&call(way, &client, &SHOW)), 200);
        let sent: Vec<_> =
            server.sent().iter().map(|it| (it.header("authorization").join(","), it.body.clone())).collect();
        let body = || "body".to_owned();
        assert_eq!(sent, [("Bearer old".to_owned(), body()), ("Bearer new".to_owned(), body())]);
        assert_eq!(tokens.invalidated().iter().map(|it| it.expose().to_owned()).collect::<Vec<_>>(), ["old"]);
    });
}

/// Refuses every token, and takes four seconds for it.
#[derive(Clone, Debug, Default)]
struct Refusing(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Transport for Refusing {
    fn execute(&self, _: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        let (now, limited) = &mut *self.0.lock().unwrap();
        limited.push(limits.timeout);
        *now += Duration::from_secs(4);
        let mut reply = http::Response::new("{}".into());
        *reply.status_mut() = http::StatusCode::UNAUTHORIZED;
        Box::pin(std::future::ready(Ok(reply)))
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(self)
    }
}

impl Clock for Refusing {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().0
    }

    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::ready(()))
    }
}

/// The limit holds for both together.
#[test]
fn a_call_and_its_replay_have_one_limit() {
    let transport = Refusing::default();
    let client = HttpClient::new("https://h").unwrap().with_transport(transport.clone());
    let client = client
        .with_timeout(Duration::from_secs(10))
        .with_token_source(Scheme::bearer("bearer"), ScriptedTokens::new().token("a").token("b"));
    assert_eq!(status(&call(Way::Blocking, &client, &SHOW)), 401);
    assert_eq!(transport.0.lock().unwrap().1, [10, 6].map(Duration::from_secs));
}

/// The operation could be written again, but its stream has been read.
#[test]
fn a_call_whose_body_can_be_read_once_is_sent_once() {
    ways(|way| {
        let server = accepting("new");
        let tokens = ScriptedTokens::new().token("old").token("new");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens.clone());
        let streamed = Show { streamed: true, ..SHOW };
        assert_eq!((status(&call(way, &client, &streamed)), server.count()), (401, 1));
        assert_eq!((status(&call(way, &client, &streamed)), server.count()), (200, 2));
    });
}

/// Whatever the token, the server says 401.
#[test]
fn a_401_that_is_not_about_the_token_makes_no_endless_replay() {
    ways(|way| {
        let server = accepting("none");
        let tokens = ScriptedTokens::new().token("a").token("b").token("c");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens.clone());
        assert_eq!((status(&call(way, &client, &SHOW)), server.count()), (401, 2));
        // There is no other token to try.
        let fixed = client.with_token_source(Scheme::bearer("bearer"), StaticToken::new(Secret::from("fixed")));
        assert_eq!((status(&call(way, &fixed, &SHOW)), server.count()), (401, 3));
    });
}

#[test]
fn a_token_is_asked_for_with_the_scopes_of_the_operation() {
    ways(|way| {
        let server = accepting("t");
        let tokens = ScriptedTokens::new().token("t");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens.clone());
        let scoped = Show { scopes: &[("other", &["x"]), ("bearer", &["write", "read"])], ..SHOW };
        assert_eq!(status(&call(way, &client, &scoped)), 200);
        assert_eq!(tokens.asked(), [Scopes::new(["read", "write"])]);
    });
}

/// The call carries its own header, so that a second one would be wrong, and a token is not needed.
#[test]
fn there_are_no_two_authorization_headers() {
    ways(|way| {
        let server = Endpoint::start(|_, _| json(200, "{}"));
        let tokens = ScriptedTokens::new().token("t");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens.clone());
        let own = Show { header: Some("Own"), ..SHOW };
        assert_eq!(status(&call(way, &client, &own)), 200);
        assert_eq!(status(&call(way, &client.clone().with_header("Authorization", "Mine"), &SHOW)), 200);
        assert_eq!(status(&call(way, &client, &SHOW)), 200);
        let sent: Vec<Vec<String>> = server
            .sent()
            .iter()
            .map(|it| it.header("authorization").into_iter().map(str::to_owned).collect())
            .collect();
        assert_eq!(sent, [["Own"], ["Mine"], ["Bearer t"]]);
        assert_eq!(tokens.asked().len(), 1);
    });
}

#[test]
fn nothing_is_fetched_before_it_is_needed() {
    each(
        || minted("100"),
        |world| {
            let server = Endpoint::start(|_, _| json(200, "{}"));
            let client = client(world.way, &server).with_token_source(Scheme::bearer("bearer"), world.cache.clone());
            let open = Show { secured: false, ..SHOW };
            assert_eq!(status(&call(world.way, &client, &open)), 200);
            assert_eq!(world.endpoint.count(), 0);
        },
    );
}

#[test]
fn a_call_without_a_token_is_not_sent() {
    ways(|way| {
        let server = accepting("t");
        let tokens = ScriptedTokens::new().fail(TokenErrorKind::TimedOut).token("t");
        let client = client(way, &server).with_token_source(Scheme::bearer("bearer"), tokens);
        let error = call(way, &client, &SHOW).unwrap_err();
        assert!(matches!(&error, Error::Token(error) if error.kind() == TokenErrorKind::TimedOut), "{error}");
        assert!(error.is_retryable());
        assert_eq!((status(&call(way, &client, &SHOW)), server.count()), (200, 1));
    });
}

#[tokio::test]
async fn calls_of_no_document_and_streams_are_authenticated_too() {
    let server = accepting("new");
    let tokens = || ScriptedTokens::new().token("old").token("new");
    let client = client(Way::Asynchronous, &server);
    let with = |tokens| client.clone().with_token_source(Scheme::bearer("bearer"), tokens);
    let raw = RawCall::new(&with(tokens()), Method::POST, "/raw").body("text/plain", "x");
    assert_eq!(raw.send().await.unwrap().status(), 200);
    let stream = with(tokens()).stream(&SHOW, None).await.unwrap();
    assert_eq!(stream.status(), 200);
    assert_eq!(server.count(), 4);
}

/// The server sends the client elsewhere, which gets neither a key nor a token.
#[test]
fn a_redirect_replays_no_secret() {
    ways(|way| {
        let other = Endpoint::start(|_, _| json(200, "{}"));
        let target = other.url.clone();
        let script = move |_: usize, _: &_| json(307, "").header("location", &target);
        let world = super::world::World::new(way, script);
        assert_eq!(world.token().unwrap_err().status().unwrap().as_u16(), 307);
        assert_eq!((world.endpoint.count(), other.count()), (1, 0));
    });
}

#[test]
fn a_blocking_source_is_refused_in_a_runtime() {
    let endpoint = Endpoint::start(|_, _| Answer::Close);
    let client = HttpClient::new(&endpoint.url).unwrap().with_transport(UreqTransport::new());
    let issuer = runtime::DescribedIssuer::new(&client, &super::world::MINT, vec![Box::new(Secret::from("key"))]);
    let cache = runtime::TokenCache::new(issuer);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(async { cache.token_blocking() }).unwrap_err();
    assert_eq!((error.kind(), endpoint.count()), (TokenErrorKind::Exchange, 0));
}

/// The time of a call counts from before the token is asked for. A transport that blocks its thread has only the limit of the source.
#[test]
fn a_call_waits_for_its_token_no_longer_than_its_own_limit() {
    let gate = super::endpoint::Gate::closed();
    let held = gate.clone();
    let issuer = Endpoint::start(move |_, _| grant("t", None, "100").behind(&held));
    let way = Way::Asynchronous;
    let described = DescribedIssuer::new(&client(way, &issuer), &MINT, vec![Box::new(Secret::from("key"))]);
    let server = accepting("t");
    let client = client(way, &server).with_timeout(Duration::from_millis(50));
    let client = client.with_token_source(Scheme::bearer("bearer"), TokenCache::new(described));
    let error = call(way, &client, &SHOW).unwrap_err();
    assert!(error.is_timeout());
    let Error::Token(error) = &error else { panic!("{error}") };
    assert_eq!((error.kind(), server.count()), (TokenErrorKind::TimedOut, 0));
    gate.open();
}

/// A thread that only waits for the renewal of another thread takes its token, however long its own limit is.
#[test]
fn blocking_calls_share_a_renewal() {
    let gate = super::endpoint::Gate::closed();
    let held = gate.clone();
    let issuer = Endpoint::start(move |_, _| grant("t", None, "100").behind(&held));
    let described = DescribedIssuer::new(&client(Way::Blocking, &issuer), &MINT, vec![Box::new(Secret::from("key"))]);
    let tokens = TokenCache::new(described);
    let server = accepting("t");
    let client = client(Way::Blocking, &server).with_timeout(Duration::from_secs(600));
    let client = client.with_token_source(Scheme::bearer("bearer"), tokens);
    let callers: Vec<_> = (0..3)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || status(&call(Way::Blocking, &client, &SHOW)))
        })
        .collect();
    while issuer.count() == 0 {
        std::thread::yield_now();
    }
    gate.open();
    let statuses: Vec<u16> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
    assert_eq!((statuses, issuer.count()), (vec![200, 200, 200], 1));
}

/// When its runtime has ended, a renewal goes on with the next caller, in another runtime.
#[test]
fn a_renewal_survives_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let gate = super::endpoint::Gate::closed();
    let held = gate.clone();
    let issuer = Endpoint::start(move |before, _| match before {
        0 => grant("t0", None, "100").behind(&held),
        _ => grant("t1", None, "100"),
    });
    let described =
        DescribedIssuer::new(&client(Way::Asynchronous, &issuer), &MINT, vec![Box::new(Secret::from("key"))]);
    let tokens = TokenCache::new(described);
    let first = runtime();
    first.block_on(async {
        let _ = tokio::time::timeout(Duration::from_millis(50), tokens.token()).await;
    });
    drop(first);
    gate.open();
    // If the first request was not sent yet, this is the first answer.
    let token = runtime().block_on(tokens.token()).unwrap();
    assert!(["t0", "t1"].contains(&token.expose()));
}
