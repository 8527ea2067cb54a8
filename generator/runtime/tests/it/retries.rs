//! When a call is sent again, and when it must not be.

use std::time::{Duration, SystemTime};

use super::double::{reply, show_pet};
use super::scripted::{Answer, Scripted};
use runtime::{Error, HttpClient, Method, RawCall, Retry, TransportErrorKind};

fn client(transport: &Scripted, retry: Retry) -> HttpClient {
    HttpClient::new("https://h").unwrap().with_transport(transport.clone()).with_retry(retry)
}

fn status(status: u16) -> Answer {
    Ok(reply(status, &[], "{}"))
}

/// What a call ends with: its status or the kind of its error, and how many attempts it took.
async fn outcome(client: &HttpClient, method: Method, headers: &[(&str, &str)]) -> (String, u32) {
    let call = RawCall::new(client, method, "/pets");
    let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
    match call.send().await {
        Ok(reply) => (reply.status().to_string(), reply.attempts()),
        Err(Error::Transport(error)) => (format!("{:?}", error.kind()), error.attempts()),
        Err(error) => (error.status().unwrap().as_u16().to_string(), error.attempts()),
    }
}

/// A request by its method and headers, the first answer to it, and whether it is sent again.
type Case = (Method, &'static [(&'static str, &'static str)], Answer, bool);

#[tokio::test]
async fn what_is_sent_again() {
    use TransportErrorKind::{Absent, Connect, ConnectTimeout, Exchange, Insecure, Timeout, Tls, TooLarge};
    let key: &'static [(&str, &str)] = &[("Idempotency-Key", "1")];
    let cases: Vec<Case> = vec![
        (Method::GET, &[], status(408), true),
        (Method::GET, &[], status(429), true),
        (Method::GET, &[], status(502), true),
        (Method::GET, &[], status(503), true),
        (Method::GET, &[], status(504), true),
        (Method::GET, &[], status(500), false),
        (Method::GET, &[], status(501), false),
        (Method::GET, &[], status(400), false),
        (Method::GET, &[], status(401), false),
        (Method::GET, &[], status(302), false),
        (Method::HEAD, &[], status(503), true),
        (Method::OPTIONS, &[], status(503), true),
        (Method::PUT, &[], status(503), true),
        (Method::DELETE, &[], status(503), true),
        (Method::POST, &[], status(503), false),
        (Method::PATCH, &[], status(429), false),
        (Method::POST, key, status(503), true),
        (Method::PATCH, key, Err(Timeout), true),
        (Method::GET, &[], Err(Connect), true),
        (Method::POST, &[], Err(Connect), true),
        (Method::POST, &[], Err(ConnectTimeout), true),
        (Method::GET, &[], Err(Timeout), true),
        (Method::GET, &[], Err(Exchange), true),
        (Method::POST, &[], Err(Timeout), false),
        (Method::POST, &[], Err(Exchange), false),
        (Method::GET, &[], Err(Tls), false),
        (Method::GET, &[], Err(TooLarge), false),
        (Method::GET, &[], Err(Insecure), false),
        (Method::GET, &[], Err(Absent), false),
    ];
    for (method, headers, answer, again) in cases {
        let transport = Scripted::new([answer.clone(), status(200)]);
        let (end, attempts) = outcome(&client(&transport, Retry::new()), method.clone(), headers).await;
        let first = answer.as_ref().map_or_else(|kind| format!("{kind:?}"), |reply| reply.status().as_str().to_owned());
        // These errors come before an attempt to send, so none is counted.
        let tried = u32::from(!matches!(answer, Err(Insecure | Absent)));
        let expected = if again { ("200".to_owned(), 2) } else { (first, tried) };
        assert_eq!((end, attempts), expected, "{method} {answer:?}");
        assert_eq!(transport.sent().len(), if again { 2 } else { 1 }, "{method} {answer:?}");
    }
}

#[tokio::test]
async fn a_call_is_sent_once_unless_the_client_retries() {
    let transport = Scripted::new([status(503)]);
    let client = HttpClient::new("https://h").unwrap().with_transport(transport.clone());
    assert_eq!(outcome(&client, Method::GET, &[]).await, ("503".to_owned(), 1));
    let never = client.with_retry(Retry::new()).with_retry(Retry::never());
    assert_eq!(outcome(&never, Method::GET, &[]).await, ("503".to_owned(), 1));
    assert_eq!(transport.sent().len(), 2);
}

/// Every attempt holds the same, and says which one it is.
#[tokio::test]
async fn an_attempt_is_the_request_again() {
    let transport =
        Scripted::new([status(503), Err(TransportErrorKind::Exchange), Ok(reply(200, &[], r#"{"name": "Tom"}"#))]);
    let client = client(&transport, Retry::new());
    assert_eq!(show_pet(&client, "1").limit(3).send().await.unwrap().name, "Tom");
    let sent = transport.sent();
    let seen: Vec<_> = sent.iter().map(|it| (it.attempt.operation, it.attempt.route, it.attempt.number)).collect();
    assert_eq!(seen, [1, 2, 3].map(|number| ("showPet", "/pets/{petId}", number)));
    for again in &sent[1..] {
        assert_eq!(super::double::written(&again.request), super::double::written(&sent[0].request));
    }
}

#[tokio::test]
async fn the_server_says_when_to_come_back() {
    let date = |ahead: i64| {
        let now = SystemTime::now();
        let seconds = Duration::from_secs(ahead.unsigned_abs());
        httpdate::fmt_http_date(if ahead < 0 { now - seconds } else { now + seconds })
    };
    // In seconds: the least and the most that there may be between the two attempts.
    for (retry_after, attempts, least, most) in [
        ("0", 2, 0, 1),
        ("2", 2, 2, 3),
        (&date(10), 2, 8, 11),
        (&date(-10), 2, 0, 1),
        ("garbage", 2, 0, 1),
        ("-1", 2, 0, 1),
        ("99999999999999999999999", 2, 0, 1),
        ("3600", 1, 0, 0),
        (&date(3600), 1, 0, 0),
    ] {
        let busy = Ok(reply(429, &[("retry-after", retry_after)], ""));
        let transport = Scripted::new([busy, status(200)]);
        let (_, made) = outcome(&client(&transport, Retry::new()), Method::GET, &[]).await;
        let times = transport.times();
        assert_eq!((made, times.len() as u32), (attempts, attempts), "{retry_after}");
        let wait = times.last().unwrap() / 1000;
        assert!((least..=most).contains(&wait), "{retry_after}: {times:?}");
    }
}

#[tokio::test]
async fn waits_grow_and_are_random() {
    let retry = || Retry::new().with_attempts(6).with_waits(Duration::from_millis(100), Duration::from_millis(400));
    let mut longest = [0; 5];
    let mut firsts = Vec::new();
    for _ in 0..200 {
        let transport = Scripted::new([status(503)]);
        assert_eq!(outcome(&client(&transport, retry()), Method::GET, &[]).await, ("503".to_owned(), 6));
        let times = transport.times();
        let waits: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (longest, wait) in longest.iter_mut().zip(&waits) {
            *longest = (*wait).max(*longest);
        }
        firsts.push(waits[0]);
    }
    firsts.sort_unstable();
    firsts.dedup();
    assert!(firsts.len() > 20, "{firsts:?}");
    for (longest, limit) in longest.into_iter().zip([100, 200, 400, 400, 400]) {
        assert!(longest <= limit && longest > limit / 2, "{longest} of {limit}");
    }
}

/// Nothing is begun after the time of the whole call, and no attempt gets more time than is left.
#[tokio::test]
async fn everything_ends_within_the_time_of_the_call() {
    let retry = Retry::new().with_attempts(100).with_waits(Duration::from_millis(1), Duration::from_millis(1));
    let transport = Scripted::slow(Duration::from_millis(300), [Err(TransportErrorKind::Timeout)]);
    let client =
        client(&transport, retry).with_timeout(Duration::from_secs(1)).with_attempt_timeout(Duration::from_millis(300));
    assert_eq!(outcome(&client, Method::GET, &[]).await, ("Timeout".to_owned(), 4));
    let given: Vec<_> = transport.sent().iter().map(|sent| sent.limits.timeout.as_millis()).collect();
    assert!(given[..3] == [300, 300, 300] && (90..=100).contains(&given[3]), "{given:?}");
}

/// Clones share what there is to be spent; good replies bring it back.
#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let down = Scripted::new([status(503)]);
    let retry = Retry::new();
    let client = client(&down, retry);
    for _ in 0..500 {
        outcome(&client.clone(), Method::GET, &[]).await;
    }
    assert_eq!(down.sent().len(), 550);

    let up = Scripted::new([status(200)]);
    let client = client.with_transport(up);
    for _ in 0..10 {
        outcome(&client, Method::GET, &[]).await;
    }
    let again = Scripted::new([status(503)]);
    outcome(&client.with_transport(again.clone()), Method::GET, &[]).await;
    assert_eq!(again.sent().len(), 2);
}
