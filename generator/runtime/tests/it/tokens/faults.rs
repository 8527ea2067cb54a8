//! What happens when a token cannot be had: early, late, in part, or by a caller who leaves.

use std::time::Duration;

use runtime::{TokenErrorKind, Use};

use super::endpoint::{Answer, Gate, Sent, grant, json};
use super::rotation::{Seen, held};
use super::world::{Way, World, counted, each, minted};

/// T3.
#[test]
fn a_failed_early_refresh_displaces_no_valid_token() {
    each(
        || minted("100"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.endpoint.answer(|_, _| json(500, "{}"));
            world.hands.pass(91.0);
            // The token is valid, so no caller gets the error.
            assert_eq!((world.text(), world.endpoint.count()), ("t0".to_owned(), 2));
            // Not at once again.
            assert_eq!((world.text(), world.endpoint.count()), ("t0".to_owned(), 2));
            world.hands.pass(1.0);
            assert_eq!((world.text(), world.endpoint.count()), ("t0".to_owned(), 3));
            // The second wait is longer.
            world.hands.pass(1.5);
            assert_eq!((world.text(), world.endpoint.count()), ("t0".to_owned(), 3));
            world.hands.pass(6.5);
            assert_eq!(world.text(), "Exchange");
            world.endpoint.answer(|_, _| grant("late", None, "100"));
            assert_eq!(world.text(), "late");
        },
    );
}

#[test]
fn an_error_although_the_token_is_valid_is_not_told() {
    each(
        || counted("100"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.hands.pass(95.0);
            world.endpoint.answer(|_, _| Answer::Close);
            assert_eq!(world.text(), "t0");
        },
    );
}

#[test]
fn an_outage_does_not_end_the_refresher() {
    each(
        || minted("100"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.endpoint.answer(|_, _| json(500, "{}"));
            for _ in 0..20 {
                world.hands.pass(1000.0);
                assert_eq!(world.text(), "Exchange");
            }
            world.endpoint.answer(|_, _| grant("after", None, "100"));
            assert_eq!(world.text(), "after");
        },
    );
}

/// A late failure is told to all who wait, and the next call tries anew.
#[test]
fn all_who_wait_get_the_failure_and_the_next_call_tries_anew() {
    each(
        || minted("100"),
        |world| {
            // A caller who comes after the failure would try anew, so all have to come before.
            let gates = world.gates(|_, _| json(400, "{}"), 1);
            assert_eq!(world.together(50, &gates[0]), vec!["Exchange"; 50]);
            assert_eq!(world.endpoint.count(), 1);
            world.endpoint.answer(|_, _| grant("next", None, "100"));
            assert_eq!(world.text(), "next");
        },
    );
}

/// T5.
#[test]
fn what_can_pass_is_tried_again_and_what_cannot_is_not() {
    for (first, count) in [(json(429, "{}").header("retry-after", "0"), 2), (json(503, "{}"), 2), (Answer::Close, 2)] {
        let script = || {
            let first = first.clone();
            move |before: usize, _: &_| if before == 0 { first.clone() } else { grant("t", None, "100") }
        };
        each(script, |world| {
            assert_eq!((world.text(), world.endpoint.count()), ("t".to_owned(), count), "{first:?}");
        });
    }
    for status in [400, 401, 403, 404, 500] {
        each(
            || move |_, _: &_| json(status, "{}"),
            |world| {
                let error = world.token().unwrap_err();
                assert_eq!((error.status().unwrap().as_u16(), world.endpoint.count()), (status, 1));
            },
        );
    }
    // A server that asks for more time than there is.
    let patient = || |_: usize, _: &_| json(429, "{}").header("retry-after", "3600");
    each(patient, |world| {
        assert_eq!((world.text(), world.endpoint.count()), ("Exchange".to_owned(), 1));
    });
}

/// T6.
#[test]
fn the_waiters_of_a_leader_that_is_aborted_get_its_token() {
    let gate = Gate::closed();
    let held = gate.clone();
    let script = move |before: usize, _: &_| grant(&format!("t{before}"), None, "100").behind(&held);
    let world = World::new(Way::Asynchronous, script);
    world.run(async {
        let leader = tokio::spawn({
            let cache = world.cache.clone();
            async move { cache.token().await }
        });
        world.endpoint.received(1).await;
        let waiters: Vec<_> = (0..10)
            .map(|_| {
                let cache = world.cache.clone();
                tokio::spawn(async move { cache.token().await })
            })
            .collect();
        // Each of them runs until it waits.
        tokio::task::yield_now().await;
        leader.abort();
        gate.open();
        for waiter in waiters {
            assert_eq!(waiter.await.unwrap().unwrap().expose(), "t0");
        }
    });
    assert_eq!(world.endpoint.count(), 1);
}

/// Nobody waits any more, and nobody comes before the reply does.
#[test]
fn a_caller_who_leaves_does_not_lose_the_rotated_token() {
    let (gate, store) = (Gate::closed(), Seen::default());
    let closed = gate.clone();
    let world = World::new(Way::Asynchronous, move |before, sent: &Sent| {
        let answer = grant(&format!("t{before}"), Some(&format!("r{before}")), "100");
        if sent.path == "/refresh" && before == 1 { answer.behind(&closed) } else { answer }
    });
    let world = world.with(|cache| cache.with_store(store.clone()));
    world.run(async {
        assert_eq!(world.cache.token().await.unwrap().expose(), "t0");
        world.hands.pass(100.0);
        tokio::select! {
            biased;
            _ = world.cache.token() => panic!("the reply is held back"),
            () = world.endpoint.received(2) => {}
        }
        gate.open();
        while store.held() != held("r1", Use::Not) {
            tokio::task::yield_now().await;
        }
        assert_eq!(world.cache.token().await.unwrap().expose(), "t1");
        world.hands.pass(100.0);
        assert_eq!(world.cache.token().await.unwrap().expose(), "t2");
    });
    assert_eq!(world.endpoint.bodies(), ["/mint key=key", "/refresh refresh_token=r0", "/refresh refresh_token=r1"]);
}

/// The valid token is given out after a while, and the renewal goes on.
#[test]
fn a_stalled_refresh_does_not_outlive_the_deadline() {
    let world = World::new(Way::Asynchronous, counted("1000"));
    world.run(async {
        assert_eq!(world.cache.token().await.unwrap().expose(), "t0");
        world.hands.pass(950.0);
        // This reply never comes, so a caller that waited for it would never end.
        world.endpoint.answer(|_, _| json(200, "{}").behind(&Gate::closed()));
        let (hands, endpoint) = (world.hands.clone(), world.endpoint.clone());
        tokio::spawn(async move {
            endpoint.received(2).await;
            hands.pass(2.0);
        });
        assert_eq!(world.cache.token().await.unwrap().expose(), "t0");
        // The exchange is given up, and a token is minted.
        world.endpoint.answer(|_, _| grant("t2", Some("r2"), "1000"));
        world.hands.pass(10.0);
        while world.cache.token().await.unwrap().expose() != "t2" {
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(world.endpoint.bodies(), ["/mint key=key", "/refresh refresh_token=r0", "/mint key=key"]);
}

/// T8.
#[test]
fn a_success_without_a_token_is_an_error_and_is_not_kept() {
    for body in [
        "{}",
        "[]",
        "",
        "null",
        r#"{"access_token":null}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":{}}"#,
        "<html>",
    ] {
        each(
            || move |_, _: &_| json(200, body),
            |world| {
                assert_eq!(world.text(), "NoToken", "{body}");
                world.endpoint.answer(|_, _| grant("t", None, "100"));
                assert_eq!(world.text(), "t", "{body}");
            },
        );
    }
}

/// If a life is not a number, it is unknown. The token is given all the same.
#[test]
fn a_life_of_3600abc_is_no_number_and_costs_no_token() {
    each(
        || |_, _: &_| grant("t", Some("r"), "\"3600abc\""),
        |world| {
            let token = world.token().unwrap();
            assert_eq!((token.expose(), world.cache.remaining(&token)), ("t", Duration::from_secs(900)));
        },
    );
}

#[test]
fn a_panic_of_an_issuer_is_an_error_for_all_who_wait() {
    let endpoint = super::endpoint::Endpoint::start(|_, _| grant("t", None, "100"));
    let client = super::world::client(Way::Blocking, &endpoint);
    let broken = || -> Result<runtime::Secret, std::io::Error> { panic!("the vault is gone") };
    let issuer = runtime::DescribedIssuer::new(&client, &super::world::MINT, vec![Box::new(broken)]);
    let cache = runtime::TokenCache::new(issuer);
    for _ in 0..2 {
        assert_eq!(cache.token_blocking().unwrap_err().kind(), TokenErrorKind::Panicked);
    }
}

#[test]
fn a_token_that_is_dead_on_arrival_is_an_error_after_a_second_try() {
    for way in [Way::Asynchronous, Way::Blocking] {
        let hands = super::world::Hands::new();
        let theirs = hands.clone();
        let slow = move |before: usize, _: &_| {
            theirs.pass(2.0);
            grant(&format!("t{before}"), None, "1")
        };
        let world = World::new(way, slow).with(|cache| cache.with_clock(hands));
        assert_eq!((world.text(), world.endpoint.count()), ("Expired".to_owned(), 2));
    }
}

#[test]
fn a_rotated_credential_file_is_read_for_each_exchange() {
    for way in [Way::Asynchronous, Way::Blocking] {
        let file = std::env::temp_dir().join(format!("credential-{}-{way:?}", std::process::id()));
        std::fs::write(&file, "first").unwrap();
        let endpoint = super::endpoint::Endpoint::start(minted("100"));
        let read = {
            let file = file.clone();
            move || std::fs::read_to_string(&file).map(runtime::Secret::from)
        };
        let client = super::world::client(way, &endpoint);
        let issuer = runtime::DescribedIssuer::new(&client, &super::world::MINT, vec![Box::new(read)]);
        let world = World::new(way, minted("100"));
        let cache = runtime::TokenCache::new(issuer).with_clock(world.hands.clone());
        world.of(&cache).unwrap();
        std::fs::write(&file, "second").unwrap();
        world.hands.pass(100.0);
        world.of(&cache).unwrap();
        std::fs::remove_file(&file).unwrap();
        world.hands.pass(100.0);
        assert_eq!(world.of(&cache).unwrap_err().kind(), TokenErrorKind::NoCredential);
        assert_eq!(endpoint.bodies(), ["/mint key=first", "/mint key=second"]);
    }
}
