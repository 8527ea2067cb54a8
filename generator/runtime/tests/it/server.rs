//! A server on this machine that speaks just enough HTTP/1.1 for a test.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Gives every connection the same answer, byte for byte, and keeps what it was sent.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that closes the connection after its answer.
    pub async fn start(answer: impl Into<Vec<u8>>) -> Self {
        Self::new(answer.into(), Duration::ZERO).await
    }

    /// A server that leaves the connection open after its answer, as if there were more to come.
    pub async fn stall(answer: impl Into<Vec<u8>>) -> Self {
        Self::new(answer.into(), Duration::from_secs(60)).await
    }

    async fn new(answer: Vec<u8>, pause: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(serve(listener, answer, pause, requests.clone()));
        Self { url, requests }
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(listener: TcpListener, answer: Vec<u8>, pause: Duration, requests: Arc<Mutex<Vec<String>>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let head = head(&mut stream).await;
        requests.lock().unwrap().push(head);
        // A client that has read enough hangs up, which is not a fault of the server.
        let _ = stream.write_all(&answer).await;
        tokio::time::sleep(pause).await;
    }
}

async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}
