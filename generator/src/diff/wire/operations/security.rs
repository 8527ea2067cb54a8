//! The credentials that operations require.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::rules::{Rule, doc, op};
use crate::diff::verdict::Verdict;
use crate::diff::wire::findings::finding;
use crate::diff::wire::located::Located;
use crate::diff::wire::operations::{Operation, Paired};
use crate::diff::wire::schemas::graph::Finding;
use crate::diff::wire::{Scope, Walk, scope_of};
use crate::document::{Document, Node, Version};

/// The ways to authenticate. Each way is a set of schemes that go together, with their scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Requirements {
    alternatives: Vec<BTreeMap<String, BTreeSet<String>>>,
}

/// The rules for one of the places that have requirements.
struct Rules {
    added: &'static Rule,
    removed: &'static Rule,
    alternative_added: &'static Rule,
    alternative_removed: &'static Rule,
    scope_added: &'static Rule,
    scope_removed: &'static Rule,
}

static GLOBAL: Rules = Rules {
    added: &doc::GLOBAL_SECURITY_ADDED,
    removed: &doc::GLOBAL_SECURITY_REMOVED,
    alternative_added: &doc::GLOBAL_ALTERNATIVE_ADDED,
    alternative_removed: &doc::GLOBAL_ALTERNATIVE_REMOVED,
    scope_added: &doc::GLOBAL_SCOPE_ADDED,
    scope_removed: &doc::GLOBAL_SCOPE_REMOVED,
};

static OWN: Rules = Rules {
    added: &op::SECURITY_ADDED,
    removed: &op::SECURITY_REMOVED,
    alternative_added: &op::ALTERNATIVE_ADDED,
    alternative_removed: &op::ALTERNATIVE_REMOVED,
    scope_added: &op::SCOPE_ADDED,
    scope_removed: &op::SCOPE_REMOVED,
};

impl Requirements {
    fn read(at: Option<&Located<'_>>) -> Self {
        let scopes =
            |at: Located<'_>| at.elements().filter_map(|scope| scope.value.as_str().map(str::to_owned)).collect();
        let alternative = |at: Located<'_>| at.members().map(|(name, at)| (name.to_owned(), scopes(at))).collect();
        Self { alternatives: at.into_iter().flat_map(Located::elements).map(alternative).collect() }
    }

    /// Whether a call needs no credentials.
    fn is_open(&self) -> bool {
        self.alternatives.is_empty() || self.alternatives.iter().any(BTreeMap::is_empty)
    }

    /// The ways that use credentials.
    fn real(&self) -> impl Iterator<Item = &BTreeMap<String, BTreeSet<String>>> {
        self.alternatives.iter().filter(|alternative| !alternative.is_empty())
    }

    /// The ways to authenticate, as text for a message. `None` if calls are possible only without credentials.
    fn listed(&self) -> Option<String> {
        let ways: Vec<String> = self.real().map(described).collect();
        let open = if self.is_open() { ", or none" } else { "" };
        (!ways.is_empty()).then(|| ways.join(" or ") + open)
    }
}

/// A difference between requirements.
struct Difference {
    rule: &'static Rule,
    what: String,
    before: Option<String>,
    after: Option<String>,
    /// The scheme of the scope that it is about.
    scheme: Option<String>,
}

impl<'d> Walk<'d> {
    /// Compares the document's own `security`, for operations without `security` of their own.
    pub(in crate::diff::wire) fn global_security(
        &mut self,
        old: &[Operation<'d>],
        new: &[Operation<'d>],
        paired: &Paired,
    ) {
        let (old_node, new_node) = (self.old.top("security"), self.new.top("security"));
        let (before, after) = (Located::top(self.old, "security"), Located::top(self.new, "security"));
        let differences =
            differences(&Requirements::read(before.as_ref()), &Requirements::read(after.as_ref()), &GLOBAL);
        let inherits = |operation: &Operation<'_>| operation.at.get("security").is_none() && !operation.reversed;
        let reached: Vec<Scope> = paired
            .both
            .iter()
            .filter_map(|(before, after)| Some((old.get(*before)?, new.get(*after)?)))
            .filter(|(before, after)| inherits(before) && inherits(after))
            .map(|(_, after)| scope_of(after))
            .collect();
        let place = |document: &Document, node: &Node| {
            if document.value(node).is_some() { node.clone() } else { document.root() }
        };
        let nodes = (place(self.old, &old_node), place(self.new, &new_node));
        for Difference { rule, what, before, after, scheme } in differences {
            let is_idle = reached.is_empty() || scheme.is_some_and(|scheme| !self.has_scopes(&scheme));
            let verdict = if is_idle { Verdict::Compatible } else { rule.request };
            let found = finding(rule, verdict, Some(&nodes.0), Some(&nodes.1), what).values(before, after);
            self.findings.add(&found);
            reached.iter().for_each(|scope| self.note(scope, found.clone()));
        }
    }

    /// Compares an operation's own `security`, or that of the document if it has none.
    pub(in crate::diff::wire) fn operation_security(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let (before, after) = (old.get("security"), new.get("security"));
        if (before.is_none() && after.is_none()) || scope.reversed {
            return;
        }
        let of = |own: Option<Located<'_>>, document: &Document| {
            Requirements::read(own.or_else(|| Located::top(document, "security")).as_ref())
        };
        let differences = differences(&of(before, self.old), &of(after, self.new), &OWN);
        for Difference { rule, what, before, after, scheme } in differences {
            let is_idle = scheme.is_some_and(|scheme| !self.has_scopes(&scheme));
            let verdict = if is_idle { Verdict::Compatible } else { rule.request };
            let found = finding(rule, verdict, Some(&old.node), Some(&new.node), what);
            self.note(scope, found.values(before, after));
        }
    }

    /// Whether scopes of a scheme mean something to callers. Scopes of an undeclared scheme do not. In 3.0, only OAuth 2 and OpenID Connect
    /// have scopes.
    fn has_scopes(&self, scheme: &str) -> bool {
        let at = Located::new(self.new, self.new.top("components").join("securitySchemes").join(scheme));
        let Some(at) = at.and_then(|at| at.follow(self.new)) else { return false };
        self.new.version() != Version::V30 || matches!(at.text("type"), Some("oauth2" | "openIdConnect"))
    }

    /// The security schemes of the components.
    pub(in crate::diff::wire) fn schemes(&mut self) {
        let schemes = |document: &'d Document| -> Vec<(&'d str, Located<'d>, Located<'d>)> {
            let listed = Located::new(document, document.top("components").join("securitySchemes"));
            let members: Vec<_> = listed.iter().flat_map(Located::members).collect();
            members.into_iter().filter_map(|(name, at)| Some((name, at.clone(), at.follow(document)?))).collect()
        };
        let (before, after) = (schemes(self.old), schemes(self.new));
        for (name, listed, scheme) in &after {
            match before.iter().find(|(known, ..)| known == name) {
                Some((_, _, known)) => self.scheme(name, known, scheme),
                None => {
                    let rule = &doc::SCHEME_ADDED;
                    self.findings.add(&finding(
                        rule,
                        rule.request,
                        None,
                        Some(&listed.node),
                        "is a new security scheme",
                    ));
                }
            }
        }
        for (_, listed, _) in before.iter().filter(|(name, ..)| after.iter().all(|(known, ..)| known != name)) {
            let rule = &doc::SCHEME_REMOVED;
            self.findings.add(&finding(rule, rule.request, Some(&listed.node), None, "is gone"));
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
        if said(old) != said(new) {
            let rule = &doc::SCHEME_CHANGED;
            let what = "takes other credentials, or takes them in another place";
            let found = finding(rule, rule.request, Some(&old.node), Some(&new.node), what);
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
            let found = finding(rule, rule.request, Some(&old.node), Some(&new.node), "has another `openIdConnectUrl`");
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
        let operations = crate::diff::wire::operations::operations(self.new);
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
            walk.findings.add(&finding(rule, rule.request, old, new, what).values(values.0, values.1));
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
            self.required(scheme, finding(rule, rule.request, Some(&flow.node), None, "is gone"));
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
            self.findings.add(&finding(rule, rule.request, nodes.0, nodes.1, what).values(None::<&str>, Some(*name)));
        }
        for (name, _) in before.iter().filter(|(name, _)| after.iter().all(|(known, _)| known != name)) {
            let rule = &doc::OAUTH_SCOPE_REMOVED;
            let what = format!("no longer offers the scope `{name}`");
            self.findings.add(&finding(rule, rule.request, nodes.0, nodes.1, what).values(Some(*name), None::<&str>));
        }
    }
}

fn differences(old: &Requirements, new: &Requirements, rules: &Rules) -> Vec<Difference> {
    let whole = |rule, what: &str| {
        vec![Difference { rule, what: what.to_owned(), before: old.listed(), after: new.listed(), scheme: None }]
    };
    match (old.is_open(), new.is_open()) {
        (true, false) => return whole(rules.added, "requires credentials: calls without them fail"),
        (false, true) if new.real().next().is_some() => {
            return whole(rules.removed, "may be called without credentials");
        }
        (false, true) => return whole(rules.removed, "requires no credentials any more"),
        _ => {}
    }
    let schemes = |alternative: &BTreeMap<String, BTreeSet<String>>| alternative.keys().cloned().collect::<Vec<_>>();
    // One way may be listed several times, with different scopes. Equal ways are paired first.
    let mut left: Vec<_> = old.real().filter(|before| new.real().all(|after| after != *before)).collect();
    let mut found = Vec::new();
    for after in new.real().filter(|after| old.real().all(|before| before != *after)) {
        match left.iter().position(|before| schemes(before) == schemes(after)) {
            None => found.push(Difference {
                rule: rules.alternative_added,
                what: "may be called with other credentials".to_owned(),
                before: None,
                after: Some(described(after)),
                scheme: None,
            }),
            Some(position) => scopes(left.remove(position), after, rules, &mut found),
        }
    }
    for before in left {
        found.push(Difference {
            rule: rules.alternative_removed,
            what: "may no longer be called with these credentials".to_owned(),
            before: Some(described(before)),
            after: None,
            scheme: None,
        });
    }
    // An operation that needed no credentials still needs none.
    if old.is_open() {
        found.retain(|difference| difference.rule.request == Verdict::Compatible);
    }
    found
}

fn scopes(
    old: &BTreeMap<String, BTreeSet<String>>,
    new: &BTreeMap<String, BTreeSet<String>>,
    rules: &Rules,
    found: &mut Vec<Difference>,
) {
    for (name, after) in new {
        let Some(before) = old.get(name) else { continue };
        for scope in after.difference(before) {
            let what = format!("requires the scope `{scope}` of `{name}`: calls without it may fail");
            let (rule, scheme) = (rules.scope_added, Some(name.clone()));
            found.push(Difference { rule, what, before: None, after: Some(scope.clone()), scheme });
        }
        for scope in before.difference(after) {
            let what = format!("no longer requires the scope `{scope}` of `{name}`");
            let (rule, scheme) = (rules.scope_removed, Some(name.clone()));
            found.push(Difference { rule, what, before: Some(scope.clone()), after: None, scheme });
        }
    }
}

fn described(alternative: &BTreeMap<String, BTreeSet<String>>) -> String {
    let scheme = |(name, scopes): (&String, &BTreeSet<String>)| match scopes.is_empty() {
        true => name.clone(),
        false => format!("{name} ({})", scopes.iter().cloned().collect::<Vec<_>>().join(", ")),
    };
    alternative.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}
