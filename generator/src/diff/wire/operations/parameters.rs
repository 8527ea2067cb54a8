//! The parameters of two operations.

use indexmap::IndexMap;

use crate::diff::rules::{Rule, doc, life, op};
use crate::diff::verdict::Direction;
use crate::diff::wire::findings::finding;
use crate::diff::wire::lifecycle::Stage;
use crate::diff::wire::located::Located;
use crate::diff::wire::operations::Operation;
use crate::diff::wire::operations::bodies::is_json;
use crate::diff::wire::schemas::graph::Role;
use crate::diff::wire::schemas::located_schema::LocatedSchema;
use crate::diff::wire::{Scope, Walk};
use crate::document::{Document, settled_style};
use crate::schema::JsonType;

/// What identifies a parameter: for a path parameter its position, otherwise its location and its name. A header's name is in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Path(usize),
    Named(String, String),
}

impl<'d> Walk<'d> {
    /// Compares the parameters of two operations, including those of their path items.
    pub(in crate::diff::wire) fn parameters(&mut self, old: &Operation<'d>, new: &Operation<'d>, scope: &Scope) {
        let (before, after) = (parameters(self.old, old), parameters(self.new, new));
        let sent = scope.sent();
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for (key, parameter) in &after {
            match before.get(key) {
                Some(known) => self.parameter(&sent, known, parameter),
                None => added.push(parameter.clone()),
            }
        }
        removed.extend(before.iter().filter(|(key, _)| !after.contains_key(*key)).map(|(_, at)| at.clone()));
        self.regrouped(&sent, &mut removed, &mut added);
        added.iter().for_each(|parameter| self.added_parameter(&sent, parameter));
        removed.iter().for_each(|parameter| self.removed_parameter(&sent, parameter));
    }

    fn added_parameter(&mut self, scope: &Scope, parameter: &Located<'d>) {
        let (rule, what) = match (parameter.text("in"), is_required(parameter)) {
            (Some("path"), _) => (&op::PATH_PARAMETER_ADDED, "is a new part of the path: calls without it fail"),
            (_, true) => (&op::REQUIRED_PARAMETER_ADDED, "is new and must be sent: calls without it fail"),
            (_, false) => (&op::PARAMETER_ADDED, "is new and may be sent"),
        };
        self.ruled(scope, rule, None, Some(&parameter.node), what);
    }

    fn removed_parameter(&mut self, scope: &Scope, parameter: &Located<'d>) {
        let stage = Stage::of(parameter.value);
        let rule = stage.removal([
            &op::PARAMETER_REMOVED,
            &op::PARAMETER_REMOVED_DEPRECATED,
            &op::PARAMETER_REMOVED_BEFORE_SUNSET,
        ]);
        let what = match scope.direction() {
            Direction::Request => "is gone: the server may refuse it, or do without it",
            Direction::Response => "is gone: what relies on it fails",
        };
        let found = finding(rule, rule.verdict(scope.direction()), Some(&parameter.node), None, what);
        self.note(scope, found.values(stage.sunset(), None::<String>));
    }

    fn parameter(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let nodes = (Some(&old.node), Some(&new.node));
        match (is_required(old), is_required(new)) {
            (false, true) => self.ruled(
                scope,
                &op::PARAMETER_BECAME_REQUIRED,
                nodes.0,
                nodes.1,
                "must be sent: calls without it fail",
            ),
            (true, false) => {
                self.ruled(scope, &op::PARAMETER_BECAME_OPTIONAL, nodes.0, nodes.1, "need not be sent any more")
            }
            _ => {}
        }
        let names = (old.text("name"), new.text("name"));
        if new.text("in") == Some("path") && names.0 != names.1 {
            let what = "has another name, which does not travel";
            let rule = &doc::PATH_PARAMETER_RENAMED;
            self.note(scope, finding(rule, rule.request, nodes.0, nodes.1, what).values(names.0, names.1));
        }
        self.lifecycle(scope, old, new, &life::PARAMETER);
        self.writing(scope, old, new);
        self.parameter_value(scope, old, new);
    }

    /// How a parameter is written.
    fn writing(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let nodes = (Some(&old.node), Some(&new.node));
        let found = |rule: &'static Rule, what| finding(rule, rule.verdict(scope.direction()), nodes.0, nodes.1, what);
        let ((old_style, old_explode), (new_style, new_explode)) = (style(old), style(new));
        let is_scalar = self.is_scalar(old, new);
        if old_style != new_style && !(is_scalar && old.text("in") == Some("query")) {
            let found = found(&op::PARAMETER_STYLE_CHANGED, "is written otherwise: the server may not understand it");
            self.note(scope, found.values(Some(old_style), Some(new_style)));
        } else if old_explode != new_explode && !is_scalar {
            let what = "has its parts written otherwise: the server may not understand them";
            let found = found(&op::PARAMETER_EXPLODE_CHANGED, what);
            let said = |explode: bool| Some(format!("explode: {explode}"));
            self.note(scope, found.values(said(old_explode), said(new_explode)));
        }
        let flag = |at: &Located<'d>, key: &str| at.flag(key).unwrap_or(false);
        if flag(old, "allowReserved") != flag(new, "allowReserved") {
            self.ruled(
                scope,
                &op::PARAMETER_RESERVED_CHANGED,
                nodes.0,
                nodes.1,
                "has its reserved characters written otherwise",
            );
        }
        match (flag(old, "allowEmptyValue"), flag(new, "allowEmptyValue")) {
            (false, true) => self.ruled(scope, &op::PARAMETER_EMPTY_ALLOWED, nodes.0, nodes.1, "may be sent empty"),
            (true, false) => {
                self.ruled(scope, &op::PARAMETER_EMPTY_FORBIDDEN, nodes.0, nodes.1, "must not be sent empty any more")
            }
            _ => {}
        }
    }

    /// Whether both have only scalar types. All styles of a query write these alike, exploded or not.
    fn is_scalar(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let scalar = |view: &LocatedSchema<'_>| {
            view.types
                .as_ref()
                .is_some_and(|types| !types.contains(&JsonType::Array) && !types.contains(&JsonType::Object))
        };
        let (Some(old), Some(new)) = (old.get("schema"), new.get("schema")) else { return false };
        scalar(&self.graph.old.view_of(vec![old])) && scalar(&self.graph.new.view_of(vec![new]))
    }

    /// The value of a parameter or a header: its schema, or that of its one media type.
    fn parameter_value(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let role = if is_required(old) || is_required(new) { Role::Required } else { Role::Parameter };
        self.value_of(scope, old, new, role);
    }

    /// Compares the value of a parameter or a header in its role.
    pub(in crate::diff::wire) fn value_of(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>, role: Role) {
        let of = |at: &Located<'d>| -> (Option<&'d str>, Option<Located<'d>>) {
            match at.get("content").and_then(|content| content.members().next()) {
                Some((media_type, at)) => (Some(media_type), at.get("schema")),
                None => (None, at.get("schema")),
            }
        };
        let ((before, old_schema), (after, new_schema)) = (of(old), of(new));
        if before != after {
            let rule = &op::PARAMETER_ENCODING_CHANGED;
            let found = finding(
                rule,
                rule.verdict(scope.direction()),
                Some(&old.node),
                Some(&new.node),
                "is written as another media type",
            );
            self.note(scope, found.values(before, after));
        }
        if let (Some(old), Some(new)) = (old_schema, new_schema) {
            self.root(scope, old, new, role, !after.is_some_and(is_json));
        }
    }
}

/// The parameters of an operation. Its own parameters take precedence over those of its path item.
fn parameters<'d>(document: &'d Document, operation: &Operation<'d>) -> IndexMap<Key, Located<'d>> {
    let mut found = IndexMap::new();
    for holder in [&operation.item, &operation.at] {
        for listed in holder.get("parameters").iter().flat_map(Located::elements) {
            let Some(at) = listed.follow(document) else { continue };
            let (Some(name), Some(location)) = (at.text("name"), at.text("in")) else { continue };
            let key = match (location, operation.place_in_path(name)) {
                ("path", Some(place)) => Key::Path(place),
                ("header", _) => Key::Named("header".to_owned(), name.to_lowercase()),
                _ => Key::Named(location.to_owned(), name.to_owned()),
            };
            found.insert(key, at);
        }
    }
    found
}

pub(super) fn is_required(at: &Located<'_>) -> bool {
    at.flag("required") == Some(true) || at.text("in") == Some("path")
}

/// The style and `explode`, with their defaults.
pub(super) fn style<'d>(at: &Located<'d>) -> (&'d str, bool) {
    settled_style(at.text("in").unwrap_or_default(), at.text("style"), at.flag("explode"))
}
