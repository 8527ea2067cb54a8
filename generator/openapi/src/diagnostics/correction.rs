//! What an overlay can do about a message: the actions that correct the document.
//!
//! Takes and gives values. The code that reports a message decides which action corrects it.

use std::collections::HashSet;

use serde_json::Value;

use super::{Diagnostic, FileId};
use crate::pointer::Pointer;

/// A change of a node that makes its message go away.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mend {
    /// Remove the node.
    Remove,
    /// Give the node another value.
    Write(Value),
    /// Give the node a member with this name and value.
    Put(String, Value),
    /// Give the node the members of this object.
    Merge(Value),
    /// Give the node another key.
    Rename(String),
}

/// What an overlay can do about the messages on one document.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The document.
    pub file: FileId,
    /// The actions for each message.
    pub messages: Vec<(Diagnostic, Vec<Action>)>,
}

/// An action of an overlay, or two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Action {
    /// The node that it changes.
    pub at: Pointer,
    /// Its JSONPath.
    pub path: String,
    /// The JSONPath of what holds it.
    pub parent: String,
    /// What it does there.
    pub change: Change,
}

/// What an action does to its node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Merges this value into the node.
    Update(Value),
    /// Replaces the node by this value. The overlay removes the node first, because an update would add to it.
    Replace(Value),
    /// Removes the node.
    Remove,
}

impl Correction {
    /// The actions for all messages, ordered so that an action does not move the target of another one. Removals come last, and of a list
    /// the last element is removed first.
    pub fn actions(&self) -> Vec<&Action> {
        let all = || self.messages.iter().flat_map(|(_, actions)| actions);
        let removed: HashSet<&Pointer> =
            all().filter(|action| action.change == Change::Remove).map(|action| &action.at).collect();
        let is_inside = |action: &Action| above(&action.at).any(|pointer| removed.contains(&pointer));
        let mut known = HashSet::new();
        let wanted = all().filter(|action| !is_inside(action) && known.insert(*action));
        let (mut last, first): (Vec<&Action>, Vec<&Action>) =
            wanted.partition(|action| action.change == Change::Remove);
        last.sort_by_cached_key(|action| std::cmp::Reverse(order(&action.at)));
        first.into_iter().filter(|action| !removed.contains(&action.at)).chain(last).collect()
    }
}

fn above(pointer: &Pointer) -> impl Iterator<Item = Pointer> {
    let segments = pointer.segments();
    (0..segments.len()).map(move |depth| Pointer::root().extend(segments.iter().take(depth)))
}

/// Elements of a list in their order.
fn order(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer.segments().into_iter().map(|it| (it.parse().unwrap_or_default(), it.to_owned())).collect()
}

impl Action {
    /// The action on one line of YAML, or two of them.
    pub fn lines(&self) -> Vec<String> {
        self.fields().iter().map(|fields| format!("- {{{fields}}}")).collect()
    }

    /// The same lines with a description. Takes it as a JSON string.
    pub fn described(&self, description: &str) -> Vec<String> {
        self.fields().iter().map(|fields| format!("- {{description: {description}, {fields}}}")).collect()
    }

    fn fields(&self) -> Vec<String> {
        let (path, parent) = (quoted(&self.path), quoted(&self.parent));
        let remove = format!("target: {path}, remove: true");
        match &self.change {
            Change::Update(members) => vec![format!("target: {path}, update: {members}")],
            Change::Remove => vec![remove],
            Change::Replace(value) => {
                let key = quoted(self.at.last().unwrap_or_default());
                vec![remove, format!("target: {parent}, update: {{{key}: {value}}}")]
            }
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
