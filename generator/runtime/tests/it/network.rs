//! The default transport against real sockets.

use std::time::Duration;

use super::double::show_pet;
use super::server::Server;
use runtime::{Error, HttpClient, Scheme, Secret, TransportErrorKind};

const KEY: Scheme = Scheme::query("Key", "key");

fn client(server: &Server) -> HttpClient {
    HttpClient::new(&server.url).unwrap().with_credential(KEY, Secret::from("canary"))
}

fn answer(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// The kind of the error, and no word of it or its sources that is a secret.
fn kind<E: 'static>(error: &Error<E>) -> Option<TransportErrorKind> {
    let chain = std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source());
    for error in chain {
        assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:?}");
    }
    match error {
        Error::Transport(error) => Some(error.kind()),
        _ => None,
    }
}

#[tokio::test]
async fn a_request_arrives_as_it_was_written() {
    let server = Server::start(answer("200 OK\r\nContent-Type: application/json", r#"{"name": "Tom"}"#)).await;
    let pet = show_pet(&client(&server), "a/b").limit(3).trace(Secret::from("t")).send().await.unwrap();
    assert_eq!(pet.name, "Tom");
    let host = server.url.strip_prefix("http://").unwrap();
    let expected = format!(
        "GET /pets/a%2Fb?limit=3&key=canary HTTP/1.1\r\nx-trace: t\r\naccept: application/json\r\naccept-encoding: gzip,br\r\nhost: {host}\r\n\r\n"
    );
    assert_eq!(server.requests(), [expected]);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Server::start(answer("200 OK", "{}")).await;
    let server = Server::start(answer(&format!("302 Found\r\nLocation: {}/", other.url), "")).await;
    let error = show_pet(&client(&server), "1").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(other.requests(), [""; 0]);
}

#[tokio::test]
async fn a_large_reply_is_cut_off() {
    let announced = answer("200 OK", "12345");
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n2\r\n45\r\n0\r\n\r\n");
    let to_the_end = format!("{head}\r\n12345");
    for answer in [announced, chunked, to_the_end] {
        let server = Server::start(answer).await;
        let client = client(&server);
        let error = show_pet(&client.clone().with_max_response_size(4), "1").send().await.unwrap_err();
        assert_eq!(kind(&error), Some(TransportErrorKind::TooLarge));
        let error = show_pet(&client.with_max_response_size(5), "1").send().await.unwrap_err();
        assert_eq!(kind(&error), None);
    }
}

#[tokio::test]
async fn a_slow_server_is_a_timeout_and_a_closed_port_is_not() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"] {
        let slow = Server::stall(begun).await;
        let error = show_pet(&client(&slow).with_timeout(Duration::from_millis(50)), "1").send().await.unwrap_err();
        assert_eq!(kind(&error), Some(TransportErrorKind::Timeout));
        assert_eq!((error.is_timeout(), error.is_connect()), (true, false));
    }

    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = HttpClient::new(&format!("http://{port}")).unwrap().with_credential(KEY, Secret::from("canary"));
    let error = show_pet(&refused, "1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Connect));
    let cause = std::net::TcpStream::connect(port).unwrap_err();
    assert_eq!(error.to_string(), format!("showPet: cannot connect to the server: {cause}"));
    assert_eq!((error.is_timeout(), error.is_connect()), (false, true));
}

#[tokio::test]
async fn a_handshake_that_stalls_is_a_timeout_of_the_connection() {
    let silent = Server::stall("").await;
    let url = silent.url.replace("http:", "https:");
    let client = HttpClient::new(&url).unwrap().with_connect_timeout(Duration::from_millis(50));
    let error = show_pet(&client, "1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::ConnectTimeout));
    assert_eq!((error.is_timeout(), error.is_connect()), (true, true));
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_an_error() {
    let server = Server::start("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1").await;
    let error = show_pet(&client(&server), "1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Exchange));
}

#[tokio::test]
async fn what_is_no_http_is_an_error() {
    let server = Server::start("canary canary\r\n\r\n").await;
    let error = show_pet(&client(&server), "1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::Exchange));
}
