//! Refresh tokens: each is sent once, the newest is kept, and a rejected one is forgotten.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use runtime::{Clock, MemoryStore, RefreshToken, Secret, SleepFuture, StoreError, TokenStore, Use};

use super::endpoint::{Answer, Sent, grant, json};
use super::world::{Way, World, counted, each};

/// A store of one refresh token, which a test can look into.
#[derive(Clone, Default)]
pub struct Seen(Arc<MemoryStore>);

impl TokenStore for Seen {
    fn load(&self, _: &str) -> Result<Option<RefreshToken>, StoreError> {
        self.0.load("")
    }

    fn swap(&self, _: &str, expected: Option<&RefreshToken>, new: Option<RefreshToken>) -> Result<bool, StoreError> {
        self.0.swap("", expected, new)
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.0.clear()
    }
}

impl Seen {
    fn put(&self, text: &str, used: Use) {
        let current = self.load("").unwrap();
        self.swap("", current.as_ref(), Some(RefreshToken { secret: Secret::from(text), used })).unwrap();
    }

    pub fn held(&self) -> Option<(String, Use)> {
        self.load("").unwrap().map(|token| (token.secret.expose().to_owned(), token.used))
    }
}

pub fn held(text: &str, used: Use) -> Option<(String, Use)> {
    Some((text.to_owned(), used))
}

/// Runs a test both ways with a store that it sees.
fn stored<S: FnMut(usize, &Sent) -> Answer + Send + 'static>(script: impl Fn() -> S, test: impl Fn(&World, &Seen)) {
    for way in [Way::Asynchronous, Way::Blocking] {
        let store = Seen::default();
        let world = World::new(way, script()).with(|cache| cache.with_store(store.clone()).with_jitter(|| 0.0));
        test(&world, &store);
    }
}

#[test]
fn each_refresh_token_is_sent_once() {
    each(
        || counted("100"),
        |world| {
            for round in 0..4 {
                assert_eq!(world.text(), format!("t{round}"));
                world.hands.pass(100.0);
            }
            let expected = [
                "/mint key=key",
                "/refresh refresh_token=r0",
                "/refresh refresh_token=r1",
                "/refresh refresh_token=r2",
            ];
            assert_eq!(world.endpoint.bodies(), expected);
        },
    );
}

#[test]
fn a_reply_that_omits_refresh_token_keeps_the_old_one() {
    let script = || |before: usize, _: &_| grant(&format!("t{before}"), (before == 0).then_some("only"), "100");
    each(script, |world| {
        for _ in 0..3 {
            world.token().unwrap();
            world.hands.pass(100.0);
        }
        let refresh = "/refresh refresh_token=only";
        assert_eq!(world.endpoint.bodies(), ["/mint key=key", refresh, refresh]);
    });
}

/// T4. Each rejection of a refresh token forgets it, and mints once.
#[test]
fn a_refresh_token_that_is_rejected_is_forgotten_and_a_token_minted() {
    for rejection in [json(400, "{}"), json(400, r#"{"error":"invalid_grant"}"#), json(401, "{}"), json(403, "")] {
        let script = || {
            let rejection = rejection.clone();
            move |before: usize, sent: &Sent| match before {
                1 if sent.path == "/refresh" => rejection.clone(),
                _ => grant(&format!("t{before}"), Some(&format!("r{before}")), "100"),
            }
        };
        each(script, |world| {
            assert_eq!(world.text(), "t0");
            world.hands.pass(100.0);
            assert_eq!(world.text(), "t2");
            world.hands.pass(100.0);
            assert_eq!(world.text(), "t3");
            let expected = ["/mint key=key", "/refresh refresh_token=r0", "/mint key=key", "/refresh refresh_token=r2"];
            assert_eq!(world.endpoint.bodies(), expected);
        });
    }
}

/// Another error of OAuth says nothing of the refresh token.
#[test]
fn an_error_of_the_client_does_not_delete_the_refresh_token() {
    stored(
        || |_, _: &_| json(400, r#"{"error":"invalid_client"}"#),
        |world, store| {
            store.put("r", Use::Not);
            let error = world.token().unwrap_err();
            assert_eq!((error.code(), store.held()), (Some("invalid_client"), held("r", Use::Perhaps)));
        },
    );
}

#[test]
fn the_losers_invalid_grant_does_not_delete_the_winners_token() {
    for way in [Way::Asynchronous, Way::Blocking] {
        let store = Seen::default();
        let winner = store.clone();
        let script = move |before: usize, _: &_| match before {
            0 => {
                winner.put("winner", Use::Not);
                json(400, r#"{"error":"invalid_grant"}"#)
            }
            _ => grant("t", None, "100"),
        };
        let world = World::new(way, script).with(|cache| cache.with_store(store.clone()));
        store.put("loser", Use::Not);
        assert_eq!(world.text(), "t");
        assert_eq!(world.endpoint.bodies(), ["/refresh refresh_token=loser", "/refresh refresh_token=winner"]);
        assert_eq!(store.held(), held("winner", Use::Not));
    }
}

#[test]
fn an_unreadable_expiry_discards_no_rotated_token() {
    let script = || |before: usize, _: &_| grant(&format!("t{before}"), Some(&format!("r{before}")), "\"soon\"");
    stored(script, |world, store| {
        store.put("r", Use::Not);
        assert_eq!(world.text(), "t0");
        assert_eq!(store.held(), held("r0", Use::Not));
    });
}

#[test]
fn a_network_error_deletes_no_credential() {
    stored(
        || |_, _: &_| Answer::Close,
        |world, store| {
            store.put("r", Use::Not);
            assert_eq!(world.text(), "Exchange");
            // The server may have taken it, so that it is not sent again while a token can be minted.
            assert_eq!(store.held(), held("r", Use::Perhaps));
            world.endpoint.answer(|_, _| grant("t", Some("new"), "100"));
            assert_eq!((world.text(), store.held()), ("t".to_owned(), held("new", Use::Not)));
            let paths: Vec<String> = world.endpoint.sent().into_iter().map(|sent| sent.path).collect();
            assert_eq!(paths.iter().filter(|path| *path == "/refresh").count(), 1);
        },
    );
}

#[test]
fn a_refresh_token_that_was_not_sent_is_not_spent() {
    let store = Seen::default();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client =
        runtime::HttpClient::new(&format!("http://{closed}")).unwrap().with_transport(runtime::UreqTransport::new());
    let issuer = runtime::DescribedIssuer::new(&client, &super::world::MINT, vec![Box::new(Secret::from("key"))])
        .with_refresh(&super::world::REFRESH);
    let cache = runtime::TokenCache::new(issuer).with_store(store.clone());
    store.put("r", Use::Not);
    assert!(cache.token_blocking().unwrap_err().exchange_error().unwrap().is_connect());
    assert_eq!(store.held(), held("r", Use::Not));
}

/// Where nothing can be minted, the token that was perhaps spent is better than none.
#[test]
fn a_refresh_token_that_was_perhaps_spent_is_the_last_resort() {
    let store = Seen::default();
    let endpoint = super::endpoint::Endpoint::start(|_, _| grant("t", Some("r2"), "100"));
    let client = super::world::client(Way::Blocking, &endpoint);
    let issuer =
        runtime::DescribedIssuer::new(&client, &super::world::MINT, Vec::new()).with_refresh(&super::world::REFRESH);
    let cache = runtime::TokenCache::new(issuer).with_store(store.clone());
    store.put("r", Use::Perhaps);
    assert_eq!(cache.token_blocking().unwrap().expose(), "t");
    assert_eq!((endpoint.bodies(), store.held()), (vec!["/refresh refresh_token=r".to_owned()], held("r2", Use::Not)));
}

/// The same if the server refuses to mint one.
#[test]
fn a_refresh_token_that_was_perhaps_spent_is_sent_when_a_mint_is_refused() {
    stored(
        || {
            |_, sent: &Sent| match sent.path.as_str() {
                "/refresh" => grant("t", Some("r2"), "100"),
                _ => json(400, r#"{"error":"invalid_grant"}"#),
            }
        },
        |world, store| {
            store.put("r", Use::Perhaps);
            assert_eq!(world.text(), "t");
            let bodies = ["/mint key=key", "/refresh refresh_token=r"];
            assert_eq!(world.endpoint.bodies(), bodies);
            assert_eq!(store.held(), held("r2", Use::Not));
        },
    );
}

/// A server that is too busy has not used the refresh token. No credential is sent instead.
#[test]
fn a_refresh_that_is_put_off_is_an_error_and_the_refresh_token_stays() {
    for status in [429, 503] {
        stored(
            || move |_, _: &_| json(status, "{}").header("retry-after", "60").header("x-request-id", "q"),
            |world, store| {
                store.put("r", Use::Not);
                let error = runtime::Error::<()>::Token(world.token().unwrap_err());
                assert_eq!((error.retry_after(), error.request_id()), (Some(Duration::from_secs(60)), Some("q")));
                assert_eq!((error.attempts(), error.is_retryable()), (1, true));
                assert_eq!(world.endpoint.bodies(), ["/refresh refresh_token=r"]);
                assert_eq!(store.held(), held("r", Use::Not));
            },
        );
    }
}

/// A refresh token that was perhaps spent stays so, and is not sent first the next time.
#[test]
fn a_refresh_that_is_put_off_leaves_the_doubt() {
    stored(
        || {
            |_, sent: &Sent| match sent.path.as_str() {
                "/refresh" => json(503, "{}"),
                _ => json(400, r#"{"error":"invalid_grant"}"#),
            }
        },
        |world, store| {
            store.put("r", Use::Perhaps);
            world.token().unwrap_err();
            assert_eq!(store.held(), held("r", Use::Perhaps));
            world.token().unwrap_err();
            let round = ["/mint key=key", "/refresh refresh_token=r"];
            assert_eq!(world.endpoint.bodies(), [round, round].concat());
        },
    );
}

/// A clock on which short waits end at once, and long ones never. Short waits are for another process, long ones are limits.
#[derive(Clone, Default)]
struct Skipping(Arc<Mutex<Duration>>);

impl Clock for Skipping {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.now()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        if duration >= Duration::from_secs(1) {
            return Box::pin(std::future::pending());
        }
        *self.0.lock().unwrap() += duration;
        Box::pin(std::future::ready(()))
    }
}

/// Somebody else sends it, and does not come back.
#[test]
fn a_refresh_token_that_is_left_behind_is_not_waited_for_without_end() {
    for way in [Way::Asynchronous, Way::Blocking] {
        let store = Seen::default();
        let endpoint = super::endpoint::Endpoint::start(|_, _| grant("t", None, "100"));
        let client = super::world::client(way, &endpoint);
        let issuer = runtime::DescribedIssuer::new(&client, &super::world::MINT, vec![Box::new(Secret::from("key"))])
            .with_refresh(&super::world::REFRESH);
        let cache = runtime::TokenCache::new(issuer).with_store(store.clone()).with_clock(Skipping::default());
        store.put("r", Use::Now);
        let world = World::new(way, counted("1"));
        assert_eq!(world.of(&cache).unwrap().expose(), "t");
        assert_eq!((endpoint.bodies(), store.held()), (vec!["/mint key=key".to_owned()], held("r", Use::Perhaps)));
    }
}

/// Logging out while a renewal is on its way.
#[test]
fn a_logout_during_a_refresh_brings_no_token_back() {
    for (way, is_minted) in
        [(Way::Asynchronous, true), (Way::Asynchronous, false), (Way::Blocking, true), (Way::Blocking, false)]
    {
        let store = Seen::default();
        let script = |before: usize, _: &_| grant(&format!("t{before}"), Some("new"), "100");
        let world = World::new(way, script).with(|cache| cache.with_store(store.clone()));
        let gates = world.gates(script, 1);
        if !is_minted {
            store.put("r", Use::Not);
        }
        let (leaver, endpoint) = (world.cache.clone(), world.endpoint.clone());
        let logout = std::thread::spawn(move || {
            while endpoint.count() == 0 {
                std::thread::yield_now();
            }
            leaver.forget().unwrap();
            gates[0].open();
        });
        assert_eq!(world.text(), "Forgotten");
        logout.join().unwrap();
        assert_eq!(store.held(), None);
        assert_eq!(world.text(), "t1");
    }
}

/// T7, with a refresh token.
#[test]
fn a_rejected_token_is_not_handed_out_again() {
    each(
        || counted("3600"),
        |world| {
            let first = world.token().unwrap();
            world.cache.invalidate(&first);
            assert_eq!(world.text(), "t1");
            assert_eq!(world.endpoint.bodies(), ["/mint key=key", "/refresh refresh_token=r0"]);
        },
    );
}
