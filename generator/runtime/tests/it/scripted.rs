//! A transport in memory that gives one answer after the other, with a clock that goes on as soon as somebody waits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::{
    Attempt, Bytes, Clock, Limits, RequestBody, SleepFuture, Transport, TransportErrorKind, TransportFuture,
};

pub type Answer = Result<http::Response<Bytes>, TransportErrorKind>;

/// What was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub request: http::Request<RequestBody>,
    pub attempt: Attempt,
    pub limits: Limits,
    /// The time, in milliseconds.
    pub at: u128,
}

#[derive(Clone, Debug, Default)]
pub struct Scripted(Arc<Script>);

#[derive(Debug, Default)]
struct Script {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<Sent>>,
    clock: Mutex<Duration>,
    /// How long each answer takes.
    pace: Duration,
}

impl Scripted {
    /// The last answer is repeated.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::slow(Duration::ZERO, answers)
    }

    pub fn slow(pace: Duration, answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Script { answers: Mutex::new(answers.into_iter().collect()), pace, ..Script::default() }))
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.0.sent.lock().unwrap().clone()
    }

    /// When each attempt was made, in milliseconds.
    pub fn times(&self) -> Vec<u128> {
        self.sent().iter().map(|sent| sent.at).collect()
    }
}

impl Transport for Scripted {
    fn execute(&self, request: http::Request<RequestBody>, limits: Limits) -> TransportFuture<'_> {
        let attempt = *request.extensions().get().expect("every request says which attempt it is");
        let at = self.now().as_millis();
        self.0.sent.lock().unwrap().push(Sent { request, attempt, limits, at });
        *self.0.clock.lock().unwrap() += self.0.pace;
        let mut answers = self.0.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() };
        Box::pin(async move { Ok(answer?) })
    }

    fn clock(&self) -> Option<&dyn Clock> {
        Some(self)
    }
}

impl Clock for Scripted {
    fn now(&self) -> Duration {
        *self.0.clock.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        *self.0.clock.lock().unwrap() += duration;
        Box::pin(std::future::ready(()))
    }
}
