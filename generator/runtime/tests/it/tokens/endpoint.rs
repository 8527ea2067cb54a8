//! A token endpoint on this machine, in threads of its own, so that blocking clients can be tested as well.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Sent {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Sent {
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }
}

/// What the endpoint does.
#[derive(Clone, Debug)]
pub enum Answer {
    Reply {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
        gate: Gate,
    },
    /// Reads the request and closes the connection.
    Close,
}

/// A reply waits for a gate. The test opens the gate, so no clock decides when the reply comes.
#[derive(Clone, Debug)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub fn opened() -> Self {
        Self(Arc::new((Mutex::new(true), Condvar::new())))
    }

    pub fn closed() -> Self {
        Self(Arc::default())
    }

    pub fn open(&self) {
        let (is_open, changed) = &*self.0;
        *is_open.lock().unwrap() = true;
        changed.notify_all();
    }

    fn wait(&self) {
        let (is_open, changed) = &*self.0;
        drop(changed.wait_while(is_open.lock().unwrap(), |is_open| !*is_open).unwrap());
    }
}

/// JSON of a status.
pub fn json(status: u16, body: impl Into<String>) -> Answer {
    Answer::Reply { status, headers: Vec::new(), body: body.into(), gate: Gate::opened() }
}

/// A grant, with its members as JSON.
pub fn grant(token: &str, refresh_token: Option<&str>, life: &str) -> Answer {
    let refresh_token = refresh_token.map(|token| format!(r#","refresh_token":"{token}""#)).unwrap_or_default();
    json(200, format!(r#"{{"access_token":"{token}","expires_in":{life}{refresh_token}}}"#))
}

impl Answer {
    /// The same, once a gate is open.
    pub fn behind(mut self, closed: &Gate) -> Self {
        if let Self::Reply { gate, .. } = &mut self {
            *gate = closed.clone();
        }
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

type Script = Box<dyn FnMut(usize, &Sent) -> Answer + Send>;

#[derive(Clone)]
pub struct Endpoint {
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    sent: Vec<Sent>,
    script: Script,
}

impl Endpoint {
    /// An endpoint that answers as a function says, which is given how many requests came before.
    pub fn start(script: impl FnMut(usize, &Sent) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State { sent: Vec::new(), script: Box::new(script) }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { url, state }
    }

    pub fn answer(&self, script: impl FnMut(usize, &Sent) -> Answer + Send + 'static) {
        self.state().script = Box::new(script);
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// The path and the body of each request.
    pub fn bodies(&self) -> Vec<String> {
        self.sent().iter().map(|sent| format!("{} {}", sent.path, sent.body)).collect()
    }

    pub fn count(&self) -> usize {
        self.state().sent.len()
    }

    /// Waits until this many requests have come.
    pub async fn received(&self, count: usize) {
        while self.count() < count {
            tokio::task::yield_now().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let Some(sent) = read(&stream) else { return };
    let answer = {
        let mut state = state.lock().unwrap();
        let before = state.sent.len();
        state.sent.push(sent.clone());
        (state.script)(before, &sent)
    };
    match answer {
        Answer::Close => {}
        Answer::Reply { status, headers, body, gate } => {
            gate.wait();
            let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
            // It is not the endpoint's fault if the client has gone.
            let _ = stream.write_all(format!("{head}{headers}connection: close\r\n\r\n{body}").as_bytes());
        }
    }
}

fn read(stream: &TcpStream) -> Option<Sent> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Sent { path, headers, body: String::from_utf8(body).ok()? })
}
