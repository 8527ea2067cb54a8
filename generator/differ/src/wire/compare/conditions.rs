//! Conditions: schemas that a value must fit only in some cases, and schemas that it must not fit.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Compare, Words};
use crate::Rule;
use crate::rules::{compose, obj, value};
use crate::wire::located::Located;

impl<'d> Compare<'_, 'd> {
    pub(super) fn conditions(&mut self) {
        let what = ("must have an element that fits a schema", "need not have an element any more that fits a schema");
        self.single("contains", [&obj::CONTAINS_ADDED, &obj::CONTAINS_REMOVED], what);
        let what = ("has member names that must fit a schema", "has member names that need no longer fit a schema");
        self.single("propertyNames", [&obj::PROPERTY_NAMES_ADDED, &obj::PROPERTY_NAMES_REMOVED], what);
        let what = ("must fit a schema under its condition", "need not fit a schema any more under its condition");
        self.single("then", [&compose::THEN_ADDED, &compose::THEN_REMOVED], what);
        let what = (
            "must fit a schema unless under its condition",
            "need not fit a schema any more unless under its condition",
        );
        self.single("else", [&compose::ELSE_ADDED, &compose::ELSE_REMOVED], what);
        let what = ("holds contents that must fit a schema", "holds contents that need no longer fit a schema");
        self.single("contentSchema", [&value::CONTENT_SCHEMA_ADDED, &value::CONTENT_SCHEMA_REMOVED], what);
        let what = (
            "restricts the elements that no part speaks of",
            "no longer restricts the elements that no part speaks of",
        );
        self.single("unevaluatedItems", [&obj::UNEVALUATED_ITEMS_ADDED, &obj::UNEVALUATED_ITEMS_REMOVED], what);
        let what =
            ("restricts the members that no part speaks of", "no longer restricts the members that no part speaks of");
        let rules = [&obj::UNEVALUATED_PROPERTIES_ADDED, &obj::UNEVALUATED_PROPERTIES_REMOVED];
        self.single("unevaluatedProperties", rules, what);
        self.negation();
        self.condition();
        let (old, new) = (self.old.map("dependentSchemas"), self.new.map("dependentSchemas"));
        self.schemas(
            &old,
            &new,
            &obj::DEPENDENT_SCHEMA_ADDED,
            &obj::DEPENDENT_SCHEMA_REMOVED,
            ("restricts", "objects that have"),
        );
        self.dependent_required();
    }

    /// `not`: if its schema becomes narrower, more values are valid.
    fn negation(&mut self) {
        let outer = self.context;
        let (old, new) = (self.old.schemas("not"), self.new.schemas("not"));
        if !old.is_empty() && !new.is_empty() {
            self.inner(old, new, outer.inner().negated());
            return;
        }
        self.single(
            "not",
            [&compose::NOT_ADDED, &compose::NOT_REMOVED],
            ("must not fit a schema", "may fit a schema that it could not"),
        );
    }

    /// A changed `if` is neither narrower nor wider, because it divides the values in another way.
    fn condition(&mut self) {
        let (old, new) = (self.old.keyword("if"), self.new.keyword("if"));
        match (old, new) {
            (Some((_, old)), Some((_, new))) if old != new => {
                let places = self.places("if");
                self.found(&compose::IF_CHANGED, places, Words::new("depends on another condition"));
            }
            (Some(_), Some(_)) => {}
            _ => self.single(
                "if",
                [&compose::IF_ADDED, &compose::IF_REMOVED],
                ("depends on a condition", "depends on no condition any more"),
            ),
        }
    }

    /// A keyword that holds schemas by name.
    pub(super) fn schemas(
        &mut self,
        old: &IndexMap<&'d str, Vec<Located<'d>>>,
        new: &IndexMap<&'d str, Vec<Located<'d>>>,
        added: &'static Rule,
        removed: &'static Rule,
        (verb, what): (&str, &str),
    ) {
        for (name, after) in new {
            match old.get(name) {
                Some(before) => self.inner(before.clone(), after.clone(), self.context.inner()),
                None => {
                    let places = (None, after.first().map(|at| at.node.clone()));
                    self.found(added, places, Words::new(format!("{verb} {what} `{name}`")));
                }
            }
        }
        for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let places = (before.first().map(|at| at.node.clone()), None);
            self.found(removed, places, Words::new(format!("no longer {verb} {what} `{name}`")));
        }
    }

    fn dependent_required(&mut self) {
        let (old, new) = (self.old.map("dependentRequired"), self.new.map("dependentRequired"));
        let places = self.places("dependentRequired");
        let read = |at: &[Located<'_>]| -> Vec<Value> {
            let mut names: Vec<Value> = at.iter().flat_map(Located::elements).map(|at| at.value.clone()).collect();
            names.sort_by_key(Value::to_string);
            names
        };
        let listed = |names: &[Value]| Some(super::brief_all(&names.iter().collect::<Vec<_>>()));
        for (name, after) in &new {
            let after = read(after);
            match old.get(name).map(|before| read(before)) {
                None => {
                    let words =
                        Words::new(format!("demands other members beside `{name}`")).values(None, listed(&after));
                    self.found(&obj::DEPENDENT_REQUIRED_ADDED, places.clone(), words);
                }
                Some(before) if before != after => {
                    let words = Words::new(format!("demands others than before beside `{name}`"));
                    let words = words.values(listed(&before), listed(&after));
                    self.found(&obj::DEPENDENT_REQUIRED_CHANGED, places.clone(), words);
                }
                Some(_) => {}
            }
        }
        for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let words = Words::new(format!("no longer demands other members beside `{name}`"));
            self.found(&obj::DEPENDENT_REQUIRED_REMOVED, places.clone(), words.values(listed(&read(before)), None));
        }
    }
}
