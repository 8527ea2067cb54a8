//! Request bodies, and the media types of bodies.

use std::rc::Rc;

use generator::document::Document;
use generator::limits::MAX_RANGED_MEDIA_TYPES;
use generator::media_type::{Kind, MediaType};
use generator::schema::JsonType;
use indexmap::IndexMap;

use crate::rules::{msg, value};
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::operations::Operation;
use crate::wire::schemas::graph::Role;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::{Scope, Walk};

impl<'d> Walk<'d> {
    pub(in crate::wire) fn request_body(&mut self, scope: &Scope, old: &Operation<'d>, new: &Operation<'d>) {
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

    /// The media types of a body.
    pub(super) fn content(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let content = |at: &Located<'d>| -> IndexMap<String, Located<'d>> {
            at.get("content").iter().flat_map(Located::members).map(|(name, at)| (normal(name), at)).collect()
        };
        let (mut before, after) = (content(old), content(new));
        // The most special media type counts. A range describes those that are not listed.
        let few = before.len() <= MAX_RANGED_MEDIA_TYPES && after.len() <= MAX_RANGED_MEDIA_TYPES;
        let range_of = |all: &IndexMap<String, Located<'d>>, name: &str| {
            let ranges = all.iter().filter(|(range, _)| range.contains('*') && is_specialization(name, range));
            let closest = ranges.min_by_key(|(range, _)| range.matches('*').count());
            closest.map(|(range, at)| (range.clone(), at.clone()))
        };
        let known_ranges = if few { before.clone() } else { IndexMap::new() };
        let mut gained = Vec::new();
        for (name, at) in &after {
            match before.shift_remove(name) {
                Some(known) => self.media_type(scope, name, &known, at),
                None => gained.push((name, at)),
            }
        }
        for (name, at) in gained {
            let same = before.keys().find(|known| are_same(known, name));
            let is_received = scope.direction() == Direction::Response;
            // A server that understands a range understands what is within it. It need not understand a media type by its suffix.
            let may_be_kin = |known: &str| is_received || known.contains('*') || name.contains('*');
            let kin = same.or_else(|| before.keys().find(|known| may_be_kin(known) && is_specialization(known, name)));
            let kin = kin.cloned();
            match kin.and_then(|known| before.shift_remove_entry(&known)) {
                Some((known_name, known)) => {
                    let (new, old) = (MediaType::of(name), MediaType::of(&known_name));
                    let (rule, what) = match (new.specializes(&old), old.specializes(&new)) {
                        (true, false) => (&msg::MEDIA_TYPE_SPECIALIZED, "is a more special media type"),
                        (false, true) => (&msg::MEDIA_TYPE_GENERALIZED, "is a more general media type"),
                        _ if new.has_parameters() && !old.has_parameters() => {
                            (&msg::MEDIA_TYPE_SPECIALIZED, "is a more special media type")
                        }
                        _ if old.has_parameters() && !new.has_parameters() => {
                            (&msg::MEDIA_TYPE_GENERALIZED, "is a more general media type")
                        }
                        _ => (&msg::MEDIA_TYPE_CHANGED, "is written otherwise"),
                    };
                    let found =
                        finding(rule, Some(&known.node), Some(&at.node), what).verdict(rule.verdict(scope.direction()));
                    self.note(scope, found.values(Some(known_name), Some(name.clone())));
                    self.media_type(scope, name, &known, at);
                }
                None => {
                    self.ruled(scope, &msg::MEDIA_TYPE_ADDED, None, Some(&at.node), "is another media type");
                    if let Some((_, known)) = range_of(&known_ranges, name) {
                        self.media_type(scope, name, &known, at);
                    }
                }
            }
        }
        for (name, at) in &before {
            let range = range_of(&after, name);
            let rule = &msg::MEDIA_TYPE_REMOVED;
            let (verdict, what) = match (&range, scope.direction()) {
                (Some((range, _)), _) => (Verdict::Compatible, format!("is one of `{range}`")),
                (None, Direction::Request) => (rule.request, "is no longer understood".to_owned()),
                (None, Direction::Response) => {
                    (rule.response, "is no longer to be had: clients that rely on it fail".to_owned())
                }
            };
            self.note(scope, finding(rule, Some(&at.node), None, what).verdict(verdict));
            if let Some((_, known)) = range.filter(|_| few) {
                self.media_type(scope, name, at, &known);
            }
        }
    }

    fn media_type(&mut self, scope: &Scope, name: &str, old: &Located<'d>, new: &Located<'d>) {
        let nodes = (Some(&old.node), Some(&new.node));
        let schema = |at: &Located<'d>| at.get("schema").or_else(|| at.get("itemSchema"));
        let kind = MediaType::of(name).kind();
        let (before, after) = (schema(old), schema(new));
        let views = (
            before.clone().map(|at| self.graph.old.view_of(vec![at])),
            after.clone().map(|at| self.graph.new.view_of(vec![at])),
        );
        let is_plain = |view: &Option<Rc<LocatedSchema<'d>>>| view.as_ref().is_none_or(|view| is_default(view, kind));
        let is_encoded = |view: &Option<Rc<LocatedSchema<'d>>>| {
            view.as_ref().and_then(|view| view.bytes()).is_some_and(|format| format.name() != "binary")
        };
        match (before, after) {
            (None, None) => {}
            _ if is_plain(&views.0) && is_plain(&views.1) => {}
            (None, Some(_)) | (Some(_), None)
                if kind == Kind::Binary && (is_encoded(&views.0) || is_encoded(&views.1)) =>
            {
                self.ruled(scope, &value::ENCODING_CHANGED, nodes.0, nodes.1, "is encoded otherwise");
            }
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
pub(in crate::wire) fn is_json(media_type: &str) -> bool {
    // A media type without a name is read as JSON.
    media_type.is_empty() || matches!(MediaType::of(media_type).kind(), Kind::Json | Kind::JsonStream | Kind::Any)
}

/// Whether two names are of one media type. Parameters that only one has are a matter of spelling.
pub(super) fn are_same(one: &str, other: &str) -> bool {
    let (one, other) = (MediaType::of(one), MediaType::of(other));
    one.essence() == other.essence()
        && (!one.has_parameters() || !other.has_parameters() || one.named_parameters() == other.named_parameters())
}

/// Whether a schema says no more than what a body of this kind is without a schema.
fn is_default(view: &LocatedSchema<'_>, kind: Kind) -> bool {
    let is_string = view.types.as_deref().is_none_or(|types| types == [JsonType::String]);
    match kind {
        Kind::Json | Kind::Any => view.says_nothing(),
        Kind::Text => is_string && view.says_only(&["type"]),
        Kind::Binary => {
            let is_of_bytes = view.text("format").is_none_or(|format| format == "binary");
            is_string && is_of_bytes && view.says_only(&["type", "format", "contentMediaType"])
        }
        _ => false,
    }
}

/// Whether one media type is a special case of the other, apart from parameters.
fn is_specialization(one: &str, other: &str) -> bool {
    let essence = |name: &str| MediaType::of(MediaType::of(name).essence());
    let (one, other) = (essence(one), essence(other));
    one.specializes(&other) || other.specializes(&one)
}
