//! Which server an exchange goes to, and what of the client's goes with it.

use runtime::{
    ClientCredentials, DescribedIssuer, Exchange, FileStore, HttpClient, Member, RefreshToken, Scheme, Secret,
    StaticToken, TokenCache, TokenStore, UreqTransport, Use,
};

use super::endpoint::{Endpoint, grant};
use super::world::{MINT, REFRESH};

/// An exchange with a `tokenUrl`, which names its server only when the test runs.
fn by_url(server: &str) -> &'static Exchange {
    let server = Some(&*server.to_owned().leak());
    Box::leak(Box::new(Exchange { operation: "", server, path: "/token?tenant=7", ..MINT }))
}

fn client(endpoint: &Endpoint) -> HttpClient {
    let client = HttpClient::new(&format!("{}/v1", endpoint.url)).unwrap().with_transport(UreqTransport::new());
    client.with_header("X-Tenant-Key", "tenant").with_attempt_headers(|headers| {
        headers.insert("x-trace", "trace".parse().unwrap());
    })
}

fn token(client: &HttpClient, exchange: &'static Exchange) -> String {
    let issuer = DescribedIssuer::new(client, exchange, vec![Box::new(Secret::from("key"))]);
    TokenCache::new(issuer).token_blocking().unwrap().expose().to_owned()
}

fn refreshing() -> Endpoint {
    Endpoint::start(|_, _| grant("t", Some("r"), "100"))
}

fn granting() -> Endpoint {
    Endpoint::start(|_, _| grant("t", None, "100"))
}

/// The paths of the requests, each with the headers that the user set for the API.
fn seen(endpoint: &Endpoint) -> Vec<(String, bool, bool)> {
    let has = |sent: &super::endpoint::Sent, name| !sent.header(name).is_empty();
    endpoint.sent().iter().map(|it| (it.path.clone(), has(it, "x-tenant-key"), has(it, "x-trace"))).collect()
}

#[test]
fn a_token_url_is_where_the_document_says_whatever_server_is_chosen() {
    let (api, issuer) = (granting(), granting());
    let chosen = client(&api).with_base_url(&format!("{}/staging", api.url)).unwrap();
    let plain = HttpClient::over_plain_http(&api.url).unwrap().with_transport(UreqTransport::new());
    for client in [client(&api), chosen, plain] {
        assert_eq!(token(&client, by_url(&issuer.url)), "t");
    }
    assert_eq!(api.count(), 0);
    // Another origin gets nothing that was set for the API.
    assert_eq!(seen(&issuer), [(); 3].map(|()| ("/token?tenant=7".to_owned(), false, false)));
}

#[test]
fn a_relative_token_url_and_one_of_the_same_origin_belong_to_the_api() {
    let api = granting();
    for server in ["/", ".", &api.url] {
        assert_eq!(token(&client(&api), by_url(server)), "t");
    }
    let paths = ["/token?tenant=7", "/v1/token?tenant=7", "/token?tenant=7"];
    assert_eq!(seen(&api), paths.map(|path| (path.to_owned(), true, true)));
}

#[test]
fn the_server_of_token_urls_can_be_replaced() {
    let (api, issuer, staging) = (granting(), granting(), granting());
    let client = client(&api).with_token_server(&staging.url).unwrap();
    assert_eq!(token(&client, by_url(&issuer.url)), "t");
    assert_eq!((api.count(), issuer.count()), (0, 0));
    assert_eq!(seen(&staging), [("/token?tenant=7".to_owned(), false, false)]);
    assert_eq!(
        client.with_token_server("http://id.example.com").unwrap_err().to_string(),
        "the base URL is plain http to another machine, which `over_plain_http` allows"
    );
}

#[test]
fn an_exchange_is_sent_with_the_credentials_that_its_operation_requires() {
    const SECURED: Exchange = Exchange { security: &[&["basic", "key"]], ..MINT };
    let api = granting();
    let client = client(&api)
        .with_basic(Scheme::basic("basic"), "user", Secret::from("password"))
        .with_credential(Scheme::header("key", "x-api-key"), Secret::from("value"))
        .with_token_source(Scheme::bearer("bearer"), StaticToken::new(Secret::from("other")));
    assert_eq!((token(&client, &SECURED), token(&client, &MINT)), ("t".to_owned(), "t".to_owned()));
    let sent = api.sent();
    let headers = |name| sent.iter().map(|it| it.header(name).join(",")).collect::<Vec<_>>();
    assert_eq!(headers("authorization"), ["Basic dXNlcjpwYXNzd29yZA==", ""]);
    assert_eq!(headers("x-api-key"), ["value", ""]);
}

/// The key names the server of the token endpoint, not that of the API.
#[test]
fn a_refresh_token_stays_with_its_server() {
    let file = super::processes::file("servers");
    let store = FileStore::new(&file);
    let (api, first, second) = (granting(), refreshing(), refreshing());
    let exchange = by_url("https://id.example");
    let ask = |client: &HttpClient| {
        let issuer = DescribedIssuer::new(client, exchange, vec![Box::new(Secret::from("key"))]).with_refresh(exchange);
        TokenCache::new(issuer).with_store(store.clone()).token_blocking().unwrap();
    };
    let client = client(&api);
    ask(&client.clone().with_token_server(&first.url).unwrap());
    ask(&client.with_token_server(&second.url).unwrap());
    let bodies = ["/token?tenant=7 key=key"];
    assert_eq!(
        (first.bodies(), second.bodies()),
        (bodies.map(str::to_owned).to_vec(), bodies.map(str::to_owned).to_vec())
    );
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}

/// A file holds the tokens of several issuers, and none gets those of another.
#[test]
fn issuers_share_a_store_and_no_token() {
    const OTHER: Exchange = Exchange { path: "/other", body: &[("/grant", Member::Text("client"))], ..MINT };
    let file = super::processes::file("issuers");
    let store = FileStore::new(&file);
    let api = Endpoint::start(|before, _| grant("t", Some(&format!("r{before}")), "100"));
    let http = client(&api);
    let issuers: [fn(&HttpClient) -> DescribedIssuer; 3] = [
        |http| DescribedIssuer::new(http, &MINT, vec![Box::new(Secret::from("key"))]).with_refresh(&REFRESH),
        |http| DescribedIssuer::new(http, &OTHER, Vec::new()).with_refresh(&REFRESH),
        |http| {
            let client = ClientCredentials::basic("id", Secret::from("secret"));
            DescribedIssuer::new(http, &OTHER, Vec::new()).with_refresh(&REFRESH).with_client(client)
        },
    ];
    for issuer in &issuers {
        TokenCache::new(issuer(&http)).with_store(store.clone()).token_blocking().unwrap();
    }
    let bodies = ["/v1/mint key=key", "/v1/other grant=client", "/v1/other grant=client"];
    assert_eq!(api.bodies(), bodies);
    let keys = ["/mint", "/other client", "/other client id"].map(|key| format!("{}/v1 {key}", api.url));
    for (index, key) in keys.iter().enumerate() {
        let expected = RefreshToken { secret: Secret::from(format!("r{index}")), used: Use::Not };
        assert_eq!(store.load(key).unwrap(), Some(expected), "{key}");
    }
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
}
