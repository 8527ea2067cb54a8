//! Which calls are sent again, and how long a client waits before that.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::request_body::RequestBody;
use super::retry_after::retry_after;
use super::transport_error::TransportError;

/// The header that makes any request safe to repeat, because the server knows the key.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Decides when a call is sent again. Without it, a client sends each call once.
///
/// A call is sent again if the failure may pass, and if a second request does no harm.
///
/// - Any call is sent again if the client could not connect.
/// - A call whose body can be read only once ([`RequestBody::once`]) is not sent again at all.
/// - A call that is idempotent (RFC 9110, 9.2.2), or has the header `Idempotency-Key`, is sent again if no complete reply came in
///   time, or if its status is 408, 429, 502, 503 or 504.
///
/// The longest wait grows with each attempt. The wait is a random part of it, so that clients don't come back all at once. A server
/// that sends `Retry-After` is left alone for that long. Everything ends within the time limit of the call. So a call that gets no
/// reply in time is sent again only if each attempt has a shorter limit
/// ([`with_attempt_timeout`](super::HttpClient::with_attempt_timeout)). Clones of a `Retry` share a budget. If most calls fail, the
/// budget is spent and nothing is sent again, so that an outage does not multiply the load.
#[derive(Clone, Debug)]
pub struct Retry {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    budget: Arc<Budget>,
}

impl Retry {
    /// Up to three attempts. The first wait is at most 200 milliseconds, each later one at most twice as long, and no
    /// wait is longer than ten seconds.
    pub fn new() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(10),
            budget: Arc::new(Budget(AtomicU32::new(Budget::FULL))),
        }
    }

    /// One attempt. Use it for a call of a client that retries others.
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// Another number of attempts, the first one included.
    #[must_use]
    pub fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Other waits: the longest before the second attempt, and the longest of all.
    #[must_use]
    pub fn with_waits(self, first: Duration, longest: Duration) -> Self {
        Self { first_wait: first, longest_wait: longest, ..self }
    }

    /// Whether a request may be sent again at all.
    pub(super) fn is_on(&self) -> bool {
        self.attempts > 1
    }

    /// How long to wait before the next attempt. `None` forbids another attempt. `left` is the time that is left for the whole call.
    pub(super) fn wait(
        &self,
        sent: &http::Request<RequestBody>,
        outcome: Result<(StatusCode, &HeaderMap), &TransportError>,
        attempt: u32,
        left: Duration,
    ) -> Option<Duration> {
        let asked = match outcome {
            Ok((status, headers)) if may_pass(status.as_u16()) => retry_after(headers),
            Ok(_) => {
                self.budget.refill();
                return None;
            }
            Err(error) if !error.is_retryable() => return None,
            Err(_) => None,
        };
        let is_unsent = outcome.is_err_and(TransportError::is_connect);
        let may_repeat = sent.body().is_repeatable() && (is_unsent || is_repeatable(sent));
        let wait = self.backoff(attempt).max(asked.unwrap_or_default());
        (attempt < self.attempts && may_repeat && wait < left && self.budget.spend()).then_some(wait)
    }

    /// A random part of the wait that belongs to an attempt.
    fn backoff(&self, attempt: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempt - 1).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(factor).min(self.longest_wait).mul_f64(random())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a status means a failure that may pass.
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}

/// Marks a request that can be sent twice without harm, whatever its method.
#[derive(Clone, Copy)]
pub(super) struct Harmless;

/// Whether the request can be sent twice without harm.
fn is_repeatable(sent: &http::Request<RequestBody>) -> bool {
    const IDEMPOTENT: [Method; 6] =
        [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE, Method::PUT, Method::DELETE];
    sent.extensions().get::<Harmless>().is_some()
        || IDEMPOTENT.contains(sent.method())
        || sent.method().as_str() == "QUERY"
        || sent.headers().contains_key(IDEMPOTENCY_KEY)
}

/// A number from 0 up to 1. Each hasher of the standard library has keys of its own.
pub(super) fn random() -> f64 {
    let bits = RandomState::new().hash_one(()) >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

/// The budget for further attempts. One attempt costs as much as ten good replies earn.
#[derive(Debug)]
struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const COST: u32 = 10;

    fn spend(&self) -> bool {
        let less = |left: u32| left.checked_sub(Self::COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    fn refill(&self) {
        let more = |left: u32| (left < Self::FULL).then_some(left + 1);
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}
