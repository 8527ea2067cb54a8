//! `cargo bench -p tests --bench calls`: what it costs to write a request and to read a small reply, over a transport in memory, beside
//! code that is written by hand: for `reqwest` and serde, and, to compare, for the bare crates `http` and `serde_json`.
//!
//! Fails if a call takes more than [`LIMIT`] times as long as the code for `reqwest`, or asks for memory more often than [`ALLOCATIONS`].

#[path = "calls/by_hand.rs"]
mod by_hand;
mod measure;

use std::future::ready;
use std::process::ExitCode;

use generated::runtime::{Bytes, Limits, RequestBody, Secret, Transport, TransportFuture, block_on, http};
use generated::{bytenite, netography};
use measure::{Cost, compare};
use serde::Serialize;

/// How many times as long as the code by hand a call may take.
const LIMIT: f64 = 1.1;

/// How often a call may ask for memory, with each feature off that is off by default: retries, layers, tracing.
const ALLOCATIONS: [u64; 2] = [20, 28];

/// The calls in one measurement.
const CALLS: usize = 100;

/// Answers every request with the same reply.
#[derive(Debug)]
struct Memory(Bytes);

impl Memory {
    fn reply(&self) -> http::Response<Bytes> {
        let mut reply = http::Response::new(self.0.clone());
        reply.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        reply
    }
}

impl Transport for Memory {
    fn execute(&self, _: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        Box::pin(ready(Ok(self.reply())))
    }
}

const TOKENS: &str = r#"{"access_token": "eyJhbGciOi", "expires_in": 300, "refresh_expires_in": 1800,
    "refresh_token": "eyJhbGciOiJI", "token_type": "bearer", "not-before-policy": 0, "scope": "email profile"}"#;
const SKIPPED: &str = r#"{"skip": true, "redirectTo": "https://app.example.com/jobs"}"#;

fn main() -> ExitCode {
    println!("{:42} {:>7}  {:>7}  {:>5}  {:>11}  {:>7}", "", "µs", "by hand", "ratio", "allocations", "by hand");
    let (tokens, skipped) = (Memory(TOKENS.into()), Memory(SKIPPED.into()));
    let client = netography::Client::new().expect("the document has a server").with_transport(Memory(TOKENS.into()));
    let post = || {
        let body = netography::TokenRequest::new(Secret::from("eyJhbGciOiJIUzI1NiJ9"));
        block_on(client.request_token(body).send()).expect("the reply is good")
    };
    let reqwest = reqwest();
    same(&post(), &by_hand::post(&reqwest, &tokens));
    let good = row("a POST of JSON, reqwest", true, ALLOCATIONS[0], &many(post, || by_hand::post(&reqwest, &tokens)));
    row("a POST of JSON, http", false, ALLOCATIONS[0], &many(post, || by_hand::bare_post(&tokens)));

    let client = bytenite::Client::new().expect("the document has a server").with_transport(Memory(SKIPPED.into()));
    let client = client.with_bearer_auth(Secret::from("token"));
    let get = || {
        let call = client.skip_login().login_challenge(Secret::from("a challenge"));
        block_on(call.send()).expect("the reply is good")
    };
    same(&get(), &by_hand::get(&reqwest, &skipped));
    let both =
        row("a GET with a query, reqwest", true, ALLOCATIONS[1], &many(get, || by_hand::get(&reqwest, &skipped)));
    row("a GET with a query, http", false, ALLOCATIONS[1], &many(get, || by_hand::bare_get(&skipped)));
    if good && both { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn reqwest() -> generated::runtime::reqwest::Client {
    generated::runtime::reqwest::Client::new()
}

/// Checks that both read the same. Otherwise their costs cannot be compared.
fn same(ours: &impl Serialize, theirs: &impl Serialize) {
    let [ours, theirs] = [members(ours), members(theirs)];
    assert_eq!(ours, theirs);
}

/// The members that are there.
fn members(value: &impl Serialize) -> serde_json::Map<String, serde_json::Value> {
    let value = serde_json::to_value(value).expect("the value is JSON");
    let members = value.as_object().cloned().unwrap_or_default();
    members.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// The cost of one call each.
fn many<A, B>(ours: impl Fn() -> A, theirs: impl Fn() -> B) -> [Cost; 2] {
    let times = |work: &dyn Fn()| (0..CALLS).for_each(|_| work());
    let each = |cost: Cost| Cost { time: cost.time / CALLS as u32, allocations: cost.allocations / CALLS as u64 };
    compare(|| times(&|| drop(ours())), || times(&|| drop(theirs()))).map(each)
}

/// Prints what both cost. Gives whether ours is within the limits.
fn row(name: &str, judged: bool, allocations: u64, [ours, theirs]: &[Cost; 2]) -> bool {
    let us = |cost: &Cost| cost.time.as_secs_f64() * 1e6;
    let ratio = us(ours) / us(theirs);
    let good = !judged || (ratio <= LIMIT && ours.allocations <= allocations);
    println!(
        "{name:42} {:7.3}  {:7.3}  {ratio:5.2}  {:11}  {:7}  {}",
        us(ours),
        us(theirs),
        ours.allocations,
        theirs.allocations,
        if good { "" } else { "beyond the limit" },
    );
    good
}
