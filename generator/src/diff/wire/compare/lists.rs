//! The elements of lists.

use super::{Compare, Words};
use crate::diff::rules::obj;
use crate::diff::wire::at::At;
use crate::diff::wire::view::View;

impl<'d> Compare<'_, 'd> {
    pub(super) fn lists(&mut self) {
        self.single("items", &obj::ITEMS_ADDED, &obj::ITEMS_REMOVED, "elements");
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

    /// A keyword that holds one schema.
    pub(super) fn single(
        &mut self,
        key: &str,
        added: &'static crate::diff::Rule,
        removed: &'static crate::diff::Rule,
        what: &str,
    ) {
        let some = |view: &View<'d>| -> Vec<At<'d>> { view.schemas(key) };
        let (old, new) = (some(&self.old), some(&self.new));
        match (old.first(), new.first()) {
            (None, None) => {}
            (Some(_), Some(_)) => self.inner(old, new, self.context.inner()),
            (None, Some(_)) => {
                let places = self.places(key);
                self.found(added, places, Words::new(format!("has {what} that must fit a schema")));
            }
            (Some(_), None) => {
                let places = self.places(key);
                self.found(removed, places, Words::new(format!("has {what} that need no longer fit a schema")));
            }
        }
    }
}
