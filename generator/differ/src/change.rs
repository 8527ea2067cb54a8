//! What a change is, and what it means.

use std::sync::Arc;

use generator::diagnostics::Place;
use generator::emit::ItemKind;
use generator::node::Node;

use crate::rules::Rule;
use crate::verdict::{Direction, Verdict};

/// An operation that a change reaches, and in which direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reach {
    /// `GET /orders`.
    pub operation: String,
    /// Whether the change is in the request or in the response. `None` for the operation itself.
    pub direction: Option<Direction>,
    /// The key of `responses`, for what is received.
    pub status: Option<String>,
}

/// One edit, and what it means.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// What changed, in the document's terms: `Order.note`, `GET /orders query limit`, `GET /orders 200`.
    pub subject: String,
    /// What happened to it, a sentence without a full stop.
    pub what: String,
    /// What the document said, where that can be said briefly.
    pub before: Option<String>,
    /// What it says, where that can be said briefly.
    pub after: Option<String>,
    /// Where in the old document. `None` if it was added.
    pub old: Option<Place>,
    /// Where in the new document. `None` if it was removed.
    pub new: Option<Place>,
    /// The other places of the same edit.
    pub others: Vec<Other>,
    /// The operations it reaches, in the order of the documents. Many changes reach the same operations and share the list.
    pub reach: Arc<[Reach]>,
    /// What becomes of clients that are already built: whether they can go on talking to the server.
    pub wire: Verdict,
    /// What becomes of programs written against the old emitted crate when they are compiled against the new one.
    pub rust: Verdict,
    /// The emitted items that differ because of it.
    pub items: Vec<ItemChange>,
    /// What the caller should write or do, if anything.
    pub hint: Option<String>,
}

/// Another place of an edit that is the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// See [`Change::subject`].
    pub subject: String,
    /// See [`Change::old`].
    pub old: Option<Place>,
    /// See [`Change::new`].
    pub new: Option<Place>,
}

/// What happened to an emitted item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Difference {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It holds another type, or is another kind of type.
    Retyped,
    /// It stands for something else on the wire.
    Remeant,
    /// It takes another argument.
    ArgumentAdded,
    /// One of its arguments is gone.
    ArgumentRemoved,
    /// Its parts have another order.
    Reordered,
}

/// An emitted item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Its path inside the API's module: `Order.note`, `Status::Void`, `Client::list_orders`.
    pub path: String,
    /// Its name alone.
    pub name: String,
    /// What it is.
    pub kind: ItemKind,
    /// What happened to it.
    pub difference: Difference,
    /// Its old signature, as in the emitted code. `None` if it was added.
    pub before: Option<String>,
    /// Its new signature. `None` if it was removed.
    pub after: Option<String>,
    /// What it means for programs that use it.
    pub verdict: Verdict,
    /// What to write instead, if anything.
    pub hint: Option<String>,
    /// Who needs the hint: programs that send values, or programs that receive them. `None` means all programs.
    pub hint_for: Option<Direction>,
    /// What the old document makes it from: an operation, a parameter, a schema, the schema of a property.
    pub old: Option<Node>,
    /// What the new document makes it from.
    pub new: Option<Node>,
}

/// An old and a new place. `None` on the side where it is missing.
pub type Places = (Option<Node>, Option<Node>);

/// What [`wire`](super::wire) found: a change without its Rust side.
#[derive(Clone, Debug)]
pub struct WireChange {
    /// The kind of change.
    pub rule: &'static Rule,
    /// See [`Change::subject`].
    pub subject: String,
    /// See [`Change::what`].
    pub what: String,
    /// See [`Change::before`].
    pub before: Option<String>,
    /// See [`Change::after`].
    pub after: Option<String>,
    /// The place in the old document, as specific as possible: the schema of a property rather than the schema that contains it.
    pub old: Option<Node>,
    /// The place in the new document.
    pub new: Option<Node>,
    /// The other places of the edit. Items that are emitted from these places differ because of it.
    pub more: Vec<Places>,
    /// See [`Change::reach`].
    pub reach: Arc<[Reach]>,
    /// The worst verdict of all directions in which it was met.
    pub wire: Verdict,
    /// What the caller should do, if anything.
    pub hint: Option<String>,
}
