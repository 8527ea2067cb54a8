//! Responses: statuses and headers.

use generator::document::Document;
use generator::ir::Statuses;
use indexmap::IndexMap;

use crate::rules::{Rule, msg};
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::schemas::graph::Role;
use crate::wire::{Scope, Walk};

/// The responses of an operation, by their statuses.
type Responses<'d> = IndexMap<Statuses, Located<'d>>;

impl<'d> Walk<'d> {
    /// Compares responses. If only one document has a status, the response that covers the status in the other one counts.
    pub(in crate::wire) fn responses(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let responses = |document: &'d Document, at: &Located<'d>| -> Responses<'d> {
            let listed = at.get("responses");
            let members = listed.iter().flat_map(Located::members).filter(|(status, _)| !status.starts_with("x-"));
            let read = |status: &str| Statuses::read(&status.replace('x', "X"));
            members.filter_map(|(status, at)| Some((read(status)?, at.follow(document)?))).collect()
        };
        let (before, after) = (responses(self.old, old), responses(self.new, new));
        for (statuses, at) in &after {
            let received = scope.received(&statuses.to_string());
            if let Some(known) = before.get(statuses) {
                self.response(&received, *statuses, known, at);
                continue;
            }
            let (rule, what) = match statuses.is_success() {
                true => (&msg::SUCCESS_ADDED, "is a new way to succeed, which clients may not know"),
                false => (&msg::FAILURE_ADDED, "is a new way to fail"),
            };
            let known = covering(&before, *statuses);
            let what = if known.is_some() { "has a response of its own" } else { what };
            self.ruled(&received, rule, None, Some(&at.node), what);
            if let Some(known) = known {
                self.response(&received, *statuses, known, at);
            }
        }
        for (statuses, at) in before.iter().filter(|(statuses, _)| !after.contains_key(*statuses)) {
            let received = scope.received(&statuses.to_string());
            let left = covering(&after, *statuses);
            let is_narrowed = after.keys().any(|narrow| is_within(*narrow, *statuses));
            let (rule, what): (&'static Rule, _) = match (statuses.is_success(), left) {
                (true, None) if is_narrowed => (&msg::SUCCESS_REMOVED, "is some of these statuses alone"),
                (true, None) => (&msg::SUCCESS_REMOVED, "is gone: clients that rely on it fail"),
                (true, Some(_)) => (&msg::SUCCESS_REMOVED, "has no response of its own any more"),
                (false, _) => (&msg::FAILURE_REMOVED, "is no longer declared"),
            };
            // A caller that is the server sends all statuses that it sent.
            let is_left = left.is_some() || (is_narrowed && !scope.reversed);
            let verdict = if is_left { Verdict::Compatible } else { rule.verdict(received.direction()) };
            self.note(&received, finding(rule, Some(&at.node), None, what).verdict(verdict));
            if let Some(left) = left {
                self.response(&received, *statuses, at, left);
            }
        }
    }

    fn response(&mut self, scope: &Scope, statuses: Statuses, old: &Located<'d>, new: &Located<'d>) {
        if statuses.admit_content() {
            self.content(scope, old, new);
        }
        self.headers(scope, old, new);
    }

    fn headers(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let headers = |document: &'d Document, at: &Located<'d>| -> IndexMap<String, Located<'d>> {
            let listed = at.get("headers");
            let members = listed.iter().flat_map(Located::members);
            let members = members.map(|(name, at)| (name.to_lowercase(), at));
            // `Content-Type` does not count (OpenAPI 3.1.1, 4.8.17.1).
            let members = members.filter(|(name, _)| name != "content-type");
            members.filter_map(|(name, at)| Some((name, at.follow(document)?))).collect()
        };
        let (before, after) = (headers(self.old, old), headers(self.new, new));
        let required = |at: &Located<'d>| at.flag("required") == Some(true);
        for (name, at) in &after {
            let Some(known) = before.get(name) else {
                let (rule, what) = match required(at) && scope.direction() == Direction::Request {
                    true => (&msg::HEADER_BECAME_REQUIRED, "is a new header, which must be sent"),
                    false => (&msg::HEADER_ADDED, "is a new header"),
                };
                self.ruled(scope, rule, None, Some(&at.node), what);
                continue;
            };
            let nodes = (Some(&known.node), Some(&at.node));
            match (required(known), required(at)) {
                (false, true) => self.ruled(scope, &msg::HEADER_BECAME_REQUIRED, nodes.0, nodes.1, "is always there"),
                (true, false) => {
                    self.ruled(
                        scope,
                        &msg::HEADER_BECAME_OPTIONAL,
                        nodes.0,
                        nodes.1,
                        "may be missing: clients that rely on it fail",
                    );
                }
                _ => {}
            }
            let is_exploded = |at: &Located<'d>| at.flag("explode").unwrap_or(false);
            // Only the members of an object are written otherwise (4.8.12.4).
            if is_exploded(known) != is_exploded(at) && self.may_be_objects(known, at) {
                self.ruled(scope, &msg::HEADER_STYLE_CHANGED, nodes.0, nodes.1, "has its parts written otherwise");
            }
            self.value_of(scope, known, at, Role::Body);
        }
        for (_, at) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
            let rule = if required(at) { &msg::REQUIRED_HEADER_REMOVED } else { &msg::HEADER_REMOVED };
            self.ruled(scope, rule, Some(&at.node), None, "is gone: clients that rely on it fail");
        }
    }
}

/// The response for a status that has none of its own: that of its range, or else the default one. If a success is declared, the default
/// response is a failure.
fn covering<'r, 'd>(responses: &'r Responses<'d>, statuses: Statuses) -> Option<&'r Located<'d>> {
    let range = match statuses {
        Statuses::Code(code) => responses.get(&Statuses::Range(code / 100)),
        _ => None,
    };
    let may_be_default =
        statuses != Statuses::Default && !(statuses.is_success() && responses.keys().any(|it| it.is_success()));
    range.or_else(|| responses.get(&Statuses::Default).filter(|_| may_be_default))
}

/// Whether `wide` is a range, such as `2XX`, that contains the status `narrow`.
fn is_within(narrow: Statuses, wide: Statuses) -> bool {
    matches!((narrow, wide), (Statuses::Code(code), Statuses::Range(digit)) if code / 100 == digit)
}
