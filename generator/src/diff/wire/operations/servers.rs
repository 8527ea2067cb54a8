//! The servers to which calls are sent.

use std::collections::{HashMap, HashSet};

use crate::diff::rules::{Rule, doc};
use crate::diff::wire::findings::finding;
use crate::diff::wire::located::Located;
use crate::diff::wire::operations::Operation;
use crate::diff::wire::{Scope, Walk, scope_of};
use crate::document::Node;

impl<'d> Walk<'d> {
    /// Compares the document's own servers, for operations without servers of their own.
    pub(in crate::diff::wire) fn global_servers(&mut self, new: &[Operation<'d>]) {
        let own = |operation: &&Operation<'d>| !operation.reversed && servers_of(operation).is_none();
        let reached: Vec<Scope> = new.iter().filter(own).map(scope_of).collect();
        let lists = (Located::top(self.old, "servers"), Located::top(self.new, "servers"));
        self.servers(lists, (self.old.root(), self.new.root()), &reached);
    }

    /// The servers of an operation or of its path item.
    pub(in crate::diff::wire) fn operation_servers(&mut self, scope: &Scope, old: &Operation<'d>, new: &Operation<'d>) {
        let lists = (servers_of(old), servers_of(new));
        if (lists.0.is_none() && lists.1.is_none()) || scope.reversed {
            return;
        }
        let places = (old.at.node.clone(), new.at.node.clone());
        let lists = (
            lists.0.or_else(|| Located::top(self.old, "servers")),
            lists.1.or_else(|| Located::top(self.new, "servers")),
        );
        self.servers(lists, places, std::slice::from_ref(scope));
    }

    fn servers(&mut self, lists: (Option<Located<'d>>, Option<Located<'d>>), places: (Node, Node), reached: &[Scope]) {
        let read = |list: &Option<Located<'d>>| -> Vec<Located<'d>> {
            list.iter().flat_map(Located::elements).filter(|server| server.text("url").is_some()).collect()
        };
        let (before, after) = (read(&lists.0), read(&lists.1));
        let url = |at: Option<&Located<'d>>| {
            at.and_then(|at| at.text("url")).map_or("/", |url| url).trim_end_matches('/').to_owned()
        };
        let first = (url(before.first()), url(after.first()));
        if first.0 != first.1 {
            let nodes =
                (before.first().map_or(&places.0, |at| &at.node), after.first().map_or(&places.1, |at| &at.node));
            let values = (Some(first.0.clone()), Some(first.1.clone()));
            self.server(
                &doc::SERVER_CHANGED,
                (Some(nodes.0), Some(nodes.1)),
                "is called at another address",
                values,
                reached,
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
        let found = finding(rule, rule.request, nodes.0, nodes.1, what).values(values.0, values.1);
        self.findings.add(&found);
        reached.iter().for_each(|scope| self.note(scope, found.clone()));
    }
}

/// The servers of an operation itself, or of its path item.
fn servers_of<'d>(operation: &Operation<'d>) -> Option<Located<'d>> {
    let listed =
        |at: &Located<'d>| at.get("servers").filter(|list| list.value.as_array().is_some_and(|list| !list.is_empty()));
    listed(&operation.at).or_else(|| listed(&operation.item))
}
