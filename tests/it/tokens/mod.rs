//! The token sources of the three APIs and of one that no code knows, against servers on this machine, asynchronous and blocking.

mod bytenite;
mod described;
mod fourth;
mod netography;
mod purewl;

use generated::runtime::{Token, TokenCache, TokenError, UreqTransport};

/// Does something that blocks, outside of the test's runtime, which keeps its server going.
async fn outside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(|| std::thread::spawn(work).join()).await.unwrap().unwrap()
}

/// A token by the blocking transport.
async fn blocking(tokens: TokenCache) -> Result<Token, TokenError> {
    outside(move || tokens.token_blocking()).await
}

fn ureq() -> UreqTransport {
    UreqTransport::new()
}
