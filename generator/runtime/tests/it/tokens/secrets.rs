//! What nobody may see.

use runtime::{ClientCredentials, Exchange, Secret, TokenError};

use super::endpoint::{Endpoint, grant, json};
use super::world::{MINT, Way, World, each};

const CANARY: &str = "canary-7c1f";

#[test]
fn nothing_shows_a_secret() {
    let script = || {
        |before: usize, _: &_| match before {
            0 => grant("canary-7c1f-token", Some("canary-7c1f-refresh"), "100"),
            1 => json(401, r#"{"error":"canary-7c1f"}"#),
            2 => json(200, r#"{"access_token":{"canary-7c1f":1}}"#),
            _ => json(500, "canary-7c1f"),
        }
    };
    each(script, |world| {
        let token = world.token().unwrap();
        let mut shown = vec![format!("{token:?} {:?} {:?}", world.cache, token.secret())];
        world.cache.forget().unwrap();
        let texts = |error: TokenError| {
            let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
            format!("{error} {error:?} {source:?} {:?}", error.exchange_error())
        };
        shown.extend((0..3).map(|_| texts(world.token().unwrap_err())));
        assert!(shown.iter().all(|text| !text.contains(CANARY)), "{shown:?}");
    });
}

#[test]
fn a_panic_shows_no_secret() {
    let endpoint = Endpoint::start(|_, _| grant("t", None, "100"));
    let client = super::world::client(Way::Blocking, &endpoint);
    let broken = || -> Result<Secret, std::io::Error> {
        let secret = Secret::from(CANARY);
        panic!("cannot use {secret:?}")
    };
    let issuer = runtime::DescribedIssuer::new(&client, &MINT, vec![Box::new(broken)]);
    let error = runtime::TokenCache::new(issuer).token_blocking().unwrap_err();
    assert_eq!(error.to_string(), "the exchange panicked");
}

/// RFC 6749, 2.3.1: both parts are encoded, so that a colon in an id does not end it.
#[test]
fn client_credentials_are_sent_by_basic_or_in_the_body() {
    const TABLE: Exchange = Exchange { body: &[("/grant_type", runtime::Member::Text("client_credentials"))], ..MINT };
    let secret = || Secret::from("p%:w d");
    let cases = [
        (ClientCredentials::basic("i:d", secret()), Some("Basic aSUzQWQ6cCUyNSUzQXcrZA=="), ""),
        (ClientCredentials::in_body("i:d", secret()), None, "&client_id=i%3Ad&client_secret=p%25%3Aw+d"),
        (ClientCredentials::public("i:d"), None, "&client_id=i%3Ad"),
        (ClientCredentials::none(), None, ""),
    ];
    for (client, header, rest) in cases {
        assert_eq!(format!("{client:?}"), "ClientCredentials(..)");
        let world = World::new(Way::Blocking, |_, _| grant("t", None, "100"));
        let issuer = runtime::DescribedIssuer::new(&world.client(), &TABLE, Vec::new()).with_client(client);
        let cache = runtime::TokenCache::new(issuer);
        world.of(&cache).unwrap();
        let sent = world.endpoint.sent();
        assert_eq!(sent[0].header("authorization").first().copied(), header);
        assert_eq!(sent[0].body, format!("grant_type=client_credentials{rest}"));
    }
}
