//! The emitted items of two sides to those that differ, and what each difference means for a program that uses the item.
//!
//! Takes two lowered documents, asks `emit` what it makes of each and compares that: names as the compiler would look them up,
//! types behind their aliases. A type that is only called something else is one change, not one for each place that mentions it.
//! Knows nothing of the wire; words and deprecations are no changes.

mod client;
mod enumerations;
mod headers;
mod models;
mod nodes;
mod operations;
mod pairs;
mod replies;
mod structures;
mod text;
mod types;
mod unions;

use crate::analyze::Plan;
use crate::diff::change::{ItemChange, Verdict};
use crate::diff::side::Side;
use crate::document::Document;
use crate::node::Node;
use types::Types;

/// Compares the emitted items; the order is that of the old document, then that of the new one.
pub fn compare(old: &Side, new: &Side) -> Vec<ItemChange> {
    let (old_plan, new_plan) = (Plan::new(&old.api), Plan::new(&new.api));
    let mut items =
        Items { old: &old.document, new: &new.document, types: Types::new(&old_plan, &new_plan), found: Vec::new() };
    items.client();
    items.operations();
    items.models();
    items.found
}

/// The state of a comparison.
struct Items<'a> {
    old: &'a Document,
    new: &'a Document,
    types: Types<'a>,
    found: Vec<ItemChange>,
}

/// An item on one side: its signature, and what it is made from.
#[derive(Clone, Default)]
struct Signed {
    text: Option<String>,
    node: Option<Node>,
}

impl Signed {
    fn new(text: impl Into<String>, node: Node) -> Self {
        Self { text: Some(text.into()), node: Some(node) }
    }

    /// An item that is not there.
    fn none() -> Self {
        Self::default()
    }

    /// An item that is not there, and where it would be.
    fn at(node: Option<Node>) -> Self {
        Self { text: None, node }
    }
}

impl Items<'_> {
    fn push(&mut self, path: impl Into<String>, before: Signed, after: Signed, verdict: Verdict) -> &mut ItemChange {
        let (index, path) = (self.found.len(), path.into());
        self.found.push(ItemChange {
            path,
            before: before.text,
            after: after.text,
            verdict,
            hint: None,
            old: before.node,
            new: after.node,
        });
        &mut self.found[index]
    }
}

impl ItemChange {
    fn hint(&mut self, hint: impl Into<String>) {
        self.hint = Some(hint.into());
    }
}
