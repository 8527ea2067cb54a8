//! The client itself: how it is made, its server, and the credentials that it takes.

use super::{Items, Signed};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::emit::client::fixed_url;
use crate::ir::{Credential, Scheme};

impl Items<'_> {
    pub(super) fn client(&mut self) {
        self.new_client();
        self.variables();
        self.schemes();
    }

    fn new_client(&mut self) {
        let (was, is) = (fixed_url(self.types.old), fixed_url(self.types.new));
        let text = |url: &Option<String>| match url {
            Some(url) => format!("pub fn new() -> Result<Client, ClientError> // {url}"),
            None => "pub fn new(url: &str) -> Result<Client, ClientError>".to_owned(),
        };
        if was == is {
            return;
        }
        let before = Signed::new(text(&was), self.old.top("servers"));
        let after = Signed::new(text(&is), self.new.top("servers"));
        let verdict = if was.is_some() == is.is_some() { Verdict::Behaviour } else { Verdict::Breaking };
        let hint = match (was, is) {
            (Some(was), Some(_)) => Some(format!("`Client::new()?.with_base_url(\"{was}\")` goes where it went")),
            (Some(was), None) => Some(format!("`Client::new(\"{was}\")`")),
            (None, _) => Some("`Client::new()?.with_base_url(url)`".to_owned()),
        };
        self.push("Client::new", before, after, verdict).hint = hint;
    }

    fn variables(&mut self) {
        let (old, new) = (&self.types.old.names.variables, &self.types.new.names.variables);
        if old == new || old.is_empty() && new.is_empty() {
            return;
        }
        let text = |names: &[String]| {
            let arguments: Vec<String> = names.iter().map(|name| format!("{name}: &str")).collect();
            (!names.is_empty())
                .then(|| format!("pub fn with_server(self, {}) -> Result<Self, ClientError>", arguments.join(", ")))
        };
        let verdict = match (old.len(), new.len()) {
            (0, _) => Verdict::Compatible,
            (before, after) if before == after => Verdict::Behaviour,
            _ => Verdict::Breaking,
        };
        let before = Signed { text: text(old), node: Some(self.old.top("servers")) };
        let after = Signed { text: text(new), node: Some(self.new.top("servers")) };
        self.push("Client::with_server", before, after, verdict);
    }

    fn schemes(&mut self) {
        let (old, new) = (self.types.old, self.types.new);
        let (was, is) = (methods(old), methods(new));
        let place = |document: &crate::document::Document, scheme: &Scheme| {
            document.top("components").join("securitySchemes").join(&scheme.wire)
        };
        for (scheme, name) in &was {
            let path = format!("Client::{name}");
            let before = Signed::new(signature(scheme, name), place(self.old, scheme));
            let now = is.iter().find(|(_, now)| now == name).map(|(now, _)| *now);
            let other = is.iter().find(|(now, _)| now.wire == scheme.wire);
            match (now, other) {
                (Some(now), _) => {
                    let after = Signed::new(signature(now, name), place(self.new, now));
                    let basic = |scheme: &Scheme| scheme.credential == Credential::Basic;
                    if basic(scheme) != basic(now) {
                        self.push(path, before, after, Verdict::Breaking);
                    } else if scheme.credential != now.credential {
                        self.push(path, before, after, Verdict::Behaviour).hint("the credential is sent elsewhere");
                    }
                }
                (None, Some((now, name))) => {
                    let after = Signed::new(signature(now, name), place(self.new, now));
                    self.push(path, before, after, Verdict::Breaking).hint(format!("write `.{name}(…)`"));
                }
                (None, None) => {
                    self.push(path, before, Signed::none(), Verdict::Breaking);
                }
            }
        }
        for (scheme, name) in &is {
            if !was.iter().any(|(before, known)| known == name || before.wire == scheme.wire) {
                let after = Signed::new(signature(scheme, name), place(self.new, scheme));
                self.push(format!("Client::{name}"), Signed::none(), after, Verdict::Compatible);
            }
        }
    }
}

/// The schemes with the methods that take their credentials.
fn methods<'a>(plan: &'a Plan<'_>) -> Vec<(&'a Scheme, String)> {
    plan.api.schemes.iter().zip(&plan.names.schemes).map(|(scheme, name)| (scheme, format!("with_{name}"))).collect()
}

fn signature(scheme: &Scheme, method: &str) -> String {
    let credential = match scheme.credential {
        Credential::Basic => "username: impl Into<String>, password: impl Into<Secret>",
        _ => "credential: impl Into<Secret>",
    };
    format!("pub fn {method}(self, {credential}) -> Self")
}
