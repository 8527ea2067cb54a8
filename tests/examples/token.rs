//! Gets a token of one of the three APIs, says how long it lives, and keeps it fresh until it is interrupted.
//!
//! ```console
//! $ NETOSECRET=… cargo run --example token -- netography
//! $ PUREWL_SECRET_KEY=… cargo run --example token -- purewl --base-url http://localhost:8080
//! $ BYTENITE_API_KEY=… cargo run --example token -- bytenite --show --once
//! ```

use std::env;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use generated::runtime::{Secret, TokenCache};
use generated::{bytenite, purewl};
use netography::NetoSecret;

const USAGE: &str = "usage: token bytenite|netography|purewl [--base-url URL] [--show] [--once]";

#[derive(Default)]
struct Arguments {
    api: String,
    base_url: Option<String>,
    /// Whether the token itself is printed.
    show: bool,
    /// Whether to end after the first token.
    once: bool,
}

fn arguments() -> Result<Arguments> {
    let mut arguments = Arguments::default();
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--base-url" => arguments.base_url = Some(words.next().context(USAGE)?),
            "--show" => arguments.show = true,
            "--once" => arguments.once = true,
            _ if arguments.api.is_empty() && !word.starts_with('-') => arguments.api = word,
            _ => bail!(USAGE),
        }
    }
    Ok(arguments)
}

fn credential(name: &str) -> Result<Secret> {
    Ok(Secret::from(env::var(name).with_context(|| format!("the environment variable {name} is not set"))?))
}

fn tokens(arguments: &Arguments) -> Result<TokenCache> {
    let url = arguments.base_url.as_deref();
    Ok(match arguments.api.as_str() {
        "bytenite" => {
            let client = bytenite::Client::new()?;
            let client = if let Some(url) = url { client.with_base_url(url)? } else { client };
            client.tokens_by_api_key(credential("BYTENITE_API_KEY")?)
        }
        "netography" => {
            let key = NetoSecret::from_env()?;
            let client = key.client()?;
            key.tokens(&if let Some(url) = url { client.with_base_url(url)? } else { client })
        }
        "purewl" => {
            let client = purewl::Client::new()?;
            let client = if let Some(url) = url { client.with_base_url(url)? } else { client };
            client.tokens_by_secret_key(credential("PUREWL_SECRET_KEY")?)
        }
        _ => bail!(USAGE),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = arguments()?;
    let tokens = tokens(&arguments)?;
    let mut last = None;
    loop {
        let token = tokens.token().await?;
        let left = tokens.remaining(&token);
        if last.as_ref() != Some(&token) {
            println!("a token for {} seconds", left.as_secs());
            if arguments.show {
                println!("{}", token.expose());
            }
            last = Some(token);
        }
        if arguments.once {
            return Ok(());
        }
        tokio::time::sleep((left / 20).clamp(Duration::from_millis(100), Duration::from_secs(30))).await;
    }
}
