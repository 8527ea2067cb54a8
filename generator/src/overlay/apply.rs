//! Performs actions on a tree, one after the other, and records what they did.

use std::cmp::Reverse;

use serde_json::Value;

use super::action::{Action, Change, Version};
use super::merge::{append, kind, merge};
use super::origins::{Origins, Source};
use super::target::select;
use crate::diagnostics::Diagnostics;
use crate::pointer::Pointer;

/// The tree in the state that the actions so far have left it in.
pub(super) struct Run<'d> {
    pub(super) root: Value,
    pub(super) origins: Origins,
    pub(super) out: &'d mut Diagnostics,
}

impl Run<'_> {
    pub(super) fn perform(&mut self, action: &Action<'_>) {
        let targets = select(&action.target, &self.root);
        if targets.is_empty() {
            let message = format!("the target `{}` matches nothing", action.target);
            let help = "the document may have changed: remove the action if its reason is gone, or correct the target";
            return self.out.push(action.error("overlay-no-match", "target", message).help(help));
        }
        match &action.change {
            Change::Remove => self.remove(action, targets),
            Change::Update(update) => {
                let source = Source::Overlay(action.pointer.join("update"));
                targets.iter().for_each(|at| self.update(action, at, update, &source, "update"));
            }
            Change::Copy(path) => self.copy(action, &targets, &select(path, &self.root)),
        }
    }

    fn copy(&mut self, action: &Action<'_>, targets: &[Pointer], selected: &[Pointer]) {
        let (Some(from), 1) = (selected.first(), selected.len()) else {
            let message = format!("`copy` selects {} nodes, but takes exactly one", selected.len());
            let code = if selected.is_empty() { "overlay-no-match" } else { "overlay-copy" };
            return self.out.push(action.error(code, "copy", message).help("narrow the expression to one node"));
        };
        let Some(value) = from.resolve(&self.root).cloned() else { return };
        for at in targets {
            self.update(action, at, &value, &Source::Document(from.clone()), "copy");
        }
    }

    fn update(&mut self, action: &Action<'_>, at: &Pointer, update: &Value, source: &Source, member: &str) {
        let Some(target) = resolve_mut(&mut self.root, at) else { return };
        match target {
            Value::Array(elements) if action.version == Version::V1_0 || !update.is_array() => {
                return append(elements, update, at, source.clone(), &mut self.origins);
            }
            Value::Object(_) | Value::Array(_) => {}
            _ if action.version == Version::V1_0 || matches!(update, Value::Object(_) | Value::Array(_)) => {
                let message = format!("{at} is {}, which cannot be updated", kind(target));
                let help = "let the target select the object that holds it, and the update name the member";
                return self.out.push(action.error("overlay-primitive-target", "target", message).help(help));
            }
            _ => {}
        }
        for mismatch in merge(target, update, at, source, &mut self.origins) {
            let (old, new) = mismatch.kinds;
            let message = format!("{} is {old} and cannot be merged with {new}", mismatch.at);
            let help = "to replace it, remove it in an action of its own before this one";
            self.out.push(action.error("overlay-mismatch", member, message).help(help));
        }
    }

    /// Removes the deepest nodes first, and of an array the last elements first, so that what is still to be removed
    /// stays where it was selected.
    fn remove(&mut self, action: &Action<'_>, mut targets: Vec<Pointer>) {
        targets.sort_by_cached_key(|at| {
            let index = at.last().and_then(|last| last.parse::<usize>().ok());
            Reverse((at.segments().len(), index))
        });
        for at in targets {
            let Some(last) = at.last() else {
                let error = action.error("overlay-remove-root", "target", "the whole document cannot be removed");
                self.out.push(error.help("let the target select a member"));
                continue;
            };
            match resolve_mut(&mut self.root, &at.parent()) {
                Some(Value::Object(members)) => drop(members.shift_remove(last)),
                Some(Value::Array(elements)) => {
                    if let Some(index) = last.parse().ok().filter(|index| *index < elements.len()) {
                        elements.remove(index);
                        self.origins.record_removal(at.parent(), index);
                    }
                }
                _ => {}
            }
        }
    }
}

fn resolve_mut<'v>(root: &'v mut Value, at: &Pointer) -> Option<&'v mut Value> {
    at.segments().iter().try_fold(root, |value, segment| match value {
        Value::Object(members) => members.get_mut(segment),
        Value::Array(elements) => elements.get_mut(segment.parse::<usize>().ok()?),
        _ => None,
    })
}
