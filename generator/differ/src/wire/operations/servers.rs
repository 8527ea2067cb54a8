//! The servers to which calls are sent.

use std::collections::{HashMap, HashSet};

use generator::document::server_url::with_defaults;
use generator::document::{Document, Node};

use crate::rules::{Rule, doc};
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::operations::{Operation, Paired};
use crate::wire::{Scope, Walk, scope_of};

impl<'d> Walk<'d> {
    /// Compares the document's own servers, for operations without servers of their own.
    pub(in crate::wire) fn global_servers(&mut self, old: &[Operation<'d>], new: &[Operation<'d>], paired: &Paired) {
        let own = |operation: &&Operation<'d>| !operation.reversed && servers_of(operation).is_none();
        let reached: Vec<Scope> = new.iter().filter(own).map(scope_of).collect();
        let both = paired.both.iter().filter_map(|(before, after)| Some((old.get(*before)?, new.get(*after)?)));
        let both: Vec<_> = both.filter(|(_, after)| own(after)).collect();
        // If a part of the address moves from the server to the paths, calls go where they went. What has moved anyway is reported apart.
        let moved = both.iter().filter(|(before, after)| before.key() == after.key() && !before.has_address_of(after));
        let moved: Vec<Scope> = moved.map(|(_, after)| scope_of(after)).collect();
        let moved = match both.is_empty() {
            true => Some(reached.as_slice()),
            false => Some(moved.as_slice()).filter(|moved| !moved.is_empty()),
        };
        let lists = (Located::top(self.old, "servers"), Located::top(self.new, "servers"));
        self.servers(lists, (None, None), &reached, moved);
    }

    /// Compares the servers of an operation or of its path item.
    pub(in crate::wire) fn operation_servers(&mut self, scope: &Scope, old: &Operation<'d>, new: &Operation<'d>) {
        let lists = (servers_of(old), servers_of(new));
        if (lists.0.is_none() && lists.1.is_none()) || scope.reversed {
            return;
        }
        // An operation that calls the document's servers is itself the place.
        let place = |own: &Option<Located<'d>>, operation: &Operation<'d>| match own {
            Some(_) => None,
            None => Some(operation.at.node.clone()),
        };
        let places = (place(&lists.0, old), place(&lists.1, new));
        let lists = (
            lists.0.or_else(|| Located::top(self.old, "servers")),
            lists.1.or_else(|| Located::top(self.new, "servers")),
        );
        let reached = std::slice::from_ref(scope);
        self.servers(lists, places, reached, (!old.has_address_of(new)).then_some(reached));
    }

    /// Compares two lists. Without a place, the first server of a list is the place. `moved` has the operations that are called at another
    /// address. With `None`, all calls go where they went.
    fn servers(
        &mut self,
        lists: (Option<Located<'d>>, Option<Located<'d>>),
        places: (Option<Node>, Option<Node>),
        reached: &[Scope],
        moved: Option<&[Scope]>,
    ) {
        let (before, after) = (sorted(lists.0.as_ref()), sorted(lists.1.as_ref()));
        let url = |at: Option<&Located<'d>>| {
            at.and_then(|at| at.text("url")).map_or("/", |url| url).trim_end_matches('/').to_owned()
        };
        let first = (url(before.first()), url(after.first()));
        if let Some(moved) = moved.filter(|_| normal(&first.0) != normal(&first.1)) {
            let node = |place: Option<Node>, first: Option<&Located<'d>>, document: &Document| {
                place.or_else(|| first.map(|at| at.node.clone())).unwrap_or_else(|| document.root())
            };
            let nodes = (node(places.0, before.first(), self.old), node(places.1, after.first(), self.new));
            let values = (Some(first.0.clone()), Some(first.1.clone()));
            self.server(
                &doc::SERVER_CHANGED,
                (Some(&nodes.0), Some(&nodes.1)),
                "is called at another address",
                values,
                moved,
            );
        }
        let known: HashMap<String, &Located<'d>> = before.iter().rev().map(|at| (url(Some(at)), at)).collect();
        let kept: HashSet<String> = after.iter().map(|at| url(Some(at))).collect();
        for at in after.iter().skip(1).filter(|at| !known.contains_key(&url(Some(at)))) {
            self.server(
                &doc::SERVER_ADDED,
                (None, Some(&at.node)),
                "may be called at another address",
                (None, Some(url(Some(at)))),
                reached,
            );
        }
        for at in before.iter().skip(1).filter(|at| !kept.contains(&url(Some(at)))) {
            self.server(
                &doc::SERVER_REMOVED,
                (Some(&at.node), None),
                "is no longer called at this address",
                (Some(url(Some(at))), None),
                reached,
            );
        }
        for at in &after {
            if let Some(known) = known.get(&url(Some(at))) {
                self.variables(known, at, reached);
            }
        }
    }

    fn variables(&mut self, old: &Located<'d>, new: &Located<'d>, reached: &[Scope]) {
        for (name, after) in new.get("variables").iter().flat_map(Located::members) {
            let Some(before) = old.get("variables").and_then(|variables| variables.get(name)) else { continue };
            let nodes = (Some(&before.node), Some(&after.node));
            let defaults = (before.text("default").map(str::to_owned), after.text("default").map(str::to_owned));
            if defaults.0 != defaults.1 {
                let what = format!("has another default for `{name}`");
                self.server(&doc::SERVER_DEFAULT_CHANGED, nodes, &what, defaults, reached);
            }
            let values = |at: &Located<'d>| -> Vec<String> {
                at.get("enum")
                    .iter()
                    .flat_map(Located::elements)
                    .filter_map(|value| value.value.as_str().map(str::to_owned))
                    .collect()
            };
            let (from, to) = (values(&before), values(&after));
            let lists = (Some(from.join(", ")), Some(to.join(", ")));
            if to.iter().any(|value| !from.contains(value)) && !from.is_empty() {
                self.server(
                    &doc::SERVER_VALUES_ADDED,
                    nodes,
                    &format!("has more values for `{name}`"),
                    lists.clone(),
                    reached,
                );
            }
            if from.iter().any(|value| !to.contains(value)) && !to.is_empty() {
                self.server(
                    &doc::SERVER_VALUES_REMOVED,
                    nodes,
                    &format!("has fewer values for `{name}`"),
                    lists,
                    reached,
                );
            }
        }
    }

    fn server(
        &mut self,
        rule: &'static Rule,
        nodes: (Option<&Node>, Option<&Node>),
        what: &str,
        values: (Option<String>, Option<String>),
        reached: &[Scope],
    ) {
        let found = finding(rule, nodes.0, nodes.1, what).values(values.0, values.1);
        self.findings.add(&found);
        reached.iter().for_each(|scope| self.note(scope, found.clone()));
    }
}

/// The servers of an operation itself, or of its path item.
fn servers_of<'d>(operation: &Operation<'d>) -> Option<Located<'d>> {
    listed(&operation.at).or_else(|| listed(&operation.item))
}

fn listed<'d>(at: &Located<'d>) -> Option<Located<'d>> {
    at.get("servers").filter(|list| list.value.as_array().is_some_and(|list| !list.is_empty()))
}

/// The URL that clients call for an operation.
pub(super) fn url(document: &Document, operation: &Located<'_>, item: &Located<'_>) -> String {
    let own = listed(operation).or_else(|| listed(item)).or_else(|| Located::top(document, "servers"));
    let server = sorted(own.as_ref()).first().map(default_url).unwrap_or_default();
    normal(server.trim_end_matches('/'))
}

/// The servers of a list. The first one that is `https` comes first, because clients call it.
fn sorted<'d>(list: Option<&Located<'d>>) -> Vec<Located<'d>> {
    let listed = list.into_iter().flat_map(Located::elements).filter(|server| server.text("url").is_some());
    let mut servers: Vec<Located<'d>> = listed.collect();
    if let Some(secure) = servers.iter().position(|server| default_url(server).starts_with("https://")) {
        servers.get_mut(..=secure).into_iter().for_each(|servers| servers.rotate_right(1));
    }
    servers
}

/// A server's URL with every variable at its default.
fn default_url(server: &Located<'_>) -> String {
    let variables = server.get("variables");
    let variables: HashMap<&str, &str> = (variables.iter().flat_map(Located::members))
        .map(|(name, variable)| (name, variable.text("default").unwrap_or_default()))
        .collect();
    with_defaults(server.text("url").unwrap_or_default(), |name| variables.get(name).copied())
}

/// A URL in its usual spelling: the scheme and the host in lower case, and no port that the scheme implies (RFC 3986, 6.2.2 and 6.2.3).
fn normal(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
    let implied = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}{path}", host.strip_suffix(implied).unwrap_or(&host))
}
