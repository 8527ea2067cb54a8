//! Sources that the flows of an `oauth2` scheme describe (OpenAPI 3.1.1, 4.8.28): requests and replies as RFC 6749 has them.

use serde_json::Value;

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::{Node, server_url};
use crate::ir::{Exchange, Member, Mint, TokenReply};

/// The flows that give a token without a person: the flow, the grant type, and the credentials besides those of the client.
const FLOWS: &[(&str, &str, &[&str])] =
    &[("clientCredentials", "client_credentials", &[]), ("password", "password", &["username", "password"])];

impl Lower<'_> {
    pub(super) fn oauth_mints(&mut self, scheme: &Node) -> Vec<Mint> {
        let kind = self.document.value(&scheme.join("type")).and_then(Value::as_str);
        if kind != Some("oauth2") {
            return Vec::new();
        }
        FLOWS.iter().filter_map(|flow| self.oauth_mint(&scheme.join("flows").join(flow.0), flow.1, flow.2)).collect()
    }

    fn oauth_mint(&mut self, flow: &Node, grant: &str, credentials: &[&str]) -> Option<Mint> {
        self.document.value(flow)?.as_object()?;
        let token_url = self.token_url(flow, "tokenUrl")?;
        let refresh_url = match self.document.value(&flow.join("refreshUrl")) {
            Some(_) => self.token_url(flow, "refreshUrl")?,
            None => token_url.clone(),
        };
        let given = credentials.iter().enumerate().map(|(index, name)| (format!("/{name}"), Member::Credential(index)));
        let body = std::iter::once(grant_type(grant)).chain(given).chain([scope()]).collect();
        let refresh = vec![grant_type("refresh_token"), ("/refresh_token".to_owned(), Member::RefreshToken)];
        Some(Mint {
            name: grant.to_owned(),
            credentials: credentials.iter().map(|name| (*name).to_owned()).collect(),
            client: true,
            exchange: exchange(&token_url, body),
            refresh: Some(exchange(&refresh_url, refresh)),
        })
    }

    /// The server and the path of a token endpoint, to which requests can go.
    fn token_url(&mut self, flow: &Node, name: &str) -> Option<(String, String)> {
        let node = flow.join(name);
        let url = self.document.value(&node).and_then(Value::as_str).unwrap_or_default();
        let split = split(url).filter(|(server, path)| is_usable(server, path));
        if split.is_none() {
            let at = if self.document.value(&node).is_some() { &node } else { flow };
            let message = format!("`{name}` is no URL to which a client's secret may go: no token source is emitted");
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::TOKEN_URL, message, at);
            self.out
                .push(diagnostic.help("write a URL that begins with `https://`, or a path that begins with a slash"));
        }
        split
    }
}

/// The server of a URL and the path below it. The server of a relative URL is the API's.
fn split(url: &str) -> Option<(String, String)> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.starts_with('/').then(|| ("/".to_owned(), url.to_owned()));
    };
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    Some((format!("{scheme}://{host}"), format!("/{path}")))
}

/// Whether requests may go there. The path is checked as a part of the URL: it must not have braces or a query, for example.
fn is_usable(server: &str, path: &str) -> bool {
    let is_reachable = server == "/" || (server_url::fault(server).is_none() && server_url::is_reachable(server));
    is_reachable && server_url::fault(path).is_none()
}

fn grant_type(grant: &str) -> (String, Member) {
    ("/grant_type".to_owned(), Member::Constant(grant.into()))
}

fn scope() -> (String, Member) {
    ("/scope".to_owned(), Member::Scopes)
}

fn exchange(url: &(String, String), body: Vec<(String, Member)>) -> Exchange {
    let (server, path) = url.clone();
    Exchange { operation: String::new(), server: Some(server), path, is_form: true, body }
}

/// The places of the token, of its lifetime and of other values in a reply (RFC 6749, 5.1).
pub(super) fn reply() -> TokenReply {
    TokenReply {
        token: "/access_token".to_owned(),
        refresh_token: Some("/refresh_token".to_owned()),
        life: Some("/expires_in".to_owned()),
        success: Vec::new(),
    }
}
