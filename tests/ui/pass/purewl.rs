//! Either grant is a body; what is optional is chained, or set on the value.

use generated::purewl::{AccessTokenRequest, Client, RefreshGrant, SecretGrant};
use generated::runtime::Secret;

async fn tokens(secret_key: Secret) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new()?;
    let answer = client.request_access_token(SecretGrant::new(secret_key.clone())).send().await?;
    let Some(refresh_token) = answer.body.and_then(|body| body.refresh_token) else { return Ok(()) };
    let mut grant = RefreshGrant::new(refresh_token).secret_key(secret_key);
    grant.secret_key = None;
    let request = AccessTokenRequest::from(grant);
    match &request {
        AccessTokenRequest::RefreshGrant(grant) => println!("{grant:?}"),
        other => println!("{other:?}"),
    }
    client.request_access_token(request).send().await?;
    Ok(())
}
