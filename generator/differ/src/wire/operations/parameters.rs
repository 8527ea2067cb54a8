//! The parameters of two operations.

use generator::document::{Document, is_reserved_header, settled_style};
use generator::media_type::{Kind, MediaType};
use generator::schema::JsonType;
use indexmap::IndexMap;

use crate::rules::{Rule, doc, life, op, value};
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::finding;
use crate::wire::lifecycle::Stage;
use crate::wire::located::Located;
use crate::wire::operations::Operation;
use crate::wire::operations::bodies::{are_same, is_json};
use crate::wire::schemas::graph::Role;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::schemas::sets::SchemaSets;
use crate::wire::{Scope, Walk};

/// What identifies a parameter: for a path parameter its position, otherwise its location and its name. A header's name is in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Path(usize),
    Named(String, String),
}

impl<'d> Walk<'d> {
    /// Compares the parameters of two operations, including those of their path items.
    pub(in crate::wire) fn parameters(&mut self, old: &Operation<'d>, new: &Operation<'d>, scope: &Scope) {
        // The parameters of a path that has moved are paired by their positions, unless they have the names that they had.
        let (own, others) = (old.placeholders(), new.placeholders());
        let are_renamed = own.len() == others.len() && !own.iter().all(|name| others.contains(name));
        let by_position = old.key() == new.key() || old.has_address_of(new) || are_renamed;
        let before = parameters(self.old, old, by_position);
        let after = parameters(self.new, new, by_position);
        let sent = scope.sent();
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for (key, parameter) in &after {
            match (before.get(key), key) {
                (Some(known), _) => {
                    self.renamed_in_path(&sent, old, known, parameter);
                    self.parameter(&sent, known, parameter);
                }
                (None, Key::Path(_)) => self.declared(&sent, parameter, true),
                (None, Key::Named(..)) => added.push(parameter.clone()),
            }
        }
        for (key, parameter) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
            match key {
                Key::Path(_) => self.declared(&sent, parameter, false),
                Key::Named(..) => removed.push(parameter.clone()),
            }
        }
        self.regrouped(&sent, &mut removed, &mut added);
        added.iter().for_each(|parameter| self.added_parameter(&sent, parameter));
        removed.iter().for_each(|parameter| self.removed_parameter(&sent, parameter));
    }

    /// A parameter that stands in both paths, but is declared in one document alone. Without a declaration, it is any text.
    fn declared(&mut self, scope: &Scope, parameter: &Located<'d>, is_new: bool) {
        let sets = if is_new { &mut self.graph.new } else { &mut self.graph.old };
        let view = parameter.get("schema").map(|schema| sets.view_of(vec![schema]));
        let is_string = |view: &LocatedSchema<'_>| {
            view.says_only(&["type"]) && view.types.as_deref().is_none_or(|types| types == [JsonType::String])
        };
        if view.is_none_or(|view| is_string(&view)) {
            return;
        }
        match is_new {
            true => {
                let what = "must fit a schema, where any text was right: the server may refuse it";
                self.ruled(scope, &value::TYPE_NARROWED, None, Some(&parameter.node), what);
            }
            false => self.ruled(scope, &value::TYPE_WIDENED, Some(&parameter.node), None, "may be any text"),
        }
    }

    /// A parameter that is at the same position of the path, under another name.
    fn renamed_in_path(&mut self, scope: &Scope, of: &Operation<'d>, old: &Located<'d>, new: &Located<'d>) {
        let (Some(before), Some(after)) = (old.text("name"), new.text("name")) else { return };
        if new.text("in") != Some("path") || before == after {
            return;
        }
        let rule = &doc::PATH_PARAMETER_RENAMED;
        let (verdict, what) = match of.place_in_path(after) {
            Some(_) => (Verdict::Behaviour, format!("is at the place of `{before}`: built clients send it elsewhere")),
            None => (rule.request, "has another name, which does not travel".to_owned()),
        };
        let found = finding(rule, Some(&old.node), Some(&new.node), what).verdict(verdict);
        self.note(scope, found.values(Some(before), Some(after)));
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
        let found = finding(rule, Some(&parameter.node), None, what).verdict(rule.verdict(scope.direction()));
        self.note(scope, found.values(stage.sunset(), None::<String>));
    }

    fn parameter(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        self.presence(scope, (is_required(old), is_required(new)), (old, new));
        self.lifecycle(scope, old, new, &life::PARAMETER);
        self.writing(scope, old, new);
        self.parameter_value(scope, old, new);
    }

    /// How a parameter is written.
    fn writing(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let nodes = (Some(&old.node), Some(&new.node));
        let found =
            |rule: &'static Rule, what| finding(rule, nodes.0, nodes.1, what).verdict(rule.verdict(scope.direction()));
        let ((old_style, old_explode), (new_style, new_explode)) = (style(old), style(new));
        let scalars = self.are_scalars(old, new);
        if (old_style, old_explode) == (new_style, new_explode) || self.are_lists_alike(old, new) {
            // Both write the same.
        } else if old_style != new_style && !(scalars == (true, true) && old.text("in") == Some("query")) {
            let found = found(&op::PARAMETER_STYLE_CHANGED, "is written otherwise: the server may not understand it");
            self.note(scope, found.values(Some(old_style), Some(new_style)));
        } else if old_explode != new_explode && scalars == (false, false) {
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

    /// Whether the styles write lists alike, and nothing is an object. `simple` separates elements by commas, exploded or not. The styles of
    /// a query name each element if they are exploded (RFC 6570, 3.2.2 and 3.2.9).
    fn are_lists_alike(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let is_named = |(style, explode)| explode && ["form", "spaceDelimited", "pipeDelimited"].contains(&style);
        let styles = (style(old), style(new));
        let is_alike = (styles.0.0, styles.1.0) == ("simple", "simple") || (is_named(styles.0) && is_named(styles.1));
        is_alike && !self.may_be_objects(old, new)
    }

    /// Whether the value of one of two parameters or headers may be an object.
    pub(super) fn may_be_objects(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let may_be = |sets: &mut SchemaSets<'d>, at: &Located<'d>| {
            value_types(sets, at).is_none_or(|types| types.contains(&JsonType::Object))
        };
        may_be(&mut self.graph.old, old) || may_be(&mut self.graph.new, new)
    }

    /// Whether each of them has only scalar types. All styles of a query write these alike, exploded or not.
    fn are_scalars(&mut self, old: &Located<'d>, new: &Located<'d>) -> (bool, bool) {
        let is_scalar = |sets: &mut SchemaSets<'d>, at: &Located<'d>| {
            value_types(sets, at)
                .is_some_and(|types| !types.contains(&JsonType::Array) && !types.contains(&JsonType::Object))
        };
        (is_scalar(&mut self.graph.old, old), is_scalar(&mut self.graph.new, new))
    }

    /// The value of a parameter or a header: its schema, or that of its one media type.
    fn parameter_value(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>) {
        let role = if is_required(old) || is_required(new) { Role::Required } else { Role::Parameter };
        self.value_of(scope, old, new, role);
    }

    /// Compares the value of a parameter or a header in its role.
    pub(in crate::wire) fn value_of(&mut self, scope: &Scope, old: &Located<'d>, new: &Located<'d>, role: Role) {
        let of = |at: &Located<'d>| -> (Option<&'d str>, Option<Located<'d>>) {
            match at.get("content").and_then(|content| content.members().next()) {
                Some((media_type, at)) => (Some(media_type), at.get("schema")),
                None => (None, at.get("schema")),
            }
        };
        let ((before, old_schema), (after, new_schema)) = (of(old), of(new));
        let is_alike = match (before, after) {
            (Some(before), Some(after)) => are_same(before, after),
            (None, None) => true,
            // Text is written as a style writes a scalar.
            (Some(media_type), None) | (None, Some(media_type)) => {
                MediaType::of(media_type).kind() == Kind::Text && self.are_scalars(old, new) == (true, true)
            }
        };
        if !is_alike {
            let rule = &op::PARAMETER_ENCODING_CHANGED;
            let found = finding(rule, Some(&old.node), Some(&new.node), "is written as another media type")
                .verdict(rule.verdict(scope.direction()));
            self.note(scope, found.values(before, after));
        }
        if let (Some(old), Some(new)) = (old_schema, new_schema) {
            self.root(scope, old, new, role, !after.is_some_and(is_json));
        }
    }
}

/// The parameters of an operation. Its own parameters take precedence over those of its path item. Positions in a path count only
/// `by_position`. What the path does not name is ignored.
fn parameters<'d>(document: &'d Document, operation: &Operation<'d>, by_position: bool) -> IndexMap<Key, Located<'d>> {
    let mut found = IndexMap::new();
    for holder in [&operation.item, &operation.at] {
        for listed in holder.get("parameters").iter().flat_map(Located::elements) {
            let Some(at) = listed.follow(document) else { continue };
            let (Some(name), Some(location)) = (at.text("name"), at.text("in")) else { continue };
            if location == "header" && is_reserved_header(name) {
                continue;
            }
            if location == "path" && operation.place_in_path(name).is_none() {
                continue;
            }
            let place = operation.place_in_path(name).filter(|_| by_position);
            let key = match (location, place) {
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

/// The types that the schema of a parameter or a header admits. `None` if it admits all types.
pub(super) fn value_types<'d>(sets: &mut SchemaSets<'d>, at: &Located<'d>) -> Option<Vec<JsonType>> {
    let of_content = || at.get("content")?.members().next()?.1.get("schema");
    at.get("schema").or_else(of_content).and_then(|schema| sets.view_of(vec![schema]).types.clone())
}
