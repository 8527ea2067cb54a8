//! Security schemes and requirements (OpenAPI 3.1.1, 4.8.27 and 4.8.30).

use std::collections::HashMap;

use openapiv3::SecurityRequirement;
use serde_json::Value;

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::Node;
use crate::ir::{Credential, Docs, Location, Operation, Parameter, Requirement, Scheme, SchemeId};
use crate::similar::nearest;

impl Lower<'_> {
    pub(in crate::lower) fn schemes(&mut self) -> Vec<Scheme> {
        let mut schemes = Vec::new();
        for (wire, node, scheme) in self.document.security_schemes(self.out) {
            if let Some(credential) = self.credential(&scheme, &node) {
                let text = |key| scheme.get(key).and_then(Value::as_str).map(str::to_owned);
                let deprecated = scheme.get("deprecated") == Some(&Value::Bool(true));
                let docs = Docs { description: text("description"), deprecated, ..Docs::default() };
                schemes.push(Scheme { wire, explicit: text("x-rust-name"), docs, credential });
            }
        }
        schemes
    }

    fn credential(&mut self, scheme: &Value, node: &Node) -> Option<Credential> {
        let text = |key| scheme.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        match (text("type").as_str(), text("in").as_str(), text("scheme").to_lowercase().as_str()) {
            ("apiKey", _, _) if text("name").is_empty() => {
                self.error(
                    codes::MISSING_MEMBER,
                    "an `apiKey` scheme must have a `name`",
                    node,
                    "add the name of what carries it",
                );
                None
            }
            ("apiKey", "header", _) => {
                self.check_name(Location::Header, &text("name"), node).then(|| Credential::Header(text("name")))
            }
            ("apiKey", "query", _) => Some(Credential::Query(text("name"))),
            ("apiKey", "cookie", _) => {
                self.check_name(Location::Cookie, &text("name"), node).then(|| Credential::Cookie(text("name")))
            }
            ("apiKey", _, _) => {
                let message = format!("`{}` is not a place for an API key", text("in"));
                self.error(codes::UNKNOWN_LOCATION, message, &node.join("in"), "write one of header, query, cookie");
                None
            }
            ("http", _, "basic") => Some(Credential::Basic),
            ("http", _, "bearer") | ("oauth2" | "openIdConnect", _, _) => Some(Credential::Bearer),
            ("http", _, "") => {
                let message = "an `http` scheme must have a `scheme`: its credential is sent as given";
                let diagnostic =
                    self.document.diagnostic(Severity::Warning, codes::MISSING_SCHEME, message.to_owned(), node);
                self.out.push(diagnostic.help("add `scheme: bearer`, or `scheme: basic`"));
                Some(Credential::Header("Authorization".to_owned()))
            }
            ("http", _, other) => {
                let message =
                    format!("the HTTP authentication scheme `{other}` is not known: its credential is sent as given");
                self.warn(codes::UNKNOWN_HTTP_SCHEME, message, &node.join("scheme"));
                Some(Credential::Header("Authorization".to_owned()))
            }
            ("mutualTLS", _, _) => {
                let message =
                    "client certificates are the transport's: no credential is emitted for `mutualTLS`".to_owned();
                self.out.push(self.document.diagnostic(Severity::Warning, codes::MUTUAL_TLS, message, node));
                None
            }
            (other, _, _) => {
                let known = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
                let help = match nearest(other, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of {}", known.join(", ")),
                };
                self.error(
                    codes::UNKNOWN_SCHEME_TYPE,
                    format!("`{other}` is not a type of a security scheme"),
                    &node.join("type"),
                    &help,
                );
                None
            }
        }
    }

    /// The requirements of an operation: its own, or else those of the document.
    pub(in crate::lower) fn requirements(
        &mut self,
        requirements: &[SecurityRequirement],
        ids: &HashMap<String, SchemeId>,
        known: &[Scheme],
        node: &Node,
    ) -> Vec<Requirement> {
        // The declared schemes of an alternative with undeclared ones. They are used if no alternative is complete.
        let (mut lowered, mut partial) = (Vec::new(), Vec::new());
        for (index, requirement) in requirements.iter().enumerate() {
            let (mut schemes, mut by_transport) = (Vec::new(), 0);
            for name in requirement.keys() {
                match ids.get(name) {
                    Some(id) => schemes.push(*id),
                    None if self.is_mutual_tls(name) => by_transport += 1,
                    None => self.unknown_scheme(name, ids, &node.join(index).join(name)),
                }
            }
            self.check_clash(&schemes, known, &node.join(index));
            if schemes.len() + by_transport == requirement.len() {
                lowered.push(schemes);
            } else if !schemes.is_empty() {
                partial.push(schemes);
            }
        }
        if lowered.is_empty() { partial } else { lowered }
    }

    /// Reports schemes that go together and are sent in one place, because only one of them is.
    fn check_clash(&mut self, requirement: &[SchemeId], known: &[Scheme], node: &Node) {
        let mut carried: HashMap<(Location, String), &str> = HashMap::new();
        for scheme in requirement.iter().filter_map(|id| known.get(id.0)) {
            let place = carrier(&scheme.credential);
            if let Some(earlier) = carried.insert(place, &scheme.wire) {
                let message = format!(
                    "`{earlier}` and `{}` are required together, but are sent in the same place: only one of them is sent",
                    scheme.wire
                );
                let diagnostic = self.document.diagnostic(Severity::Warning, codes::CLASHING_SCHEMES, message, node);
                self.out.push(diagnostic.help("if either of them is enough, make them two elements of `security`"));
            }
        }
    }

    /// Reports parameters that are also set by a credential of the client, because only one of the two is sent.
    pub(in crate::lower) fn check_credentials(
        &mut self,
        operation: &Operation,
        security: &[Requirement],
        schemes: &[Scheme],
    ) {
        let required: Vec<&Scheme> = security.iter().flatten().filter_map(|id| schemes.get(id.0)).collect();
        for parameter in &operation.parameters {
            let Some(scheme) = required.iter().find(|scheme| is_carried_by(&scheme.credential, parameter)) else {
                continue;
            };
            let message = format!(
                "the parameter `{}` is the credential of the scheme `{}` as well: where a call sets it, the client's is not sent",
                parameter.wire, scheme.wire
            );
            let place = operation.node.join("parameters");
            self.out.push(self.document.diagnostic(Severity::Note, codes::CREDENTIAL_PARAMETER, message, &place));
        }
    }

    /// Whether the transport fulfils a scheme, so that it needs no credential.
    fn is_mutual_tls(&self, name: &str) -> bool {
        let kind = self.document.top("components").join("securitySchemes").join(name).join("type");
        self.document.value(&kind).and_then(serde_json::Value::as_str) == Some("mutualTLS")
    }

    fn unknown_scheme(&mut self, name: &str, ids: &HashMap<String, SchemeId>, node: &Node) {
        let declared = self.document.top("components").join("securitySchemes").join(name);
        // A scheme that is declared but cannot be honoured has been reported there.
        if self.document.value(&declared).is_some() {
            return;
        }
        let mut known: Vec<&str> = ids.keys().map(String::as_str).collect();
        known.sort_unstable();
        let help = match self.out.suggestion(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it under `components.securitySchemes`".to_owned(),
        };
        let message = format!("the security scheme `{name}` is not declared: the operation goes without it");
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::UNKNOWN_SCHEME, message, node);
        self.out.push(diagnostic.help(help));
    }
}

/// The scopes of each scheme, in the first alternative that names it.
pub(in crate::lower) fn scopes(
    requirements: &[SecurityRequirement],
    ids: &HashMap<String, SchemeId>,
) -> Vec<(SchemeId, Vec<String>)> {
    let mut found: Vec<(SchemeId, Vec<String>)> = Vec::new();
    for (name, scopes) in requirements.iter().flatten() {
        if let Some(id) = ids.get(name).filter(|id| !found.iter().any(|(known, _)| known == *id)) {
            found.push((*id, scopes.clone()));
        }
    }
    found.retain(|(_, scopes)| !scopes.is_empty());
    found
}

/// Whether a parameter has the same place as a credential.
fn is_carried_by(credential: &Credential, parameter: &Parameter) -> bool {
    let wire = parameter.wire.clone();
    let name = if parameter.location == Location::Header { wire.to_lowercase() } else { wire };
    carrier(credential) == (parameter.location, name)
}

/// The place of a credential in a request, and its name there. The name of a header is in lower case, because case does not count.
fn carrier(credential: &Credential) -> (Location, String) {
    match credential {
        Credential::Basic | Credential::Bearer => (Location::Header, "authorization".to_owned()),
        Credential::Header(name) => (Location::Header, name.to_lowercase()),
        Credential::Query(name) => (Location::Query, name.clone()),
        Credential::Cookie(name) => (Location::Cookie, name.clone()),
    }
}
