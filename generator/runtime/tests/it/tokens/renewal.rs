//! When a token is fetched: as late as possible, as seldom as possible, and early enough.

use std::time::Duration;

use runtime::{Scopes, StaticToken, TokenSource};

use super::endpoint::json;
use super::world::{counted, each, minted};

/// T1.
#[test]
fn a_hundred_callers_at_first_and_at_expiry_make_one_request_each_time() {
    each(
        || counted("100"),
        |world| {
            let gates = world.gates(counted("100"), 2);
            assert_eq!(world.endpoint.count(), 0);
            assert_eq!(world.together(100, &gates[0]), vec!["t0"; 100]);
            assert_eq!(world.endpoint.count(), 1);
            world.hands.pass(100.0);
            assert_eq!(world.together(100, &gates[1]), vec!["t1"; 100]);
            assert_eq!(world.endpoint.bodies(), ["/mint key=key", "/refresh refresh_token=r0"]);
        },
    );
}

/// T2.
#[test]
fn a_token_is_kept_until_its_margin_and_then_renewed_once() {
    each(
        || counted("3600"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.hands.pass(3299.0);
            assert_eq!(world.text(), "t0");
            assert_eq!(world.endpoint.count(), 1);
            world.hands.pass(1.0);
            assert_eq!((world.text(), world.text()), ("t1".to_owned(), "t1".to_owned()));
            assert_eq!(world.endpoint.count(), 2);
        },
    );
}

#[test]
fn short_or_expired_tokens_make_no_busy_loop() {
    for (life, kept) in [("1", 0.8), ("2", 1.7), ("60", 53.0), ("0", 800.0), ("-5", 800.0)] {
        each(
            || counted(life),
            |world| {
                assert_eq!(world.text(), "t0");
                for _ in 0..10 {
                    assert_eq!(world.text(), "t0", "{life}");
                }
                world.hands.pass(kept);
                assert_eq!(world.text(), "t0", "{life}");
                assert_eq!(world.endpoint.count(), 1, "{life}");
            },
        );
    }
}

#[test]
fn jitter_does_not_eat_the_margin() {
    for (jitter, due) in [(0.0, 3300.0), (0.5, 3375.0), (1.0, 3450.0), (7.0, 3450.0)] {
        let script = || counted("3600");
        each(script, |world| {
            let cache = world.cache.clone().with_jitter(move || jitter);
            assert_eq!(world.of(&cache).unwrap().expose(), "t0");
            world.hands.pass(due - 0.5);
            assert_eq!(world.of(&cache).unwrap().expose(), "t0", "{jitter}");
            world.hands.pass(1.0);
            assert_eq!(world.of(&cache).unwrap().expose(), "t1", "{jitter}");
        });
    }
}

#[test]
fn expires_in_may_be_text() {
    each(
        || counted("\"3600\""),
        |world| {
            let token = world.token().unwrap();
            assert_eq!(world.cache.remaining(&token), Duration::from_secs(3600));
        },
    );
}

#[test]
fn a_life_that_is_not_known_is_fifteen_minutes() {
    for life in ["0", "-1", "null", "\"\"", "\"3600abc\"", "true", "[]", "{}"] {
        each(
            || counted(life),
            |world| {
                let token = world.token().unwrap();
                assert_eq!(world.cache.remaining(&token), Duration::from_secs(900), "{life}");
            },
        );
    }
    each(
        || |_, _: &_| json(200, r#"{"access_token":"t"}"#),
        |world| {
            let cache = world.cache.clone().with_default_life(Duration::from_secs(7));
            let token = world.of(&cache).unwrap();
            assert_eq!(cache.remaining(&token), Duration::from_secs(7));
        },
    );
}

#[test]
fn no_fetch_for_each_call() {
    each(
        || minted("3600"),
        |world| {
            for _ in 0..50 {
                assert_eq!(world.text(), "t0");
            }
            assert_eq!(world.endpoint.bodies(), ["/mint key=key"]);
        },
    );
}

#[test]
fn each_set_of_scopes_has_a_slot() {
    each(
        || minted("3600"),
        |world| {
            let token = |scopes: &[&str]| {
                let scopes = Scopes::new(scopes.iter().copied());
                // Nothing is kept by the transport, so a blocking one can be waited for as well.
                match world.way {
                    super::world::Way::Asynchronous => world.run(world.cache.token_for(&scopes)),
                    super::world::Way::Blocking => runtime::block_on(world.cache.token_for(&scopes)),
                }
            };
            let texts = [&["b", "a"][..], &["a"], &["a", "b", "a"], &[], &["a"]]
                .map(|it| token(it).unwrap().expose().to_owned());
            assert_eq!(texts, ["t0", "t1", "t0", "t2", "t1"]);
            assert_eq!(world.endpoint.bodies(), ["/mint key=key&scope=a+b", "/mint key=key&scope=a", "/mint key=key"]);
        },
    );
}

#[tokio::test]
async fn a_static_credential_is_not_fetched_again() {
    let tokens = StaticToken::new(runtime::Secret::from("fixed"));
    let first = tokens.token(&Scopes::default()).await.unwrap();
    tokens.invalidate(&first);
    assert_eq!(tokens.token(&Scopes::default()).await.unwrap().expose(), "fixed");
}

/// A renewed token is handed to those who waited, whatever becomes of the cache meanwhile.
#[test]
fn no_eviction_before_the_waiter_reads() {
    each(
        || minted("1"),
        |world| {
            for (round, gate) in world.gates(minted("1"), 3).iter().enumerate() {
                assert_eq!(world.together(20, gate), vec![format!("t{round}"); 20]);
                world.hands.pass(2.0);
            }
            assert_eq!(world.endpoint.count(), 3);
        },
    );
}

/// T7.
#[test]
fn a_token_that_is_invalidated_is_renewed_and_no_other() {
    each(
        || minted("3600"),
        |world| {
            let first = world.token().unwrap();
            world.cache.invalidate(&first);
            assert_eq!(world.text(), "t1");
            // The rejection of the old token comes late.
            world.cache.invalidate(&first);
            assert_eq!(world.text(), "t1");
            assert_eq!(world.endpoint.count(), 2);
        },
    );
}
