//! A document with every style of parameter, every kind of body and every security scheme: its client against a server on
//! this machine.
//!
//! `styles/openapi.yaml` is the document, `styles/api` what is emitted of it, which is mounted in the library of these tests.
//! What is expected is what the OpenAPI Specification 3.1.1 prints or describes; section numbers are its.

mod bodies;
mod checks;
mod credentials;
mod exchange;
mod headers;
mod multipart;
mod parameters;
mod replies;
mod servers;
mod tolerance;

use tests::styles::{Client, Rgb};

use crate::wire::server::{Reply, Server};

/// A server that has nothing to say, and a client of it.
async fn silent(replies: usize) -> (Server, Client) {
    let server = Server::start(vec![Reply::empty(204); replies]).await;
    let client = Client::new().and_then(|client| client.with_base_url(&server.url)).unwrap();
    (server, client)
}

/// The object of the specification's tables: `{"R": 100, "G": 200, "B": 150}`.
fn rgb() -> Rgb {
    let (r, g, b) = (100, 200, 150);
    Rgb::new(b, g, r)
}
