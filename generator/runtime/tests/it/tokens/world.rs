//! A cache, its endpoint, and a clock that a test moves.

use std::collections::HashSet;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, SystemTime};

use runtime::{
    Clock, DescribedIssuer, Exchange, Format, HttpClient, Member, Secret, SleepFuture, Token, TokenCache, TokenError,
    TokenReply, UreqTransport,
};

use super::endpoint::{Answer, Endpoint, Gate, Sent, grant};

pub const REPLY: TokenReply = TokenReply {
    token: "/access_token",
    refresh_token: Some("/refresh_token"),
    life: Some("/expires_in"),
    success: &[],
};

pub const MINT: Exchange = Exchange {
    operation: "mint",
    server: None,
    path: "/mint",
    format: Format::Form,
    security: &[],
    body: &[("/key", Member::Credential(0)), ("/scope", Member::Scopes)],
    reply: REPLY,
};

pub const REFRESH: Exchange = Exchange {
    operation: "refresh",
    server: None,
    path: "/refresh",
    format: Format::Form,
    security: &[],
    body: &[("/refresh_token", Member::RefreshToken)],
    reply: REPLY,
};

/// A clock whose hands a test moves.
#[derive(Clone)]
pub struct Hands(Arc<Mutex<Dial>>);

struct Dial {
    now: Duration,
    wall: SystemTime,
    sleepers: Vec<Waker>,
    /// The threads that have looked at it.
    threads: HashSet<ThreadId>,
}

impl Hands {
    pub fn new() -> Self {
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        Self(Arc::new(Mutex::new(Dial {
            now: Duration::from_secs(1000),
            wall,
            sleepers: Vec::new(),
            threads: HashSet::new(),
        })))
    }

    /// Time goes by.
    pub fn pass(&self, seconds: f64) {
        self.suspend(seconds);
        self.0.lock().unwrap().now += Duration::from_secs_f64(seconds);
        self.wake();
    }

    /// Time goes by while the monotonic clock stands still.
    pub fn suspend(&self, seconds: f64) {
        self.0.lock().unwrap().wall += Duration::from_secs_f64(seconds);
        self.wake();
    }

    /// Somebody sets the wall clock back.
    pub fn set_back(&self, seconds: u64) {
        self.0.lock().unwrap().wall -= Duration::from_secs(seconds);
    }

    /// How many threads have looked at the clock. A caller looks at it in the step in which it joins a renewal.
    fn threads(&self) -> usize {
        self.0.lock().unwrap().threads.len()
    }

    fn wake(&self) {
        let sleepers = std::mem::take(&mut self.0.lock().unwrap().sleepers);
        sleepers.into_iter().for_each(Waker::wake);
    }
}

impl Clock for Hands {
    fn now(&self) -> Duration {
        let mut dial = self.0.lock().unwrap();
        dial.threads.insert(thread::current().id());
        dial.now
    }

    fn wall(&self) -> SystemTime {
        self.0.lock().unwrap().wall
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        let (dial, end) = (Arc::clone(&self.0), self.now() + duration);
        Box::pin(poll_fn(move |context| {
            let mut dial = dial.lock().unwrap();
            if dial.now >= end {
                return Poll::Ready(());
            }
            dial.sleepers.push(context.waker().clone());
            Poll::Pending
        }))
    }
}

/// With which transport a test runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Asynchronous,
    Blocking,
}

pub struct World {
    pub way: Way,
    pub endpoint: Endpoint,
    pub hands: Hands,
    pub cache: TokenCache,
    runtime: tokio::runtime::Runtime,
}

/// Runs a test both ways, with an endpoint that answers as a function says.
pub fn each<S: FnMut(usize, &Sent) -> Answer + Send + 'static>(script: impl Fn() -> S, test: impl Fn(&World)) {
    for way in [Way::Asynchronous, Way::Blocking] {
        test(&World::new(way, script()));
    }
}

/// An endpoint whose tokens are counted and live this long, and are refreshed by tokens that are counted as well.
pub fn counted(life: &'static str) -> impl FnMut(usize, &Sent) -> Answer {
    move |before, _| grant(&format!("t{before}"), Some(&format!("r{before}")), life)
}

/// The same without refresh tokens.
pub fn minted(life: &'static str) -> impl FnMut(usize, &Sent) -> Answer {
    move |before, _| grant(&format!("t{before}"), None, life)
}

impl World {
    pub fn new(way: Way, script: impl FnMut(usize, &Sent) -> Answer + Send + 'static) -> Self {
        let endpoint = Endpoint::start(script);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let hands = Hands::new();
        let client = client(way, &endpoint);
        let issuer = DescribedIssuer::new(&client, &MINT, vec![Box::new(Secret::from("key"))]).with_refresh(&REFRESH);
        let cache = TokenCache::new(issuer).with_clock(hands.clone()).with_jitter(|| 0.0);
        Self { way, endpoint, hands, cache, runtime }
    }

    /// The same world with another cache.
    pub fn with(self, change: impl FnOnce(TokenCache) -> TokenCache) -> Self {
        Self { cache: change(self.cache), ..self }
    }

    pub fn client(&self) -> HttpClient {
        client(self.way, &self.endpoint)
    }

    pub fn token(&self) -> Result<Token, TokenError> {
        self.of(&self.cache)
    }

    pub fn of(&self, cache: &TokenCache) -> Result<Token, TokenError> {
        match self.way {
            Way::Asynchronous => self.run(cache.token()),
            Way::Blocking => cache.token_blocking(),
        }
    }

    /// The text of a token, or the kind of the error.
    pub fn text(&self) -> String {
        shown(&self.token())
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Holds back the first replies of a script, each behind its own gate.
    pub fn gates(&self, mut script: impl FnMut(usize, &Sent) -> Answer + Send + 'static, count: usize) -> Vec<Gate> {
        let gates: Vec<Gate> = (0..count).map(|_| Gate::closed()).collect();
        let held = gates.clone();
        self.endpoint.answer(move |before, sent| {
            let answer = script(before, sent);
            held.get(before).map_or(answer.clone(), |gate| answer.behind(gate))
        });
        gates
    }

    /// What several callers get if they wait for one reply. A gate holds the reply back until all of them wait.
    pub fn together(&self, count: usize, gate: &Gate) -> Vec<String> {
        match self.way {
            Way::Blocking => {
                let before = self.hands.threads();
                let callers: Vec<_> = (0..count)
                    .map(|_| {
                        let cache = self.cache.clone();
                        thread::spawn(move || shown(&cache.token_blocking()))
                    })
                    .collect();
                while self.hands.threads() < before + count {
                    thread::yield_now();
                }
                gate.open();
                callers.into_iter().map(|caller| caller.join().unwrap()).collect()
            }
            Way::Asynchronous => self.run(async {
                let callers: Vec<_> = (0..count)
                    .map(|_| {
                        let cache = self.cache.clone();
                        tokio::spawn(async move { shown(&cache.token().await) })
                    })
                    .collect();
                // Each of them runs until it waits.
                tokio::task::yield_now().await;
                gate.open();
                let mut texts = Vec::new();
                for caller in callers {
                    texts.push(caller.await.unwrap());
                }
                texts
            }),
        }
    }
}

pub fn client(way: Way, endpoint: &Endpoint) -> HttpClient {
    let client = HttpClient::new(&endpoint.url).unwrap();
    match way {
        Way::Asynchronous => client,
        Way::Blocking => client.with_transport(UreqTransport::new()),
    }
}

pub fn shown(token: &Result<Token, TokenError>) -> String {
    match token {
        Ok(token) => token.expose().to_owned(),
        Err(error) => format!("{:?}", error.kind()),
    }
}
