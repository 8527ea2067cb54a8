//! The two calls as one writes them by hand.
//!
//! The calls include what `execute` of `reqwest` does with them: it converts its request to one of the crate `http`, and the reply back.

use std::hint::black_box;

use generated::runtime::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use generated::runtime::{Bytes, Method, block_on, http, reqwest};
use serde::{Deserialize, Serialize};

use super::Memory;

const AGENT: &str = "generated/0.0.0";
const JSON: &str = "application/json";
const TOKEN_URL: &str = "https://api.netography.com/api/v1/auth/token";
const SKIP_URL: &str = "https://api.bytenite.com/v1/auth/skip";

#[derive(Serialize)]
struct TokenRequest {
    jwt: String,
}

#[derive(Deserialize, Serialize)]
pub struct TokenResponse {
    access_token: Option<String>,
    expires_in: Option<i64>,
    refresh_expires_in: Option<i64>,
    refresh_token: Option<String>,
    token_type: Option<String>,
    id_token: Option<String>,
    #[serde(rename = "not-before-policy")]
    not_before_policy: Option<i64>,
    #[serde(rename = "session-state")]
    session_state: Option<String>,
    scope: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub struct LoginChallengeResponse {
    skip: Option<bool>,
    #[serde(rename = "redirectTo")]
    redirect_to: Option<String>,
}

fn body() -> Vec<u8> {
    let request = TokenRequest { jwt: "eyJhbGciOiJIUzI1NiJ9".to_owned() };
    serde_json::to_vec(&request).expect("the request is JSON")
}

fn query() -> String {
    let pairs = [("loginChallenge", "a challenge")];
    form_urlencoded::Serializer::new(format!("{SKIP_URL}?")).extend_pairs(pairs).finish()
}

/// What the bare way does with a reply.
fn read<T: for<'de> Deserialize<'de>>(reply: &http::Response<Bytes>) -> T {
    assert!(reply.status().is_success(), "the reply is good");
    serde_json::from_slice(reply.body()).expect("the reply is JSON")
}

pub fn post(client: &reqwest::Client, memory: &Memory) -> TokenResponse {
    let request = client.post(TOKEN_URL).header(ACCEPT, JSON).header(USER_AGENT, AGENT).header(CONTENT_TYPE, JSON);
    block_on(sent(request.body(body()), memory))
}

pub fn get(client: &reqwest::Client, memory: &Memory) -> LoginChallengeResponse {
    let request = client.get(query()).header(ACCEPT, JSON).header(USER_AGENT, AGENT).header(AUTHORIZATION, "token");
    block_on(sent(request, memory))
}

async fn sent<T: for<'de> Deserialize<'de>>(request: reqwest::RequestBuilder, memory: &Memory) -> T {
    let request = request.build().expect("the request is good");
    black_box(http::Request::<reqwest::Body>::try_from(request).expect("the request is good"));
    let reply = reqwest::Response::from(memory.reply());
    assert!(reply.status().is_success(), "the reply is good");
    serde_json::from_slice(&reply.bytes().await.expect("the reply is there")).expect("the reply is JSON")
}

pub fn bare_post(memory: &Memory) -> TokenResponse {
    let request = http::Request::builder().method(Method::POST).uri(TOKEN_URL).header(ACCEPT, JSON);
    let request = request.header(USER_AGENT, AGENT).header(CONTENT_TYPE, JSON).body(Bytes::from(body()));
    black_box(request.expect("the request is good"));
    read(&memory.reply())
}

pub fn bare_get(memory: &Memory) -> LoginChallengeResponse {
    let request = http::Request::builder().uri(query()).header(ACCEPT, JSON).header(USER_AGENT, AGENT);
    let request = request.header(AUTHORIZATION, "token").body(Bytes::new());
    black_box(request.expect("the request is good"));
    read(&memory.reply())
}
