//! `enum`, `const`, `default`, and what a text holds.

use serde_json::Value;

use super::{Compare, Words, brief, brief_all};
use crate::diff::rules::{compose, value};
use crate::diff::wire::located::Located;
use crate::diff::wire::schemas::graph::Role;

impl<'d> Compare<'_, 'd> {
    pub(super) fn values(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        let constants = (old.is_const, new.is_const);
        match (&old.values, &new.values) {
            (None, None) => {}
            (None, Some(values)) => {
                let rule = if constants.1 { &value::CONST_ADDED } else { &value::BECAME_ENUM };
                let what = self.say("must be one of a list of values", "is now always one of a list of values");
                self.valued(rule, what, None, Some(brief_all(values)));
            }
            (Some(values), None) => {
                let rule = if constants.0 { &value::CONST_REMOVED } else { &value::ENUM_DROPPED };
                let what = self.say("may be any value", "may now be a value that clients do not know");
                self.valued(rule, what, Some(brief_all(values)), None);
            }
            (Some(before), Some(after)) if constants == (true, true) => {
                if before != after {
                    let what = format!("is always {} instead of {}", code(after), code(before));
                    self.valued(&value::CONST_CHANGED, what, Some(brief_all(before)), Some(brief_all(after)));
                }
            }
            (Some(before), Some(after)) => self.listed(before, after),
        }
        self.extensible();
    }

    fn listed(&mut self, old: &[&'d Value], new: &[&'d Value]) {
        let (added, removed) = (missing(new, old), missing(old, new));
        let lists = (Some(brief_all(old)), Some(brief_all(new)));
        if !added.is_empty() {
            let what = self.say("may be sent as", "may now be, beside what clients know,");
            self.valued(&value::ENUM_VALUE_ADDED, format!("{what} {}", code(&added)), lists.0.clone(), lists.1.clone());
        }
        if !removed.is_empty() {
            let what = self.say("may no longer be sent as", "is never any more");
            self.valued(&value::ENUM_VALUE_REMOVED, format!("{what} {}", code(&removed)), lists.0, lists.1);
        }
    }

    fn valued(
        &mut self,
        rule: &'static crate::diff::Rule,
        what: String,
        before: Option<String>,
        after: Option<String>,
    ) {
        let said = |view: &crate::diff::wire::schemas::located_schema::LocatedSchema<'_>| {
            let keys = ["const", "enum"];
            keys.iter().find_map(|key| view.keyword(key)).map(|(part, _)| part)
        };
        let places = self.places_of(said(&self.old), said(&self.new));
        self.found(rule, places, Words::new(what).values(before, after));
    }

    fn extensible(&mut self) {
        let list = |view: &crate::diff::wire::schemas::located_schema::LocatedSchema<'d>| {
            view.list("x-extensible-enum").into_iter().map(|at| at.value).collect::<Vec<_>>()
        };
        let (old, new) = (list(&self.old), list(&self.new));
        if old.is_empty() || new.is_empty() {
            return;
        }
        let places = self.places("x-extensible-enum");
        let lists = (Some(brief_all(&old)), Some(brief_all(&new)));
        let (added, removed) = (missing(&new, &old), missing(&old, &new));
        if !added.is_empty() {
            let words = Words::new(format!("may be {} too", code(&added))).values(lists.0.clone(), lists.1.clone());
            self.found(&value::EXTENSIBLE_VALUE_ADDED, places.clone(), words);
        }
        if !removed.is_empty() {
            let words = Words::new(format!("may no longer be {}", code(&removed))).values(lists.0, lists.1);
            self.found(&value::EXTENSIBLE_VALUE_REMOVED, places, words);
        }
    }

    pub(super) fn defaults(&mut self) {
        let (old, new) = (self.old.keyword("default"), self.new.keyword("default"));
        let (old, new) = (old.map(|(_, value)| value), new.map(|(_, value)| value));
        let (rule, what) = match (old, new, self.context.role == Role::Parameter) {
            (None, Some(_), false) => (&value::DEFAULT_ADDED, "has a default"),
            (Some(_), None, false) => (&value::DEFAULT_REMOVED, "has no default any more"),
            (Some(old), Some(new), false) if old != new => (&value::DEFAULT_CHANGED, "has another default"),
            (None, Some(_), true) => (
                &crate::diff::rules::op::PARAMETER_DEFAULT_ADDED,
                "has a default: calls without it may now mean something else",
            ),
            (Some(_), None, true) => (
                &crate::diff::rules::op::PARAMETER_DEFAULT_REMOVED,
                "has no default any more: calls without it may now mean something else",
            ),
            (Some(old), Some(new), true) if old != new => (
                &crate::diff::rules::op::PARAMETER_DEFAULT_CHANGED,
                "has another default: calls without it now mean something else",
            ),
            _ => return,
        };
        let places = self.places("default");
        self.found(rule, places, Words::new(what).values(old.map(brief), new.map(brief)));
    }

    /// `contentEncoding`, `contentMediaType`, `contentSchema`, `xml`, `discriminator`.
    pub(super) fn contents(&mut self) {
        let rules = [
            ("contentEncoding", &value::ENCODING_CHANGED, "is encoded otherwise"),
            ("contentMediaType", &value::CONTENT_TYPE_CHANGED, "holds another media type"),
        ];
        for (key, rule, what) in rules {
            let (old, new) = (self.old.text(key), self.new.text(key));
            if old != new {
                let places = self.places(key);
                self.found(rule, places, Words::new(what).values(old.map(str::to_owned), new.map(str::to_owned)));
            }
        }
        let (old, new) = (self.old.keyword("xml"), self.new.keyword("xml"));
        if self.context.text && self.context.role == Role::Body && old.map(|(_, xml)| xml) != new.map(|(_, xml)| xml) {
            let places = self.places("xml");
            let words = Words::new("is written otherwise in XML");
            self.found(
                &value::XML_CHANGED,
                places,
                words.values(old.map(|(_, xml)| brief(xml)), new.map(|(_, xml)| brief(xml))),
            );
        }
        self.discriminator();
    }

    fn discriminator(&mut self) {
        let places = self.places("discriminator");
        let of = |view: &crate::diff::wire::schemas::located_schema::LocatedSchema<'d>| {
            view.parts.iter().find_map(|part| part.at.get("discriminator")).filter(|at| at.value.is_object())
        };
        let name = |at: &Located<'_>| at.text("propertyName").map(str::to_owned);
        match (of(&self.old), of(&self.new)) {
            (None, None) => {}
            (None, Some(new)) => {
                let words = Words::new("has a property that tells the alternatives apart").values(None, name(&new));
                self.found(&compose::DISCRIMINATOR_ADDED, places, words);
            }
            (Some(old), None) => {
                let words =
                    Words::new("has no property any more that tells the alternatives apart").values(name(&old), None);
                self.found(&compose::DISCRIMINATOR_REMOVED, places, words);
            }
            (Some(old), Some(new)) => {
                if name(&old) != name(&new) {
                    let words = Words::new("has another property that tells the alternatives apart")
                        .values(name(&old), name(&new));
                    self.found(&compose::DISCRIMINATOR_RENAMED, places.clone(), words);
                }
                self.mapping(&old, &new, places);
            }
        }
    }

    fn mapping(&mut self, old: &Located<'_>, new: &Located<'_>, places: super::Places) {
        let empty = serde_json::Map::new();
        let of = |at: &Located<'_>| {
            at.value.get("mapping").and_then(Value::as_object).cloned().unwrap_or_else(|| empty.clone())
        };
        let (old, new) = (of(old), of(new));
        for (tag, target) in &new {
            match old.get(tag) {
                None => {
                    let words = Words::new(format!("has the tag `{tag}`")).values(None, Some(brief(target)));
                    self.found(&compose::MAPPING_ADDED, places.clone(), words);
                }
                Some(before) if before != target && !self.same_target(before, target) => {
                    let words = Words::new(format!("has another alternative for the tag `{tag}`"));
                    self.found(
                        &compose::MAPPING_CHANGED,
                        places.clone(),
                        words.values(Some(brief(before)), Some(brief(target))),
                    );
                }
                Some(_) => {}
            }
        }
        for (tag, target) in old.iter().filter(|(tag, _)| !new.contains_key(*tag)) {
            let words = Words::new(format!("no longer has the tag `{tag}`")).values(Some(brief(target)), None);
            self.found(&compose::MAPPING_REMOVED, places.clone(), words);
        }
    }

    /// Whether two texts of a mapping name one schema: by name or by reference.
    fn same_target(&self, old: &Value, new: &Value) -> bool {
        let name = |value: &Value| value.as_str().map(|text| text.rsplit('/').next().unwrap_or(text).to_owned());
        name(old) == name(new)
    }
}

/// Those of the first list that are not in the second.
fn missing<'v>(of: &[&'v Value], from: &[&Value]) -> Vec<&'v Value> {
    of.iter().filter(|value| !from.contains(value)).copied().collect()
}

fn code(values: &[&Value]) -> String {
    let texts: Vec<String> = values.iter().take(5).map(|value| format!("`{}`", brief(value))).collect();
    let more = if values.len() > 5 { " and more" } else { "" };
    format!("{}{more}", texts.join(", "))
}
