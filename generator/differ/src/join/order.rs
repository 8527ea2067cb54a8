//! The order of changes: the worst first, then in the order of the new document. What is gone keeps its position.

use std::cmp::Reverse;
use std::collections::HashMap;

use generator::document::Document;
use generator::node::Node;
use generator::pointer::Pointer;
use serde_json::Value;

use crate::change::Change;

/// A change, and its places in both documents.
pub(super) struct Placed {
    pub change: Change,
    pub old: Option<Node>,
    pub new: Option<Node>,
}

/// The changes in order.
pub(super) fn sorted(changes: Vec<Placed>, old: &Document, new: &Document) -> Vec<Change> {
    let (mut old, mut new) = (Positions::new(old), Positions::new(new));
    let mut keyed: Vec<_> = changes
        .into_iter()
        .map(|placed| {
            let place = match (&placed.new, &placed.old) {
                (Some(node), _) => new.of(node),
                (None, Some(node)) => old.of(node),
                (None, None) => Vec::new(),
            };
            let Change { wire, rust, rule, .. } = placed.change;
            let harm = Reverse((wire.max(rust), wire, rust));
            ((harm, place, placed.change.subject.clone(), rule.id), placed.change)
        })
        .collect();
    keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    keyed.into_iter().map(|(_, change)| change).collect()
}

/// The positions of members, by the object that holds them.
struct Positions<'d> {
    document: &'d Document,
    members: HashMap<Node, HashMap<&'d str, usize>>,
}

impl<'d> Positions<'d> {
    fn new(document: &'d Document) -> Self {
        Self { document, members: HashMap::new() }
    }

    /// A node's position in each object that contains it, the outermost first.
    fn of(&mut self, node: &Node) -> Vec<usize> {
        let mut at = Node { file: node.file, pointer: Pointer::root() };
        let mut position = vec![usize::try_from(node.file.0).unwrap_or_default()];
        for segment in node.pointer.segments() {
            let below = at.join(segment);
            position.push(match self.document.value(&at) {
                Some(Value::Object(members)) => {
                    let known =
                        self.members.entry(at).or_insert_with(|| members.keys().map(String::as_str).zip(0..).collect());
                    known.get(segment).copied().unwrap_or(usize::MAX)
                }
                _ => segment.parse().unwrap_or(usize::MAX),
            });
            at = below;
        }
        position
    }
}
