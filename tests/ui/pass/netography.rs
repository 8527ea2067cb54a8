//! Failures by status, one of several types each.

use generated::netography::{Client, TokenRequest, TokenResponse};
use generated::runtime::Error;

async fn token(client: &Client, request: TokenRequest) -> Option<TokenResponse> {
    match client.request_token(request).send().await {
        Ok(token) => Some(token),
        Err(Error::Api(error)) if error.status().is_server_error() => None,
        Err(_) => None,
    }
}
