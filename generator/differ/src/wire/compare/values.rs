//! `enum`, `const`, `default`, and what a text holds.

use serde_json::Value;

use super::{Compare, Words, brief, brief_all};
use crate::rules::{Rule, op, value};
use crate::wire::schemas::graph::Role;
use crate::wire::schemas::located_schema::LocatedSchema;

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
                if !missing(before, after).is_empty() {
                    let what = format!("is always {} instead of {}", code(after), code(before));
                    self.valued(&value::CONST_CHANGED, what, Some(brief_all(before)), Some(brief_all(after)));
                }
            }
            (Some(before), Some(after)) => self.listed(before, after),
        }
        self.extensible();
    }

    /// Whether the receiver lists every value that the sender lists, so that no other keyword says more about them.
    pub(super) fn are_listed(&self) -> bool {
        let (sent, read) = self.sent_and_read();
        sent.values.as_ref().zip(read.values.as_ref()).is_some_and(|(sent, read)| missing(sent, read).is_empty())
    }

    fn listed(&mut self, old: &[&'d Value], new: &[&'d Value]) {
        let (added, removed) = (missing(new, old), missing(old, new));
        let lists = (Some(brief_all(old)), Some(brief_all(new)));
        if !added.is_empty() {
            let what = self.say("may be sent as", "may also be");
            self.valued(&value::ENUM_VALUE_ADDED, format!("{what} {}", code(&added)), lists.0.clone(), lists.1.clone());
        }
        if !removed.is_empty() {
            let what = self.say("may no longer be sent as", "is never any more");
            self.valued(&value::ENUM_VALUE_REMOVED, format!("{what} {}", code(&removed)), lists.0, lists.1);
        }
    }

    fn valued(&mut self, rule: &'static Rule, what: String, before: Option<String>, after: Option<String>) {
        let said = |view: &LocatedSchema<'_>| {
            let keys = ["const", "enum"];
            keys.iter().find_map(|key| view.keyword(key)).map(|(part, _)| part)
        };
        let places = self.places_of(said(&self.old), said(&self.new));
        self.found(rule, places, Words::new(what).values(before, after));
    }

    fn extensible(&mut self) {
        let list = |view: &LocatedSchema<'d>| {
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
            (Some(old), Some(new), false) if !is_same(old, new) => (&value::DEFAULT_CHANGED, "has another default"),
            (None, Some(_), true) => {
                (&op::PARAMETER_DEFAULT_ADDED, "has a default: calls without it may now mean something else")
            }
            (Some(_), None, true) => (
                &op::PARAMETER_DEFAULT_REMOVED,
                "has no default any more: calls without it may now mean something else",
            ),
            (Some(old), Some(new), true) if !is_same(old, new) => {
                (&op::PARAMETER_DEFAULT_CHANGED, "has another default: calls without it now mean something else")
            }
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
        let are_same = self.old.is_as_binary_as(&self.new);
        for (key, rule, what) in rules {
            let (old, new) = (self.old.text(key), self.new.text(key));
            // `application/octet-stream` says nothing more than that there are bytes.
            let of_bytes = |text: Option<&str>| text.is_none_or(|it| it == "application/octet-stream");
            let is_spelling = are_same && (key == "contentEncoding" || (of_bytes(old) && of_bytes(new)));
            if old != new && !is_spelling {
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
}

/// The values of the first list that are missing from the second.
fn missing<'v>(of: &[&'v Value], from: &[&Value]) -> Vec<&'v Value> {
    of.iter().filter(|value| !from.iter().any(|other| is_same(value, other))).copied().collect()
}

/// Whether two values are equal, however their numbers are written (2020-12, 4.2.2).
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => one == other,
    }
}

fn code(values: &[&Value]) -> String {
    let texts: Vec<String> = values.iter().take(5).map(|value| format!("`{}`", brief(value))).collect();
    let more = if values.len() > 5 { " and more" } else { "" };
    format!("{}{more}", texts.join(", "))
}
