//! Many calls at a time, over a server that fails now and then. Nothing is left of them: no task, no memory.
#![allow(missing_docs, reason = "tests")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use runtime::{HttpClient, RawCall, ReqwestTransport, Retry};

const CALLS: usize = 20_000;
const AT_A_TIME: usize = 256;
/// The calls after which everything is there that the rest needs: connections, buffers, the memory of the allocator.
const WARM: usize = 10_000;
/// What the memory may grow by in the other calls, in KiB. A leak of a kilobyte for each call would be 10,000.
const GROWTH: u64 = 4_096;

/// The resident memory of this process in KiB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

struct Seen {
    requests: AtomicUsize,
    /// How often each request came: the even numbers are safe to repeat. It has its size from the start.
    counts: Mutex<Vec<u8>>,
}

/// Answers every hundredth request with 503, or not at all.
async fn serve(stream: TcpStream, seen: Arc<Seen>) {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut first, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
            if first.is_empty() {
                first = line;
            }
        }
        if stream.read_exact(&mut vec![0; length]).await.is_err() {
            return;
        }
        let number = first.split([' ', '/']).find_map(|word| word.parse::<usize>().ok()).unwrap();
        seen.counts.lock().unwrap()[number] += 1;
        let answer = match seen.requests.fetch_add(1, Ordering::SeqCst) % 200 {
            50 => return,
            150 => "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn many_calls_with_faults() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Seen { requests: AtomicUsize::new(0), counts: Mutex::new(vec![0; CALLS]) });
    let counted = Arc::clone(&seen);
    let server = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            connections.spawn(serve(stream, Arc::clone(&counted)));
        }
    });

    let retry = Retry::new().with_attempts(5).with_waits(Duration::from_millis(1), Duration::from_millis(5));
    let client = HttpClient::new(&url).unwrap().with_transport(ReqwestTransport::new()).with_retry(retry);
    let (mut calls, mut failed, mut warm) = (JoinSet::<bool>::new(), 0, None);
    for index in 0..CALLS {
        if index == WARM {
            warm = resident();
        }
        if calls.len() >= AT_A_TIME {
            failed += usize::from(!calls.join_next().await.unwrap().unwrap());
        }
        let client = client.clone();
        calls.spawn(async move {
            let is_safe = index % 2 == 0;
            let method = if is_safe { Method::GET } else { Method::POST };
            let outcome = RawCall::new(&client, method, &format!("/{index}")).body("text/plain", "x").send().await;
            match &outcome {
                Ok(reply) => assert_eq!(reply.body(), "{}"),
                Err(error) => assert!(!is_safe && error.is_retryable() && error.attempts() == 1, "{index}: {error}"),
            }
            outcome.is_ok()
        });
    }
    for outcome in calls.join_all().await {
        failed += usize::from(!outcome);
    }
    if let Some((warm, end)) = warm.zip(resident()) {
        println!("{warm} KiB after {WARM} calls, {end} after {CALLS}");
        assert!(end < warm + GROWTH, "{warm} KiB after {WARM} calls, {end} after {CALLS}");
    }
    for (index, count) in seen.counts.lock().unwrap().iter().enumerate() {
        assert!(*count == 1 || (index % 2 == 0 && *count > 1), "request {index} came {count} times");
    }
    // About half of the faults hit a request that must not be sent again.
    assert!((20..180).contains(&failed), "{failed}");

    drop(client);
    server.abort();
    let _ = server.await;
    for _ in 0..1000 {
        if tokio::runtime::Handle::current().metrics().num_alive_tasks() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{} tasks are left", tokio::runtime::Handle::current().metrics().num_alive_tasks());
}
