//! Properties, and the members that are not named.

use generator::document::{Document, Node};
use serde_json::Value;

use super::{Compare, Words};
use crate::change::Places;
use crate::rules::{Rule, obj};
use crate::verdict::{Direction, Verdict};
use crate::wire::located::Located;
use crate::wire::schemas::graph::Context;
use crate::wire::schemas::located_schema::LocatedSchema;

impl<'d> Compare<'_, 'd> {
    pub(super) fn objects(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        for (name, after) in &new.properties {
            match old.properties.get(name) {
                Some(before) => self.property(name, before, after),
                None => self.added(name, after),
            }
        }
        for (name, before) in old.properties.iter().filter(|(name, _)| !new.properties.contains_key(*name)) {
            self.removed(name, before);
        }
        self.nameless_required(&old, &new);
        self.additional();
        self.patterns();
    }

    fn property(&mut self, name: &str, old: &[Located<'d>], new: &[Located<'d>]) {
        let required = (self.old.required.contains_key(name), self.new.required.contains_key(name));
        let views = (self.graph.old.view_of(old.to_vec()), self.graph.new.view_of(new.to_vec()));
        let outer = self.context;
        let context =
            Context { hidden: outer.hidden || hidden(&views.0, outer) || hidden(&views.1, outer), ..outer.inner() };
        let places = (node(old), node(new));
        self.context = context;
        match required {
            (false, true) => {
                let rule = match views.1.keyword("default") {
                    Some(_) => &obj::DEFAULTED_BECAME_REQUIRED,
                    None => &obj::PROPERTY_BECAME_REQUIRED,
                };
                self.presence(rule, name, &places, true);
            }
            (true, false) => self.presence(&obj::PROPERTY_BECAME_OPTIONAL, name, &places, false),
            _ => {}
        }
        self.context = Context { hidden: outer.hidden, ..context };
        self.access(required.0 || required.1, &views.0, &views.1, &places);
        self.context = outer;
        self.inner(old.to_vec(), new.to_vec(), context);
    }

    /// A property that became required or optional. The place is the schema that requires it, even if another one declares it.
    fn presence(&mut self, rule: &'static Rule, name: &str, places: &Places, is_required: bool) {
        let stated = match is_required {
            true => self.new.required.get(name).and_then(|part| self.new.parts.get(*part)),
            false => self.old.required.get(name).and_then(|part| self.old.parts.get(*part)),
        };
        let declared = if is_required { &places.1 } else { &places.0 };
        let is_apart = stated.zip(declared.as_ref()).is_some_and(|(part, at)| at.parent().parent() != part.at.node);
        let what = self.presence_told(is_required);
        let states = ["optional", "required"].map(|state| Some(state.to_owned()));
        let [optional, required] = states;
        let values = if is_required { (optional, required) } else { (required, optional) };
        match is_apart {
            false => self.found(rule, places.clone(), Words::new(what).values(values.0, values.1)),
            true => {
                let stating = self.stating(name, is_required);
                let words = Words::new(what).values(values.0, values.1).member(name);
                self.found(rule, stating, words.more(vec![places.clone()]));
            }
        }
    }

    /// The sentence for a member that became required, or optional.
    fn presence_told(&self, is_required: bool) -> String {
        match (self.context.hidden, is_required) {
            (true, true) => "is required".to_owned(),
            (true, false) => "is optional".to_owned(),
            (false, true) => self.say("must be sent: calls without it fail", "is always there"),
            (false, false) => self.say("need not be sent any more", "may be missing: clients that rely on it fail"),
        }
    }

    /// Where a member is, or was, declared as required.
    fn stating(&mut self, name: &str, is_required: bool) -> Places {
        let part = |view: &LocatedSchema<'d>| view.required.get(name).copied();
        let (old, new) = match is_required {
            true => self.places_of(None, part(&self.new)),
            false => self.places_of(part(&self.old), None),
        };
        let list = |document: &Document, node: Option<Node>| {
            node.map(|node| Some(node.join("required")).filter(|list| document.value(list).is_some()).unwrap_or(node))
        };
        (list(self.graph.old.document, old), list(self.graph.new.document, new))
    }

    /// `readOnly` and `writeOnly`.
    fn access(&mut self, required: bool, old: &LocatedSchema<'_>, new: &LocatedSchema<'_>, places: &Places) {
        let read_only = [
            (&obj::OPTIONAL_NOT_READ_ONLY, &obj::OPTIONAL_BECAME_READ_ONLY),
            (&obj::REQUIRED_NOT_READ_ONLY, &obj::REQUIRED_BECAME_READ_ONLY),
        ];
        let write_only = [
            (&obj::OPTIONAL_NOT_WRITE_ONLY, &obj::OPTIONAL_BECAME_WRITE_ONLY),
            (&obj::REQUIRED_NOT_WRITE_ONLY, &obj::REQUIRED_BECAME_WRITE_ONLY),
        ];
        let words = [
            ("readOnly", read_only, "may be sent", "is no longer sent"),
            ("writeOnly", write_only, "may be received", "is no longer received"),
        ];
        for (key, [optional, must], off, on) in words {
            let (before, after) = (old.flag(key), new.flag(key));
            if before == after {
                continue;
            }
            let (became_not, became) = if required { must } else { optional };
            let (rule, what) = if after { (became, on) } else { (became_not, off) };
            let is_sent = self.context.direction == Direction::Request;
            let what = match (required, key, after) {
                (true, "readOnly", false) if is_sent => "must be sent, which built clients do not do",
                (true, "writeOnly", true) if !is_sent => "is no longer received: clients that rely on it fail",
                _ => what,
            };
            let said = |flag: bool| Some(format!("{key}: {flag}"));
            self.found(rule, places.clone(), Words::new(what).values(said(before), said(after)));
        }
    }

    fn added(&mut self, name: &str, new: &[Located<'d>]) {
        let view = self.graph.new.view_of(new.to_vec());
        let required = self.new.required.contains_key(name);
        let rest = Rest::of(&self.old);
        let was_required = self.old.required.contains_key(name) && !matches!(rest, Rest::Closed);
        let rule: &'static Rule = match (required, view.keyword("default")) {
            _ if was_required => &obj::PROPERTY_ADDED,
            (false, _) => &obj::PROPERTY_ADDED,
            (true, Some(_)) => &obj::DEFAULTED_PROPERTY_ADDED,
            (true, None) => &obj::REQUIRED_PROPERTY_ADDED,
        };
        let is_hidden = self.context.hidden || hidden(&view, self.context);
        let what = match required {
            _ if is_hidden => "is new".to_owned(),
            _ if was_required => "is declared, and was required before".to_owned(),
            true => self.say("is new and must be sent: calls without it fail", "is new and always there"),
            false => self.say("is new and may be sent", "is new and may be there"),
        };
        // A member that was required was sent, whatever its type.
        let says_nothing = view.says_only(&["default"]) && view.types.is_none() && view.alternatives.is_empty();
        let is_narrowed = was_required && matches!(rest, Rest::Free) && !says_nothing;
        let verdict = (is_narrowed && self.context.direction == Direction::Request).then_some(Verdict::Breaking);
        let words = Words::new(what).values(None, Some(kind(&view, required))).verdict(verdict);
        let near = self.renamed(name, new, true);
        let words = match near {
            Some(near) => words.hint(format!("is it `{near}` under another name?")),
            None => words,
        };
        // Before the member was declared, `additionalProperties` described it.
        self.visible(hidden(&view, self.context), |this| {
            this.found(rule, (None, node(new)), words);
            if was_required && !required {
                this.presence(&obj::PROPERTY_BECAME_OPTIONAL, name, &(None, node(new)), false);
            }
            if let Rest::Schema(old) = rest {
                this.inner(old, new.to_vec(), this.context.inner());
            }
        });
    }

    fn removed(&mut self, name: &str, old: &[Located<'d>]) {
        let view = self.graph.old.view_of(old.to_vec());
        let rest = Rest::of(&self.new);
        let is_sent = self.context.direction == Direction::Request;
        let may_be_any = matches!(rest, Rest::Schema(_)) || (is_sent && matches!(rest, Rest::Free));
        let is_required = self.new.required.contains_key(name) && may_be_any;
        let was_required = self.old.required.contains_key(name);
        let is_unevaluated = self.new.keyword("unevaluatedProperties").is_some_and(|(_, it)| it == &Value::Bool(false));
        let is_refused = is_sent && (matches!(rest, Rest::Closed) || is_unevaluated);
        let required = was_required && !is_required;
        let is_described = is_sent && !required && matches!(rest, Rest::Schema(_));
        let rule: &'static Rule = if required { &obj::REQUIRED_PROPERTY_REMOVED } else { &obj::PROPERTY_REMOVED };
        let what = match required {
            true => self.say("is gone: the server may refuse it", "is gone: clients that rely on it fail"),
            false if is_required && was_required => "is no longer declared, and is still required".to_owned(),
            false if is_required => "is no longer declared, and is required".to_owned(),
            false if is_refused => "is gone: the server refuses it".to_owned(),
            false if is_described => "may be sent as a member that is not declared".to_owned(),
            false => self.say("is gone: the server may refuse or ignore it", "is no longer received"),
        };
        let verdict = match (is_required, is_refused) {
            (true, _) => Some(Verdict::Compatible),
            (false, true) => Some(Verdict::Breaking),
            (false, false) if is_described => Some(Verdict::Compatible),
            (false, false) => None,
        };
        let words = Words::new(what).values(Some(kind(&view, was_required)), None).verdict(verdict);
        let words = match self.renamed(name, old, false) {
            Some(near) => words.hint(format!("renamed? `{near}` is new and of the same shape")),
            None => words,
        };
        self.visible(hidden(&view, self.context), |this| {
            this.found(rule, (node(old), None), words);
            if is_required && !was_required {
                this.presence(&obj::PROPERTY_BECAME_REQUIRED, name, &(node(old), None), true);
            }
            if let Rest::Schema(new) = rest {
                this.inner(old.to_vec(), new, this.context.inner());
            }
        });
    }

    /// The other name of a property that was renamed. A property was renamed if it is the only one that was removed, and the only one that
    /// was added has the same text.
    fn renamed(&self, name: &str, of: &[Located<'d>], is_added: bool) -> Option<&'d str> {
        let (old, new) = (&self.old.properties, &self.new.properties);
        let (own, others) = if is_added { (new, old) } else { (old, new) };
        let mut alone = own.keys().filter(|key| !others.contains_key(*key));
        let mut left = others.iter().filter(|(key, _)| !own.contains_key(*key));
        let ((near, at), None) = (left.next()?, left.next()) else { return None };
        let alike = at.len() == of.len() && at.iter().zip(of).all(|(one, other)| one.value == other.value);
        (alone.all(|key| *key == name) && alike).then_some(near)
    }

    /// Calls `with` in the context of a property. `hidden` says that the property does not travel in this direction.
    fn visible(&mut self, hidden: bool, with: impl FnOnce(&mut Self)) {
        let outer = self.context;
        self.context.hidden |= hidden;
        with(self);
        self.context = outer;
    }

    /// Members that are required without being declared.
    fn nameless_required(&mut self, old: &LocatedSchema<'d>, new: &LocatedSchema<'d>) {
        let declared = |name: &str| old.properties.contains_key(name) || new.properties.contains_key(name);
        for name in new.required.keys().filter(|name| !old.required.contains_key(*name) && !declared(name)) {
            let words = Words::new(self.presence_told(true)).member(name);
            let places = self.stating(name, true);
            self.found(&obj::PROPERTY_BECAME_REQUIRED, places, words);
        }
        for name in old.required.keys().filter(|name| !new.required.contains_key(*name) && !declared(name)) {
            let words = Words::new(self.presence_told(false)).member(name);
            let places = self.stating(name, false);
            self.found(&obj::PROPERTY_BECAME_OPTIONAL, places, words);
        }
    }

    fn additional(&mut self) {
        let (rule, what) = match (Rest::of(&self.old), Rest::of(&self.new)) {
            (Rest::Schema(old), Rest::Schema(new)) => {
                self.inner(old, new, self.context.inner());
                return;
            }
            (Rest::Free, Rest::Closed) | (Rest::Schema(_), Rest::Closed) => (
                &obj::MAP_CLOSED,
                self.say(
                    "may have no members but those named: the server may refuse others",
                    "has no members but those named",
                ),
            ),
            (Rest::Closed, Rest::Free | Rest::Schema(_)) => {
                (&obj::MAP_OPENED, "may have members that are not named".to_owned())
            }
            (Rest::Free, Rest::Schema(_)) => {
                (&obj::MAP_RESTRICTED, "has members without a name of one kind alone".to_owned())
            }
            (Rest::Schema(_), Rest::Free) => {
                (&obj::MAP_FREED, "may have members without a name of any kind".to_owned())
            }
            (Rest::Free, Rest::Free) | (Rest::Closed, Rest::Closed) => return,
        };
        let places = self.places("additionalProperties");
        let said =
            |view: &LocatedSchema<'_>| view.keyword("additionalProperties").map(|(_, value)| super::brief(value));
        let (before, after) = (said(&self.old), said(&self.new));
        self.found(rule, places, Words::new(what).values(before, after));
    }

    fn patterns(&mut self) {
        let (old, new) = (self.old.map("patternProperties"), self.new.map("patternProperties"));
        let is_closed = |view: &LocatedSchema<'d>| matches!(Rest::of(view), Rest::Closed);
        // Where no other members are admitted, a pattern admits some.
        let (added, removed, what) = match is_closed(&self.old) && is_closed(&self.new) {
            true => (&obj::MAP_OPENED, &obj::MAP_CLOSED, "admits"),
            false => (&obj::PATTERN_PROPERTY_ADDED, &obj::PATTERN_PROPERTY_REMOVED, "restricts"),
        };
        self.schemas(&old, &new, added, removed, (what, "members that match"));
    }
}

/// The members that an object may have besides the named ones. All parts of an `allOf` count.
pub(super) enum Rest<'d> {
    Free,
    Closed,
    Schema(Vec<Located<'d>>),
}

impl<'d> Rest<'d> {
    pub(super) fn of(view: &LocatedSchema<'d>) -> Self {
        let all = view.schemas("additionalProperties");
        if all.iter().any(|at| at.value == &Value::Bool(false)) {
            return Self::Closed;
        }
        let says = |at: &Located<'d>| at.object().is_some_and(|members| !members.is_empty());
        let schemas: Vec<Located<'d>> = all.into_iter().filter(says).collect();
        if schemas.is_empty() { Self::Free } else { Self::Schema(schemas) }
    }

    /// The schemas that further members must fit, and whether the object may have no further members.
    pub(super) fn parts(self) -> (Option<Vec<Located<'d>>>, bool) {
        match self {
            Self::Free => (None, false),
            Self::Closed => (None, true),
            Self::Schema(schemas) => (Some(schemas), false),
        }
    }
}

/// Whether a property does not travel in this direction.
fn hidden(view: &LocatedSchema<'_>, context: Context) -> bool {
    match context.direction {
        Direction::Request => view.flag("readOnly"),
        Direction::Response => view.flag("writeOnly"),
    }
}

fn node(set: &[Located<'_>]) -> Option<Node> {
    set.first().map(|at| at.node.clone())
}

fn kind(view: &LocatedSchema<'_>, required: bool) -> String {
    let required = if required { "required" } else { "optional" };
    match view.types.as_deref() {
        Some([only]) => format!("{required} {}", only.name()),
        _ => required.to_owned(),
    }
}
