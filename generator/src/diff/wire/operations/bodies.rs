//! Request bodies and responses: media types, statuses, headers.

use indexmap::IndexMap;

use crate::diff::rules::msg;
use crate::diff::verdict::Direction;
use crate::diff::wire::findings::finding;
use crate::diff::wire::located::Located;
use crate::diff::wire::operations::Operation;
use crate::diff::wire::schemas::graph::Role;
use crate::diff::wire::{Scope, Walk};
use crate::document::Document;
use crate::media_type::{Kind, MediaType};

impl<'d> Walk<'d> {
    pub(in crate::diff::wire) fn request_body(&mut self, scope: &Scope, old: &Operation<'d>, new: &Operation<'d>) {
        let body =
            |document: &'d Document, operation: &Operation<'d>| operation.at.get("requestBody")?.follow(document);
        let required = |at: &Located<'d>| at.flag("required") == Some(true);
        match (body(self.old, old), body(self.new, new)) {
            (None, None) => {}
            (None, Some(at)) => {
                let (rule, what) = match required(&at) {
                    true => (&msg::REQUIRED_BODY_ADDED, "is new and must be sent: calls without it fail"),
                    false => (&msg::BODY_ADDED, "is new and may be sent"),
                };
                self.ruled(scope, rule, None, Some(&at.node), what);
            }
            (Some(at), None) => {
                self.ruled(
                    scope,
                    &msg::BODY_REMOVED,
                    Some(&at.node),
                    None,
                    "is gone: the server may refuse or ignore it",
                );
            }
            (Some(old), Some(new)) => {
                let nodes = (Some(&old.node), Some(&new.node));
                match (required(&old), required(&new)) {
                    (false, true) => self.ruled(
                        scope,
                        &msg::BODY_BECAME_REQUIRED,
                        nodes.0,
                        nodes.1,
                        "must be sent: calls without it fail",
                    ),
                    (true, false) => {
                        self.ruled(scope, &msg::BODY_BECAME_OPTIONAL, nodes.0, nodes.1, "need not be sent any more")
                    }
                    _ => {}
                }
                self.content(scope, &old, &new);
            }
        }
    }

    pub(in crate::diff::wire) fn responses(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let statuses = |document: &'d Document, at: &Located<'d>| -> IndexMap<String, Located<'d>> {
            let listed = at.get("responses");
            let members = listed.iter().flat_map(Located::members).filter(|(status, _)| !status.starts_with("x-"));
            members.filter_map(|(status, at)| Some((status.replace('x', "X"), at.follow(document)?))).collect()
        };
        let (before, after) = (statuses(self.old, old), statuses(self.new, new));
        for (status, at) in &after {
            let received = scope.received(status);
            match before.get(status) {
                Some(known) => {
                    self.content(&received, known, at);
                    self.headers(&received, known, at);
                }
                None if status.starts_with('2') => {
                    self.ruled(
                        &received,
                        &msg::SUCCESS_ADDED,
                        None,
                        Some(&at.node),
                        "is a new way to succeed, which clients may not know",
                    );
                }
                None => self.ruled(&received, &msg::FAILURE_ADDED, None, Some(&at.node), "is a new way to fail"),
            }
        }
        for (status, at) in before.iter().filter(|(status, _)| !after.contains_key(*status)) {
            let received = scope.received(status);
            if status.starts_with('2') {
                self.ruled(
                    &received,
                    &msg::SUCCESS_REMOVED,
                    Some(&at.node),
                    None,
                    "is gone: clients that rely on it fail",
                );
            } else {
                self.ruled(&received, &msg::FAILURE_REMOVED, Some(&at.node), None, "is no longer declared");
            }
        }
    }

    fn headers(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let headers = |document: &'d Document, at: &Located<'d>| -> IndexMap<String, Located<'d>> {
            let listed = at.get("headers");
            let members = listed.iter().flat_map(Located::members);
            members.filter_map(|(name, at)| Some((name.to_lowercase(), at.follow(document)?))).collect()
        };
        let (before, after) = (headers(self.old, old), headers(self.new, new));
        let required = |at: &Located<'d>| at.flag("required") == Some(true);
        for (name, at) in &after {
            let Some(known) = before.get(name) else {
                self.ruled(scope, &msg::HEADER_ADDED, None, Some(&at.node), "is a new header");
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
            if known.flag("explode").unwrap_or(false) != at.flag("explode").unwrap_or(false) {
                self.ruled(scope, &msg::HEADER_STYLE_CHANGED, nodes.0, nodes.1, "has its parts written otherwise");
            }
            self.value_of(scope, known, at, Role::Body);
        }
        for (_, at) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
            let rule = if required(at) { &msg::REQUIRED_HEADER_REMOVED } else { &msg::HEADER_REMOVED };
            self.ruled(scope, rule, Some(&at.node), None, "is gone: clients that rely on it fail");
        }
    }

    /// The media types of a body.
    fn content(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let content = |at: &Located<'d>| -> IndexMap<String, Located<'d>> {
            at.get("content").iter().flat_map(Located::members).map(|(name, at)| (normal(name), at)).collect()
        };
        let (mut before, after) = (content(old), content(new));
        let mut gained = Vec::new();
        for (name, at) in &after {
            match before.shift_remove(name) {
                Some(known) => self.media_type(scope, name, &known, at),
                None => gained.push((name, at)),
            }
        }
        for (name, at) in gained {
            let same = before.keys().find(|known| MediaType::of(known).essence() == MediaType::of(name).essence());
            let kin = same
                .or_else(|| {
                    before
                        .keys()
                        .find(|known| scope.direction() == Direction::Response && is_specialization(known, name))
                })
                .cloned();
            match kin.and_then(|known| before.shift_remove_entry(&known)) {
                Some((known_name, known)) => {
                    let (new, old) = (MediaType::of(name), MediaType::of(&known_name));
                    let (rule, what) = match (new.specializes(&old), old.specializes(&new)) {
                        (true, false) => (&msg::MEDIA_TYPE_SPECIALIZED, "is a more special media type"),
                        (false, true) => (&msg::MEDIA_TYPE_GENERALIZED, "is a more general media type"),
                        _ => (&msg::MEDIA_TYPE_CHANGED, "is written otherwise"),
                    };
                    let found = finding(rule, rule.verdict(scope.direction()), Some(&known.node), Some(&at.node), what);
                    self.note(scope, found.values(Some(known_name), Some(name.clone())));
                    self.media_type(scope, name, &known, at);
                }
                None => self.ruled(scope, &msg::MEDIA_TYPE_ADDED, None, Some(&at.node), "is another media type"),
            }
        }
        for at in before.values() {
            let what = match scope.direction() {
                Direction::Request => "is no longer understood",
                Direction::Response => "is no longer to be had: clients that rely on it fail",
            };
            self.ruled(scope, &msg::MEDIA_TYPE_REMOVED, Some(&at.node), None, what);
        }
    }

    fn media_type(&mut self, scope: &Scope, name: &str, old: &Located<'d>, new: &Located<'d>) {
        let nodes = (Some(&old.node), Some(&new.node));
        let schema = |at: &Located<'d>| at.get("schema").or_else(|| at.get("itemSchema"));
        match (schema(old), schema(new)) {
            (None, None) => {}
            (None, Some(_)) => self.ruled(
                scope,
                &msg::BODY_SCHEMA_ADDED,
                nodes.0,
                nodes.1,
                "must be of a schema, where nothing was said",
            ),
            (Some(_), None) => {
                self.ruled(scope, &msg::BODY_SCHEMA_REMOVED, nodes.0, nodes.1, "may be anything, where a schema was")
            }
            (Some(old), Some(new)) => self.root(scope, old, new, Role::Body, !is_json(name)),
        }
        self.encodings(scope, name, old, new);
    }
}

/// A media type in its normal spelling.
pub(super) fn normal(media_type: &str) -> String {
    media_type.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// Whether a body of this media type is JSON, or may be JSON.
pub(in crate::diff::wire) fn is_json(media_type: &str) -> bool {
    // A media type without a name is read as JSON.
    media_type.is_empty() || matches!(MediaType::of(media_type).kind(), Kind::Json | Kind::JsonStream | Kind::Any)
}

/// Whether one media type is a special case of the other, apart from parameters.
fn is_specialization(one: &str, other: &str) -> bool {
    let essence = |name: &str| MediaType::of(MediaType::of(name).essence());
    let (one, other) = (essence(one), essence(other));
    one.specializes(&other) || other.specializes(&one)
}
