//! `type` and `format`, and whether null is admitted.

use generator::formats::{self, Format, Rust};
use generator::schema::{JsonType, WORDS};
use serde_json::Value;

use super::subset::Members;
use super::{Compare, Words};
use crate::rules::{Rule, value};
use crate::verdict::{Direction, Verdict};
use crate::wire::schemas::graph::Role;
use crate::wire::schemas::located_schema::LocatedSchema;

/// How the set of admitted types has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    Widened,
    Narrowed,
    Changed,
}

impl Compare<'_, '_> {
    /// Compares the types. Says whether both admit a common type, so that there is more to compare.
    pub(super) fn types(&mut self) -> bool {
        let (old, new) = (self.old.clone(), self.new.clone());
        let relation = self.relation(&old, &new, self.context.text);
        let formats = (old.text("format"), new.text("format"));
        if relation == Relation::Equal {
            if let Some((rule, what)) = self.format_change(formats.0, formats.1).filter(|_| !old.is_as_binary_as(&new))
            {
                self.format(rule, what);
            }
            return true;
        }
        let places = self.places("type");
        // Describe null only if both admit it.
        let read = if (old.nullable, new.nullable) == (Some(true), Some(true)) { with_null } else { described };
        let (before, after) = (read(&old), read(&new));
        let is_sent = self.context.direction == Direction::Request;
        let is_harmful = relation == Relation::Changed || (relation == Relation::Narrowed && is_sent);
        if self.context.text && self.context.role != Role::Part && is_harmful && self.is_written_alike() {
            let what = format!("is `{after}` instead of `{before}`, which is written alike");
            let words = Words::new(what).values(Some(before), Some(after)).verdict(Some(Verdict::Compatible));
            self.found(&value::TYPE_CHANGED, places, words);
            return overlap(&old, &new);
        }
        // A type beside alternatives may say what all of them say, and listed values may all be of a narrower type.
        let are_listed = old.values.is_some() && new.values.is_some();
        if (are_listed || old.types.is_some() != new.types.is_some()) && self.is_same() {
            return true;
        }
        let rule = self.type_rule(relation, &old, &new);
        let what = match (relation, self.context.direction) {
            (Relation::Widened, Direction::Request) => format!("may be sent as `{after}` too"),
            (Relation::Widened, Direction::Response) => format!("may now be `{after}`, which clients do not expect"),
            (Relation::Narrowed, Direction::Request) => {
                format!("must be `{after}`: the server may refuse what was right")
            }
            (Relation::Narrowed, Direction::Response) => format!("is now always `{after}`"),
            _ => format!("is `{after}` instead of `{before}`"),
        };
        self.found(rule, places, Words::new(what).values(Some(before), Some(after)));
        // A harmless change of the types does not hide a harmful change of the format, if a type with the format remains.
        let remaining =
            |format: &&str| known_format(format).is_some_and(|known| known.types.iter().any(|ty| self.both_admit(*ty)));
        let formats = (formats.0.filter(remaining), formats.1.filter(remaining));
        let direction = self.context.direction;
        let harm = self
            .format_change(formats.0, formats.1)
            .filter(|(other, _)| other.verdict(direction) > rule.verdict(direction));
        if let Some((rule, what)) = harm {
            self.format(rule, what);
        }
        overlap(&old, &new)
    }

    /// Whether the receiver admits all texts that the sender writes.
    fn is_written_alike(&mut self) -> bool {
        match self.context.direction {
            Direction::Request => self.refused(Members::Kept).is_none(),
            Direction::Response => self.unexpected(Members::Kept).is_none(),
        }
    }

    /// How the types of two views relate. If neither contains the other as JSON, they are compared as text, because text tells fewer types
    /// apart.
    fn relation(&self, old: &LocatedSchema<'_>, new: &LocatedSchema<'_>, text: bool) -> Relation {
        let is_body = self.context.role == Role::Body;
        let relate = |text: bool| match (admits(new, old, text, is_body), admits(old, new, text, is_body)) {
            (true, true) => Relation::Equal,
            (true, false) => Relation::Widened,
            (false, true) => Relation::Narrowed,
            (false, false) => Relation::Changed,
        };
        match relate(false) {
            Relation::Changed => relate(text),
            strict => strict,
        }
    }

    fn type_rule(&self, relation: Relation, old: &LocatedSchema<'_>, new: &LocatedSchema<'_>) -> &'static Rule {
        let listed = |view: &LocatedSchema<'_>| view.types.as_ref().is_some_and(|types| types.len() > 1);
        let lists = listed(old) || listed(new);
        match relation {
            // How the parts of a parameter are written depends on its style, so that its text does not tell.
            Relation::Widened
                if self.context.role == Role::Part && self.relation(old, new, false) == Relation::Changed =>
            {
                &value::PART_TYPE_CHANGED
            }
            Relation::Widened if lists => &value::TYPES_WIDENED,
            Relation::Widened => &value::TYPE_WIDENED,
            Relation::Narrowed if lists => &value::TYPES_NARROWED,
            Relation::Narrowed => &value::TYPE_NARROWED,
            _ => &value::TYPE_CHANGED,
        }
    }

    fn format(&mut self, rule: &'static Rule, what: String) {
        let said = |view: &LocatedSchema<'_>| view.text("format").map(str::to_owned);
        let (before, after) = (said(&self.old), said(&self.new));
        let places = self.places("format");
        // Bounds or a list may already say what the format says.
        let (what, verdict) = match self.fits() == Some(true) || self.are_listed() || self.is_usual_format() {
            true => {
                ("has another format, which changes nothing for built clients".to_owned(), Some(Verdict::Compatible))
            }
            false => (what, None),
        };
        self.found(rule, places, Words::new(what).values(before, after).verdict(verdict));
    }

    /// Whether the sender's numbers have no format, and the receiver's format is that of the type that numbers without a format have.
    fn is_usual_format(&self) -> bool {
        let is_sent = self.context.direction == Direction::Request;
        let (sent, read) = self.sent_and_read();
        let is_number = |view: &LocatedSchema<'_>, ty| view.types.as_deref() == Some(&[ty]);
        let Some(format) = read.text("format").and_then(known_format) else { return false };
        sent.text("format").and_then(known_format).is_none()
            && match format.rust {
                Rust::Integer { ty, .. } => is_sent && ty == "i64" && is_number(sent, JsonType::Integer),
                Rust::Float { bits } => bits == 64 && is_number(sent, JsonType::Number),
                _ => false,
            }
    }

    /// The rule for a change from one format to another.
    fn format_change(&self, old: Option<&str>, new: Option<&str>) -> Option<(&'static Rule, String)> {
        if old == new {
            return None;
        }
        let (before, after) = (old.and_then(known_format), new.and_then(known_format));
        Some(match (before, after) {
            (None, None) => {
                (&value::FORMAT_RENAMED, "is of another format, which does not change what travels".to_owned())
            }
            (Some(old), Some(new)) if old == new => return None,
            (None, Some(_)) => (
                &value::FORMAT_ADDED,
                self.say("must be of the format: the server may refuse what was right", "is now always of the format"),
            ),
            (Some(_), None) => (
                &value::FORMAT_REMOVED,
                self.say("need not be of the format any more", "may no longer be of the format that clients expect"),
            ),
            (Some(old), Some(new)) if new.is_wider(old) => {
                (&value::FORMAT_WIDENED, self.say("may be of a greater range", "may now be beyond what clients read"))
            }
            (Some(old), Some(new)) if old.is_wider(new) => {
                (&value::FORMAT_NARROWED, self.say("must be of a smaller range", "is now always of a smaller range"))
            }
            (Some(old), Some(new)) => {
                (&value::FORMAT_CHANGED, format!("is of the format `{}` instead of `{}`", new.name(), old.name()))
            }
        })
    }

    pub(super) fn nullable(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        let admitted = match (old.lists_null, new.lists_null) {
            // From 3.1 on, null must be listed to be valid. Many documents forget this, so only a list that gains or loses null counts.
            (Some(old), Some(new)) if old != new => (Some(old), Some(new)),
            _ if old.nullable == new.nullable => return,
            _ if self.graph.old.admits_null(&old) && self.graph.new.admits_null(&new) => return,
            _ => (old.nullable, new.nullable),
        };
        let (rule, what) = match admitted {
            (Some(false), Some(true)) => (
                &value::BECAME_NULLABLE,
                self.say("may be sent as null", "may now be null, which clients do not expect"),
            ),
            (Some(true), Some(false)) => {
                (&value::BECAME_NOT_NULLABLE, self.say("must not be sent as null any more", "is never null any more"))
            }
            _ => return,
        };
        let places = self.places_of(self.old.null_part(), self.new.null_part());
        let before = Some(or_null(&self.old, admitted.0 == Some(true)));
        let after = Some(or_null(&self.new, admitted.1 == Some(true)));
        let words = match (self.context.may_be_null, admitted.1 == Some(true), self.context.direction) {
            (true, false, Direction::Request) => {
                let what = "must not be sent as null any more, but another alternative may be null";
                Words::new(what).verdict(Some(Verdict::Compatible))
            }
            (true, true, Direction::Response) => {
                Words::new("may now be null, as another alternative was").verdict(Some(Verdict::Compatible))
            }
            _ => Words::new(what),
        };
        self.found(rule, places, words.values(before, after));
    }
}

/// Whether one view admits all types of the other.
fn admits(wide: &LocatedSchema<'_>, narrow: &LocatedSchema<'_>, text: bool, is_body: bool) -> bool {
    let Some(types) = &wide.types else { return true };
    if narrow.types.as_deref() == Some(&[]) && narrow.nullable == Some(true) {
        return wide.nullable != Some(false);
    }
    let (view, narrow) = (narrow, narrow.types.as_deref().unwrap_or(JsonType::ALL));
    let is_text = text && types.contains(&JsonType::String) && is_any_text(wide);
    let is_list = text && types.contains(&JsonType::Array);
    narrow.iter().all(|ty| {
        types.contains(ty)
            || (*ty == JsonType::Integer && types.contains(&JsonType::Number))
            || (is_text && (is_body || *ty != JsonType::Array))
            || (is_list && *ty != JsonType::Object && is_list_of(wide, *ty, view))
    })
}

/// Whether a string of the schema may be any text that is not empty.
pub(super) fn is_any_text(view: &LocatedSchema<'_>) -> bool {
    let is_short = view.said("minLength").and_then(Value::as_f64).is_none_or(|least| least <= 1.0);
    view.values.is_none()
        && is_short
        && view.text("format").and_then(known_format).is_none()
        && !["pattern", "maxLength", "not"].iter().any(|key| view.keyword(key).is_some())
}

/// Whether a value of a type can be read as a list of one element, because both are written alike. The elements must have the schema of the
/// value, or admit any value of the type. If they are a reference, they are taken to admit it.
fn is_list_of(view: &LocatedSchema<'_>, ty: JsonType, value: &LocatedSchema<'_>) -> bool {
    let count = |key: &str| view.said(key).and_then(Value::as_f64);
    let names = |name: &Value| {
        let name = name.as_str();
        name == Some("string") || name == Some(ty.name()) || (name == Some("number") && ty == JsonType::Integer)
    };
    let admits = |items: &Value| {
        let Some(members) = items.as_object() else { return items != &Value::Bool(false) };
        let is_same = value.parts.first().is_some_and(|part| part.at.value == items);
        let says_more = |key: &String| {
            !["type", "$ref"].contains(&key.as_str()) && !WORDS.contains(&key.as_str()) && !key.starts_with("x-")
        };
        let is_of_type = match members.get("type") {
            Some(Value::Array(types)) => types.iter().any(names),
            named => named.is_none_or(names),
        };
        is_same || (is_of_type && !members.keys().any(says_more))
    };
    count("minItems").is_none_or(|least| least <= 1.0)
        && count("maxItems").is_none_or(|most| most >= 1.0)
        && view.keyword("prefixItems").is_none()
        && view.schemas("items").iter().all(|items| admits(items.value))
}

/// Whether there is a type that both admit.
pub(super) fn overlap(old: &LocatedSchema<'_>, new: &LocatedSchema<'_>) -> bool {
    let (Some(old), Some(new)) = (&old.types, &new.types) else { return true };
    let number = |ty: &JsonType| matches!(ty, JsonType::Integer | JsonType::Number);
    old.iter().any(|one| new.iter().any(|other| one == other || (number(one) && number(other))))
}

/// The types, null among them.
fn with_null(view: &LocatedSchema<'_>) -> String {
    or_null(view, view.nullable == Some(true))
}

fn or_null(view: &LocatedSchema<'_>, null: bool) -> String {
    // Without a type, `described` says null already.
    let is_more = null && view.types.as_deref() != Some(&[]);
    format!("{}{}", described(view), if is_more { " or null" } else { "" })
}

fn described(view: &LocatedSchema<'_>) -> String {
    let Some(types) = &view.types else { return "any".to_owned() };
    match (types.as_slice(), view.text("format")) {
        ([], _) => if view.nullable == Some(true) { "null" } else { "nothing" }.to_owned(),
        ([only], Some(format)) => format!("{}/{format}", only.name()),
        (types, _) => types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(", "),
    }
}

/// A format that restricts the values. `password` does not, because it only hides them.
pub(super) fn known_format(format: &str) -> Option<&'static Format> {
    formats::named(format).filter(|format| !matches!(format.rust, Rust::Secret))
}
