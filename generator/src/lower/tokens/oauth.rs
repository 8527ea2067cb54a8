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
        let url = self.document.value(&node).and_then(Value::as_str).filter(|url| !url.is_empty());
        let fault = url.map_or(Some("there is none"), fault);
        if let Some(fault) = fault {
            let at = if self.document.value(&node).is_some() { &node } else { flow };
            let message =
                format!("a client's secret cannot go to the `{name}`, because {fault}: no token source is emitted");
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::TOKEN_URL, message, at);
            let help = "write a URL that begins with `https://`, or one that is relative to the server";
            self.out.push(diagnostic.help(help));
        }
        url.filter(|_| fault.is_none()).map(split)
    }
}

/// The server of a URL, and the path below it with the query. A relative URL is below the API's server, or below its host.
fn split(url: &str) -> (String, String) {
    let (address, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let absolute = address.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'));
    let (server, path) = match (absolute, address.strip_prefix('/')) {
        (Some((scheme, rest)), _) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}//{host}"), path)
        }
        (None, Some(path)) => ("/".to_owned(), path),
        (None, None) => (".".to_owned(), address.strip_prefix("./").unwrap_or(address)),
    };
    (server, format!("/{path}{query}"))
}

/// Why requests may not go to a URL. It may have a query.
fn fault(url: &str) -> Option<&'static str> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let absolute = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    let is_relative = server_url::is_relative(&absolute);
    let first = address.split('/').next().unwrap_or_default();
    let mut segments = address.strip_prefix("./").unwrap_or(address).split('/');
    match server_url::fault(&absolute) {
        Some(fault) => Some(fault),
        None if query.contains(['{', '}', '#']) || !query.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Some("its query has a character that no query can have")
        }
        // With a colon, the first segment would be a scheme (RFC 3986, 4.2).
        None if is_relative && first.contains(':') => Some("it has no `//` behind its scheme"),
        None if segments.any(server_url::is_dot_segment) => Some("it has a dot segment"),
        None if !is_relative && !server_url::is_reachable(&absolute) => Some("it is not reached by `https`"),
        None => None,
    }
}

fn grant_type(grant: &str) -> (String, Member) {
    ("/grant_type".to_owned(), Member::Constant(grant.into()))
}

fn scope() -> (String, Member) {
    ("/scope".to_owned(), Member::Scopes)
}

fn exchange(url: &(String, String), body: Vec<(String, Member)>) -> Exchange {
    let (server, path) = url.clone();
    Exchange { operation: String::new(), server: Some(server), path, security: Vec::new(), is_form: true, body }
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
