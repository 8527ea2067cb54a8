//! A client, credentials, a call, and what can be known of its outcome.

use generated::bytenite::{AccessTokenRequest, Client};
use generated::runtime::{Error, Secret};

async fn log_in(api_key: &str) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new()?;
    let answer = client.request_access_token(AccessTokenRequest::new(Secret::from(api_key))).send().await?;
    let Some(token) = answer.token else { return Err("there is no token".into()) };
    let client = client.with_bearer_auth(token);
    match client.skip_login().login_challenge(Secret::from("abc")).send_full().await {
        Ok(response) => println!("{} {:?} {:?}", response.status(), response.headers().get("etag"), response.value()),
        Err(Error::Api(error)) if error.status() == 401 => println!("log in again: {:?}", error.error()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
