//! The servers of a document and of its operations. Reports servers to which requests cannot be sent.

use std::collections::HashMap;

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::server_url::{fault, is_reachable, is_relative, with_defaults};
use crate::document::{Node, PathOperation};
use crate::ir::{Server, ServerVariable};

impl Lower<'_> {
    /// The servers, the default one first. The default is the first server with an absolute `https` URL.
    pub(in crate::lower) fn servers(&mut self) -> Vec<Server> {
        let at = self.document.top("servers");
        let mut servers = Vec::new();
        for (index, declared) in self.document.servers(self.out).into_iter().enumerate() {
            let server = server(declared);
            if let Some(fault) = fault(&server.default_url) {
                let help = "correct it, or give the client a URL by `with_base_url`";
                self.unusable(&server.url, fault, &at.join(index), help);
            }
            servers.push(server);
        }
        match servers.iter().position(|server| server.is_secure) {
            Some(secure) => servers.get_mut(..=secure).unwrap_or_default().rotate_right(1),
            None if servers.is_empty() => {}
            None => {
                let message = "no server is an absolute `https` URL: `Client::new` takes the URL as an argument";
                let diagnostic =
                    self.document.diagnostic(Severity::Warning, codes::NO_SECURE_SERVER, message.to_owned(), &at);
                self.out.push(match servers.first().filter(|server| server.is_relative) {
                    Some(server) => {
                        let url = server.default_url.escape_debug();
                        diagnostic.help(format!("give it the whole URL, which ends in `{url}`"))
                    }
                    None => diagnostic,
                });
            }
        }
        servers
    }

    /// The server of an operation, or of its path item. As for the document, it is the first one with an absolute `https` URL. If there is
    /// none, it is the first of the list.
    pub(in crate::lower) fn own_server(&mut self, from: &PathOperation) -> Option<Server> {
        let (declared, at) = match from.operation.servers.is_empty() {
            false => (&from.operation.servers, from.node.clone()),
            true => (&from.servers, from.node.parent()),
        };
        let servers: Vec<Server> = declared.iter().cloned().map(server).collect();
        let index = servers.iter().position(|server| server.is_secure).unwrap_or_default();
        let server = servers.into_iter().nth(index)?;
        let url = &server.default_url;
        let fault = fault(url).or_else(|| (!is_relative(url) && !is_reachable(url)).then_some("it is not `https`"));
        if let Some(fault) = fault {
            let help = "correct it: calls fail, unless the client was given a URL by `with_base_url`";
            self.unusable(&server.url, fault, &at.join("servers").join(index), help);
        }
        Some(server)
    }

    fn unusable(&mut self, url: &str, fault: &str, node: &Node, help: &str) {
        let message = format!("no request can go to the server `{}`: {fault}", url.escape_debug());
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::UNUSABLE_SERVER, message, node);
        self.out.push(diagnostic.help(help));
    }
}

fn server(server: openapiv3::Server) -> Server {
    let variables = server.variables.into_iter().flatten().map(|(name, variable)| ServerVariable {
        name,
        default: variable.default,
        values: variable.enumeration.into_iter().collect(),
    });
    let (url, description) = (server.url, server.description);
    let variables: Vec<ServerVariable> = variables.collect();
    let defaults: HashMap<&str, &str> = variables.iter().map(|it| (it.name.as_str(), it.default.as_str())).collect();
    let default_url = with_defaults(&url, |name| defaults.get(name).copied());
    let is_usable = fault(&default_url).is_none();
    let is_secure = is_usable && default_url.starts_with("https://");
    let is_relative = is_usable && is_relative(&default_url);
    Server { url, default_url, description, variables, is_secure, is_relative }
}
