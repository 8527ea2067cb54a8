//! Bounds of what is sent, which are checked where a caller asks (JSON Schema 2020-12, validation 6).

use std::collections::BTreeMap;

use tests::runtime::{Check, Error, Secret, Violations};
use tests::styles::{Client, Line, Order};

use super::silent;

fn broken() -> Order {
    let labels = BTreeMap::from([("a key of theirs".to_owned(), "long".to_owned())]);
    Order::new(Secret::from("hunter2"), vec![Line::new("bolts", 0.07), Line::new("", -0.075)]).labels(labels)
}

fn lines(violations: &Violations) -> Vec<String> {
    violations.iter().map(|it| format!("{} {} {}", it.path(), it.keyword(), it.limit())).collect()
}

const BROKEN: [&str; 5] = [
    "/key minLength 8",
    "/lines/1/name minLength 1",
    "/lines/1/price minimum 0",
    "/lines/1/price multipleOf 0.01",
    "/labels/{0} maxLength 3",
];

#[test]
fn a_model_tells_every_bound_that_it_breaks() {
    let broken = broken().check().unwrap_err();
    assert_eq!(lines(&broken), BROKEN);
    let whole = format!("{broken} {broken:?}");
    assert!(!["hunter2", "theirs", "0.075"].iter().any(|value| whole.contains(value)), "{whole}");
    assert_eq!(Order::new(Secret::from("hunter22"), vec![Line::new("bolts", 19.99)]).check(), Ok(()));
}

#[tokio::test]
async fn a_call_is_checked_before_it_is_sent() {
    async fn send(client: &Client, code: &str, order: Order) -> Result<(), Error<()>> {
        client.checked(code, order).limit(0).check()?.send().await
    }
    let (server, client) = silent(0).await;
    let Err(Error::Check(broken)) = send(&client, "abc", broken()).await else { panic!("it was sent") };
    let body = BROKEN.map(|line| format!("/body{line}"));
    assert_eq!(lines(&broken)[..2], ["/path/code pattern ^[A-Z]+$", "/query/limit minimum 1"]);
    assert_eq!(lines(&broken)[2..], body);
    assert_eq!(server.take(), []);
}

/// Nobody has to ask: the server is who decides.
#[tokio::test]
async fn a_call_that_is_not_checked_is_sent() {
    let (server, client) = silent(1).await;
    client.checked("abc", Order::new(Secret::from("short"), vec![])).send().await.unwrap();
    assert_eq!(server.take().len(), 1);
}
