//! The elements of lists.

use super::{Compare, Words};
use crate::diff::rules::{Rule, obj};
use crate::diff::wire::located::Located;
use crate::diff::wire::schemas::located_schema::LocatedSchema;

impl<'d> Compare<'_, 'd> {
    pub(super) fn lists(&mut self) {
        let what = ("has elements that must fit a schema", "has elements that need no longer fit a schema");
        self.single("items", [&obj::ITEMS_ADDED, &obj::ITEMS_REMOVED], what);
        let (old, new) = (self.old.list("prefixItems"), self.new.list("prefixItems"));
        for (before, after) in old.iter().zip(&new) {
            self.inner(vec![before.clone()], vec![after.clone()], self.context.inner());
        }
        for after in new.iter().skip(old.len()) {
            let words = Words::new("is another element with a schema of its own");
            self.found(&obj::PREFIX_ITEMS_ADDED, (None, Some(after.node.clone())), words);
        }
        for before in old.iter().skip(new.len()) {
            let words = Words::new("is no longer an element with a schema of its own");
            self.found(&obj::PREFIX_ITEMS_REMOVED, (Some(before.node.clone()), None), words);
        }
    }

    /// A keyword that holds one schema: what follows from its coming, and from its going.
    pub(super) fn single(&mut self, key: &str, [added, removed]: [&'static Rule; 2], what: (&str, &str)) {
        let some = |view: &LocatedSchema<'d>| -> Vec<Located<'d>> { view.schemas(key) };
        let (old, new) = (some(&self.old), some(&self.new));
        let (rule, what) = match (old.is_empty(), new.is_empty()) {
            (true, true) => return,
            (false, false) => return self.inner(old, new, self.context.inner()),
            (true, false) => (added, what.0),
            (false, true) => (removed, what.1),
        };
        let places = self.places(key);
        self.found(rule, places, Words::new(what));
    }
}
