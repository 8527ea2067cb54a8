//! Clocks that stop, jump, or differ from the server's.

use std::time::{Duration, SystemTime};

use super::endpoint::json;
use super::world::{each, minted};

/// T9.
#[test]
fn a_wall_clock_that_is_set_back_does_not_lengthen_a_life() {
    each(
        || minted("3600"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.hands.set_back(7200);
            world.hands.pass(3599.0);
            world.hands.set_back(7200);
            world.hands.pass(1.0);
            assert_eq!(world.text(), "t1");
        },
    );
}

#[test]
fn a_wall_clock_that_is_set_forward_does_not_lengthen_a_life() {
    each(
        || minted("3600"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.hands.suspend(3600.0);
            assert_eq!(world.text(), "t1");
            world.hands.pass(3600.0);
            assert_eq!(world.text(), "t2");
        },
    );
}

#[test]
fn a_clock_that_stops_in_suspend_does_not_lengthen_a_life() {
    each(
        || minted("3600"),
        |world| {
            assert_eq!(world.text(), "t0");
            world.hands.pass(1000.0);
            world.hands.suspend(2600.0);
            assert_eq!(world.text(), "t1");
        },
    );
}

/// The clock is set back while the server answers.
#[test]
fn a_wall_clock_set_back_during_the_exchange_does_not_lengthen_a_life() {
    for way in [super::world::Way::Asynchronous, super::world::Way::Blocking] {
        let hands = super::world::Hands::new();
        let theirs = hands.clone();
        let script = move |before: usize, _: &_| {
            theirs.pass(1.0);
            theirs.set_back(3600);
            super::endpoint::grant(&format!("t{before}"), None, "100")
        };
        let world = super::world::World::new(way, script).with(|cache| cache.with_clock(hands.clone()));
        let token = world.token().unwrap();
        assert_eq!(world.cache.remaining(&token), Duration::from_secs(99));
        hands.pass(99.0);
        assert_eq!(world.text(), "t1");
    }
}

/// Lives are counted here, so the date of the server does not matter; where it rejects a credential, the error says how far apart the
/// clocks are.
#[test]
fn a_server_whose_clock_differs_changes_no_life_and_is_named_in_the_error() {
    let late = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    let dated = late.clone();
    each(
        || {
            let late = late.clone();
            move |before: usize, _: &_| super::endpoint::grant(&format!("t{before}"), None, "60").header("date", &late)
        },
        |world| {
            let token = world.token().unwrap();
            assert_eq!(world.cache.remaining(&token), Duration::from_secs(60));
        },
    );
    each(
        || {
            let late = dated.clone();
            move |_, _: &_| json(401, "{}").header("date", &late)
        },
        |world| {
            let message = world.token().unwrap_err().to_string();
            let (_, skew) = message.split_once("; this machine's clock (").unwrap();
            let (_, seconds) = skew.split_once(") is ").unwrap();
            let (seconds, rest) = seconds.split_once(' ').unwrap();
            assert!((3590..=3600).contains(&seconds.parse::<u32>().unwrap()), "{message}");
            assert_eq!(rest, "seconds behind the server's");
        },
    );
}
