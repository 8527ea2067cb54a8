//! The security schemes of the components.

use std::collections::HashMap;

use generator::document::{Document, Node};

use crate::rules::{Rule, doc};
use crate::verdict::Verdict;
use crate::wire::finding::Finding;
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::operations::security::Requirements;
use crate::wire::operations::{Operation, operations};
use crate::wire::{Scope, Walk, scope_of};

impl<'d> Walk<'d> {
    /// Compares the security schemes of the components.
    pub(in crate::wire) fn schemes(&mut self) {
        let (before, after) = (schemes(self.old), schemes(self.new));
        for (name, listed, scheme) in &after {
            match before.iter().find(|(known, ..)| known == name) {
                Some((_, _, known)) => self.scheme(name, known, scheme),
                None => {
                    let rule = &doc::SCHEME_ADDED;
                    self.findings.add(&finding(rule, None, Some(&listed.node), "is a new security scheme"));
                }
            }
        }
        for (_, listed, _) in before.iter().filter(|(name, ..)| after.iter().all(|(known, ..)| known != name)) {
            let rule = &doc::SCHEME_REMOVED;
            self.findings.add(&finding(rule, Some(&listed.node), None, "is gone"));
        }
    }

    fn scheme(&mut self, name: &str, old: &Located<'d>, new: &Located<'d>) {
        let members = |at: &Located<'d>, key: &str| {
            at.text(key).map(|text| if key == "scheme" { text.to_lowercase() } else { text.to_owned() })
        };
        let said = |at: &Located<'d>| -> String {
            let keys = ["type", "scheme", "in", "name"];
            keys.iter().filter_map(|key| Some(format!("{key}: {}", members(at, key)?))).collect::<Vec<_>>().join(", ")
        };
        if !are_alike(old, new) {
            let rule = &doc::SCHEME_CHANGED;
            let what = "takes other credentials, or takes them in another place";
            let found = finding(rule, Some(&old.node), Some(&new.node), what);
            self.required(name, found.values(Some(said(old)), Some(said(new))));
        }
        // If the type changes, the flows and addresses change as part of it.
        if old.text("type") == new.text("type") {
            self.flows(name, old, new);
            self.discovery(old, new);
        }
    }

    /// Compares the address where a scheme is described. No client calls this address.
    fn discovery(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let urls = (old.text("openIdConnectUrl"), new.text("openIdConnectUrl"));
        if urls.0 != urls.1 {
            let rule = &doc::OPEN_ID_URL_CHANGED;
            let found = finding(rule, Some(&old.node), Some(&new.node), "has another `openIdConnectUrl`");
            self.findings.add(&found.values(urls.0, urls.1));
        }
    }

    /// Adds a difference in a scheme. It reaches only operations that require the scheme.
    fn required(&mut self, name: &str, found: Finding) {
        let reached = self.requiring(name);
        let verdict = if reached.is_empty() { Verdict::Compatible } else { found.verdict };
        let found = Finding { verdict, ..found };
        self.findings.add(&found);
        reached.iter().for_each(|scope| self.note(scope, found.clone()));
    }

    /// The operations that require a scheme.
    fn requiring(&self, name: &str) -> Vec<Scope> {
        let operations = operations(self.new);
        let requires = |operation: &Operation<'_>| {
            let own = operation.at.get("security").or_else(|| Located::top(self.new, "security"));
            Requirements::read(own.as_ref()).alternatives.iter().any(|alternative| alternative.contains_key(name))
        };
        operations.iter().filter(|operation| !operation.reversed && requires(operation)).map(scope_of).collect()
    }

    fn flows(&mut self, scheme: &str, old: &Located<'d>, new: &Located<'d>) {
        let flows = |at: &Located<'d>| -> Vec<(&'d str, Located<'d>)> {
            at.get("flows").iter().flat_map(Located::members).collect()
        };
        let (before, after) = (flows(old), flows(new));
        let add = |walk: &mut Self,
                   rule: &'static Rule,
                   old: Option<&Node>,
                   new: Option<&Node>,
                   what: String,
                   values: (Option<String>, Option<String>)| {
            walk.findings.add(&finding(rule, old, new, what).values(values.0, values.1));
        };
        for (name, flow) in &after {
            let Some((_, known)) = before.iter().find(|(known, _)| known == name) else {
                add(self, &doc::FLOW_ADDED, None, Some(&flow.node), "is a new OAuth flow".to_owned(), (None, None));
                continue;
            };
            let nodes = (Some(&known.node), Some(&flow.node));
            for (key, rule) in [
                ("authorizationUrl", &doc::OAUTH_URL_CHANGED),
                ("tokenUrl", &doc::TOKEN_URL_CHANGED),
                ("refreshUrl", &doc::TOKEN_URL_CHANGED),
            ] {
                let urls = (known.text(key).map(str::to_owned), flow.text(key).map(str::to_owned));
                if urls.0 != urls.1 {
                    add(self, rule, nodes.0, nodes.1, format!("has another `{key}`"), urls);
                }
            }
            self.offered_scopes(known, flow);
        }
        for (_, flow) in before.iter().filter(|(name, _)| after.iter().all(|(known, _)| known != name)) {
            let rule = &doc::FLOW_REMOVED;
            self.required(scheme, finding(rule, Some(&flow.node), None, "is gone"));
        }
    }

    fn offered_scopes(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let scopes = |at: &Located<'d>| -> Vec<(&'d str, Located<'d>)> {
            at.get("scopes").iter().flat_map(Located::members).collect()
        };
        let (before, after) = (scopes(old), scopes(new));
        let nodes = (Some(&old.node), Some(&new.node));
        for (name, at) in &after {
            let (rule, what) = match before.iter().find(|(known, _)| known == name) {
                None => (&doc::OAUTH_SCOPE_ADDED, format!("offers the scope `{name}`")),
                Some((_, known)) if known.value != at.value => {
                    (&doc::OAUTH_SCOPE_CHANGED, format!("describes the scope `{name}` otherwise"))
                }
                Some(_) => continue,
            };
            self.findings.add(&finding(rule, nodes.0, nodes.1, what).values(None::<&str>, Some(*name)));
        }
        for (name, _) in before.iter().filter(|(name, _)| after.iter().all(|(known, _)| known != name)) {
            let rule = &doc::OAUTH_SCOPE_REMOVED;
            let what = format!("no longer offers the scope `{name}`");
            self.findings.add(&finding(rule, nodes.0, nodes.1, what).values(Some(*name), None::<&str>));
        }
    }
}

/// A security scheme: its name, where it is listed, and what that refers to.
type SchemeAt<'d> = (&'d str, Located<'d>, Located<'d>);

fn schemes(document: &Document) -> Vec<SchemeAt<'_>> {
    let listed = Located::new(document, document.top("components").join("securitySchemes"));
    let members: Vec<_> = listed.iter().flat_map(Located::members).collect();
    members.into_iter().filter_map(|(name, at)| Some((name, at.clone(), at.follow(document)?))).collect()
}

/// Maps each removed scheme to a scheme of the new document that takes the same credentials. An added scheme is preferred.
pub(in crate::wire) fn renamed_schemes(old: &Document, new: &Document) -> HashMap<String, String> {
    let (before, after) = (schemes(old), schemes(new));
    let missing = |of: &[SchemeAt<'_>], name: &str| of.iter().all(|(known, ..)| *known != name);
    let mut added: Vec<&SchemeAt<'_>> = after.iter().filter(|(name, ..)| missing(&before, name)).collect();
    let mut renamed = HashMap::new();
    for (name, _, known) in before.iter().filter(|(name, ..)| missing(&after, name)) {
        let are_same = |new: &Located<'_>| are_alike(known, new) && known.value.get("flows") == new.value.get("flows");
        let new = match added.iter().position(|(_, _, at)| are_same(at)) {
            Some(position) => Some(added.remove(position)),
            // Of several schemes that take the same, one may be left.
            None => after.iter().find(|(_, _, at)| are_same(at)),
        };
        if let Some((new, ..)) = new {
            renamed.insert((*name).to_owned(), (*new).to_owned());
        }
    }
    renamed
}

/// Whether two schemes take the same credentials in the same place. The case of an HTTP scheme and of a header's name does not count.
fn are_alike(old: &Located<'_>, new: &Located<'_>) -> bool {
    let folded = |at: &Located<'_>, key: &str| {
        let is_free = key == "scheme" || (key == "name" && at.text("in") == Some("header"));
        at.text(key).map(|text| if is_free { text.to_lowercase() } else { text.to_owned() })
    };
    ["type", "scheme", "in", "name"].iter().all(|key| folded(old, key) == folded(new, key))
}
