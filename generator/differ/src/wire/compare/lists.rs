//! The elements of lists.

use generator::schema::JsonType;

use super::{Compare, Words};
use crate::rules::{Rule, obj};
use crate::wire::located::Located;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::schemas::sets::SchemaSets;

/// What an element of a list may be, by its position.
enum Element<'d> {
    /// A value of its own schema, or of the schema for the rest.
    Of(Located<'d>),
    /// Anything.
    Any,
    /// Nothing: the list ends before it.
    None,
}

impl<'d> Compare<'_, 'd> {
    pub(super) fn lists(&mut self) {
        let what = ("has elements that must fit a schema", "has elements that need no longer fit a schema");
        let (old, new) = (self.old.list("prefixItems"), self.new.list("prefixItems"));
        let first = old.len().max(new.len());
        let ends = |view: &LocatedSchema<'d>, own: usize| length(view, own).is_some_and(|length| length <= first);
        // If neither list goes on after its first elements, these say everything.
        if first == 0 || !ends(&self.old, old.len()) || !ends(&self.new, new.len()) {
            self.single("items", [&obj::ITEMS_ADDED, &obj::ITEMS_REMOVED], what);
        }
        let has_rest = |view: &LocatedSchema<'d>| rest(view).is_some_and(|at| at.object().is_some());
        if old.is_empty() != new.is_empty() && has_rest(&self.old) && has_rest(&self.new) {
            return self.first_elements(&old, &new);
        }
        for index in 0..first {
            let (before, after) = (element(&self.old, &old, index), element(&self.new, &new, index));
            self.element(before, after);
        }
    }

    /// Reports first elements that only one side has. On the other side, all elements have one schema. A list with an open end and elements
    /// of several schemas is emitted as a list of any JSON.
    fn first_elements(&mut self, old: &[Located<'d>], new: &[Located<'d>]) {
        for after in new {
            let words = Words::new("is a first element with a schema of its own");
            self.found(&obj::PREFIX_ITEMS_ADDED, (None, Some(after.node.clone())), words);
        }
        for before in old {
            let words = Words::new("is no longer a first element with a schema of its own");
            self.found(&obj::PREFIX_ITEMS_REMOVED, (Some(before.node.clone()), None), words);
        }
    }

    fn element(&mut self, old: Element<'d>, new: Element<'d>) {
        let node = |at: &Located<'d>| Some(at.node.clone());
        let (rule, places, what): (&'static Rule, _, _) = match (&old, &new) {
            (Element::Of(old), Element::Of(new)) => {
                return self.inner(vec![old.clone()], vec![new.clone()], self.context.inner());
            }
            (Element::Any, Element::Of(new)) => {
                let what = self.say(
                    "must be of a schema of its own: the server may refuse what was right",
                    "is always of a schema of its own",
                );
                (&obj::ELEMENT_RESTRICTED, (None, node(new)), what)
            }
            (Element::Of(old), Element::Any) => {
                let what = self.say("may be anything", "may now be anything, which clients do not expect");
                (&obj::ELEMENT_FREED, (node(old), None), what)
            }
            (Element::None, Element::Of(new)) => {
                let what = self
                    .say("is another element, which may be sent", "is another element, which clients do not expect");
                (&obj::ELEMENT_ADDED, (None, node(new)), what)
            }
            (Element::Of(old), Element::None) => {
                let what = self.say("is no longer an element: the server may refuse it", "is no longer an element");
                (&obj::ELEMENT_REMOVED, (node(old), None), what)
            }
            // This is reported as a change of the elements that follow.
            _ => return,
        };
        self.found(rule, places, Words::new(what));
    }

    /// Compares a keyword that holds one schema. Takes the rules and the words for adding the keyword and for removing it.
    pub(super) fn single(&mut self, key: &str, [added, removed]: [&'static Rule; 2], what: (&str, &str)) {
        let (old, new) = (self.old.schemas(key), self.new.schemas(key));
        let says_nothing = |sets: &mut SchemaSets<'d>, set: &[Located<'d>]| {
            let view = sets.view_of(set.to_vec());
            // An empty `contains` demands an element, and an empty `if` always holds. The name of a member is always a string.
            (view.says_nothing() && !["contains", "if"].contains(&key))
                || (key == "propertyNames"
                    && view.says_only(&["type"])
                    && view.types.as_deref() == Some(&[JsonType::String]))
        };
        let (rule, what) = match (old.is_empty(), new.is_empty()) {
            (true, true) => return,
            (true, false) if says_nothing(&mut self.graph.new, &new) => return,
            (false, true) if says_nothing(&mut self.graph.old, &old) => return,
            (false, false) => return self.inner(old, new, self.context.inner()),
            (true, false) => (added, what.0),
            (false, true) => (removed, what.1),
        };
        let places = self.places(key);
        self.found(rule, places, Words::new(what));
    }
}

/// The schema of the elements without a schema of their own.
fn rest<'d>(view: &LocatedSchema<'d>) -> Option<Located<'d>> {
    view.schemas("items").into_iter().next()
}

/// The greatest length of a list that begins with some elements of their own schemas.
fn length(view: &LocatedSchema<'_>, first: usize) -> Option<usize> {
    let most = view.said("maxItems").and_then(serde_json::Value::as_u64).and_then(|most| usize::try_from(most).ok());
    let is_closed = rest(view).is_some_and(|rest| rest.value.as_bool() == Some(false));
    most.into_iter().chain(is_closed.then_some(first)).min()
}

/// What an element may be. A list ends at its greatest length, or after the first elements if nothing may follow them.
fn element<'d>(view: &LocatedSchema<'d>, first: &[Located<'d>], index: usize) -> Element<'d> {
    match (first.get(index), rest(view)) {
        _ if length(view, first.len()).is_some_and(|length| index >= length) => Element::None,
        (Some(own), _) => Element::Of(own.clone()),
        (None, Some(rest)) if rest.object().is_some_and(|members| !members.is_empty()) => Element::Of(rest),
        (None, _) => Element::Any,
    }
}
