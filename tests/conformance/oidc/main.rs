//! Gets tokens of a server that somebody else wrote, with a client that knows nothing but the document.

use conformance_client::runtime::{ClientCredentials, Secret, TokenCache};
use conformance_client::{Client, Inquiry};

const RENEWALS: i64 = 100;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn secret(id: &str) -> Secret {
    Secret::from(format!("secret of {id}: 100%"))
}

/// As many tokens as there are renewals, each of which the server knows, and no two of which are the same.
async fn renew(client: &Client, tokens: &TokenCache) -> Result<()> {
    let basic = client.clone().with_basic("basic", Secret::from(form("secret of basic: 100%")));
    let mut last = tokens.token().await?;
    for _ in 0..RENEWALS {
        tokens.invalidate(&last);
        let token = tokens.token().await?;
        assert_ne!(token.expose(), last.expose());
        assert!(tokens.remaining(&token).as_secs() > 3500);
        let state = basic.introspect(Inquiry::new(token.secret().clone())).send().await?;
        assert_eq!(state.active, Some(true));
        last = token;
    }
    Ok(())
}

/// RFC 6749 wants both parts of the pair encoded.
fn form(text: &str) -> String {
    text.replace('%', "%25").replace(':', "%3A").replace(' ', "+")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the server's URL is missing")?;
    let client = Client::new(&url)?;

    renew(&client, &client.tokens_by_client_credentials(ClientCredentials::basic("basic", secret("basic")))).await?;
    renew(&client, &client.tokens_by_client_credentials(ClientCredentials::in_body("body", secret("body")))).await?;
    let counts = client.show_counts().send().await?;
    assert_eq!((counts.mint, counts.refresh, counts.rejected), (Some(2 * RENEWALS + 2), Some(0), Some(0)));

    let user = |password: &str| {
        let client_credentials = ClientCredentials::basic("basic", secret("basic"));
        client.tokens_by_password(client_credentials, Secret::from("ann"), Secret::from(password))
    };
    let tokens = user("p+w & ü");
    renew(&client, &tokens).await?;
    let counts = client.show_counts().send().await?;
    assert_eq!((counts.mint, counts.refresh, counts.rejected), (Some(2 * RENEWALS + 3), Some(RENEWALS), Some(0)));
    let signed_in = client.clone().with_oauth_from(tokens);
    assert_eq!(signed_in.show_user().send().await?.sub.as_deref(), Some("ann"));

    let error = user("wrong").token().await.expect_err("the password is wrong");
    assert_eq!((error.status().map(|status| status.as_u16()), error.code()), (Some(400), Some("invalid_grant")));
    println!("{} renewals, of which {RENEWALS} rotated a refresh token", 3 * RENEWALS);
    Ok(())
}
