//! Where requests go (4.8.5): the document's first server, or the operation's own; whoever names a base URL has all of them go there.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tests::runtime::{Limits, RequestBody, Transport, TransportFuture};
use tests::styles::Client;

use super::silent;

/// Keeps the URLs and answers that there is nothing.
#[derive(Clone, Debug, Default)]
struct Notebook(Arc<Mutex<Vec<String>>>);

impl Transport for Notebook {
    fn execute(&self, request: http::Request<RequestBody>, _: Limits) -> TransportFuture<'_> {
        self.0.lock().unwrap().push(request.uri().to_string());
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn an_operation_has_a_server_of_its_own() {
    let notebook = Notebook::default();
    let client = Client::new().unwrap().with_transport(notebook.clone());
    client.form().send().await.unwrap();
    client.elsewhere().send().await.unwrap();
    assert_eq!(*notebook.0.lock().unwrap(), ["https://styles.example/form", "https://other.example/v2/elsewhere"]);
}

#[tokio::test]
async fn a_base_url_stands_for_every_server() {
    let (server, client) = silent(1).await;
    client.elsewhere().send().await.unwrap();
    assert_eq!(server.take(), [server.expect("GET", "/elsewhere", &[("accept", "*/*")], "")]);
}

/// 4.8.5: a relative server is resolved against the client's server, because the place of the document is not known.
#[tokio::test]
async fn a_relative_server_is_below_the_client_s() {
    let notebook = Notebook::default();
    let client = Client::new().unwrap().with_transport(notebook.clone());
    for client in [client.clone(), client.with_base_url("https://mine.example/api").unwrap()] {
        client.below().send().await.unwrap();
        client.beside().send().await.unwrap();
        client.above().send().await.unwrap();
    }
    let expected = [
        "https://styles.example/v2/below",
        "https://styles.example/v3/beside",
        "https://styles.example/up/here/above",
        "https://mine.example/v2/below",
        "https://mine.example/api/v3/beside",
        "https://mine.example/up/here/above",
    ];
    assert_eq!(*notebook.0.lock().unwrap(), expected);
}

#[test]
fn a_variable_without_a_value_is_no_url() {
    let error = Client::new().and_then(|client| client.with_base_url("https://styles.example/{version}")).unwrap_err();
    assert_eq!(error.to_string(), "the base URL has a variable without a value");
}
