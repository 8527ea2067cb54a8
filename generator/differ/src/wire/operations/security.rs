//! The credentials that operations require.

use std::collections::{BTreeMap, BTreeSet};

use generator::document::{Document, Node, Version};

use crate::rules::{Rule, doc, op};
use crate::verdict::Verdict;
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::operations::{Operation, Paired};
use crate::wire::{Scope, Walk, scope_of};

/// The ways to authenticate. Each way is a set of schemes that go together, with their scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Requirements {
    pub alternatives: Vec<BTreeMap<String, BTreeSet<String>>>,
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
    pub fn read(at: Option<&Located<'_>>) -> Self {
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
    pub(in crate::wire) fn global_security(&mut self, old: &[Operation<'d>], new: &[Operation<'d>], paired: &Paired) {
        let (old_node, new_node) = (self.old.top("security"), self.new.top("security"));
        let (before, after) = (Located::top(self.old, "security"), Located::top(self.new, "security"));
        let differences =
            differences(&self.known_requirements(before.as_ref()), &Requirements::read(after.as_ref()), &GLOBAL);
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
        // What no operation takes from here means nothing to callers.
        for Difference { rule, what, before, after, scheme } in differences.into_iter().filter(|_| !reached.is_empty())
        {
            let is_idle = scheme.is_some_and(|scheme| !self.has_scopes(&scheme));
            let verdict = if is_idle { Verdict::Compatible } else { rule.request };
            let found = finding(rule, Some(&nodes.0), Some(&nodes.1), what).verdict(verdict).values(before, after);
            self.findings.add(&found);
            reached.iter().for_each(|scope| self.note(scope, found.clone()));
        }
    }

    /// Compares an operation's own `security`, or that of the document if it has none.
    pub(in crate::wire) fn operation_security(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let (before, after) = (old.get("security"), new.get("security"));
        if (before.is_none() && after.is_none()) || scope.reversed {
            return;
        }
        let before = self.known_requirements(before.or_else(|| Located::top(self.old, "security")).as_ref());
        let after = Requirements::read(after.or_else(|| Located::top(self.new, "security")).as_ref());
        let differences = differences(&before, &after, &OWN);
        for Difference { rule, what, before, after, scheme } in differences {
            let is_idle = scheme.is_some_and(|scheme| !self.has_scopes(&scheme));
            let verdict = if is_idle { Verdict::Compatible } else { rule.request };
            let found = finding(rule, Some(&old.node), Some(&new.node), what).verdict(verdict);
            self.note(scope, found.values(before, after));
        }
    }

    /// Requirements of the old document, with the names that their schemes have in the new one.
    fn known_requirements(&self, at: Option<&Located<'_>>) -> Requirements {
        let renamed = |name: String| self.renamed_schemes.get(&name).cloned().unwrap_or(name);
        let alternatives = Requirements::read(at).alternatives.into_iter();
        let each = alternatives.map(|it| it.into_iter().map(|(name, scopes)| (renamed(name), scopes)).collect());
        Requirements { alternatives: each.collect() }
    }

    /// Whether scopes of a scheme mean something to callers. Scopes of an undeclared scheme do not. In 3.0, only OAuth 2 and OpenID Connect
    /// have scopes.
    fn has_scopes(&self, scheme: &str) -> bool {
        let at = Located::new(self.new, self.new.top("components").join("securitySchemes").join(scheme));
        let Some(at) = at.and_then(|at| at.follow(self.new)) else { return false };
        self.new.version() != Version::V30 || matches!(at.text("type"), Some("oauth2" | "openIdConnect"))
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
    // A call with more credentials than are required still succeeds.
    let is_enough = |before: &BTreeMap<String, BTreeSet<String>>| {
        new.real().any(|after| {
            after.iter().all(|(name, scopes)| before.get(name).is_some_and(|known| scopes.is_subset(known)))
        })
    };
    for before in left.into_iter().filter(|before| !is_enough(before)) {
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
