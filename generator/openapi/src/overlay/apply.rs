//! Performs actions on a tree, one after the other, and records what they did.
//!
//! What they may make of a document is bounded: so many nodes ([`MAX_ADDED`](crate::limits::MAX_ADDED)), so deep
//! ([`MAX_NESTING`](crate::limits::MAX_NESTING)), and so much searching for what a target selects.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::action::{Action, Change, Version};
use super::meant;
use super::merge::{append, kind, merge};
use super::origins::{Origins, Source};
use super::target::{self, select};
use crate::diagnostics::{Diagnostics, codes};
use crate::limits::{MAX_ADDED, MAX_ADDED_EACH, MAX_NESTING};
use crate::pointer::Pointer;

/// The tree after the actions so far.
pub(super) struct Run<'d> {
    pub(super) root: Value,
    pub(super) origins: Origins,
    pub(super) out: &'d mut Diagnostics,
    /// The nodes that the document had.
    pub(super) written: usize,
    /// The nodes that the actions so far have added.
    pub(super) added: usize,
}

impl Run<'_> {
    pub(super) fn perform(&mut self, action: &Action<'_>) {
        if self.is_full() {
            return;
        }
        let paths = match &action.change {
            Change::Copy(path) => vec![("target", &action.target), ("copy", path)],
            _ => vec![("target", &action.target)],
        };
        for (member, path) in paths {
            if let Err(fault) = target::check_cost(path, &self.root, self.written + self.added) {
                let error = action.error(codes::OVERLAY_TARGET_COST, member, fault);
                return self.out.push(error.help("name more of the way, with fewer `..`, `*` and filters"));
            }
        }
        let targets = select(&action.target, &self.root);
        if targets.is_empty() {
            let message = format!("the target `{}` matches nothing", action.target);
            let help = "the document may have changed: remove the action if its reason is gone, or correct the target";
            let meant = meant::path(&action.target.to_string(), &self.root);
            let help = meant.map_or_else(|| help.to_owned(), |path| format!("did you mean `{path}`?"));
            return self.out.push(action.error(codes::OVERLAY_NO_MATCH, "target", message).help(help));
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
            let code = if selected.is_empty() { codes::OVERLAY_NO_MATCH } else { codes::OVERLAY_COPY };
            return self.out.push(action.error(code, "copy", message).help("narrow the expression to one node"));
        };
        let Some(value) = from.resolve(&self.root).cloned() else { return };
        for at in targets {
            self.update(action, at, &value, &Source::Document(from.clone()), "copy");
        }
    }

    fn is_full(&self) -> bool {
        self.added > MAX_ADDED.max(self.written.saturating_mul(MAX_ADDED_EACH))
    }

    /// Whether there is room for a value at a place. If not, this is reported.
    fn has_room(&mut self, action: &Action<'_>, at: &Pointer, value: &Value, member: &str) -> bool {
        if self.is_full() {
            return false;
        }
        let (nodes, height) = extent(value);
        self.added = self.added.saturating_add(nodes);
        let message = if at.depth() + height > MAX_NESTING {
            format!("this would nest deeper than {MAX_NESTING} levels")
        } else if self.is_full() {
            let (added, written) = (self.added, self.written);
            format!("the actions up to here put {added} nodes into a document of {written}")
        } else {
            return true;
        };
        self.out.push(action.error(codes::OVERLAY_GROWTH, member, message).help("let the target select fewer nodes"));
        false
    }

    fn update(&mut self, action: &Action<'_>, at: &Pointer, update: &Value, source: &Source, member: &str) {
        if !self.has_room(action, at, update, member) {
            return;
        }
        let Some(target) = at.resolve_mut(&mut self.root) else { return };
        match target {
            Value::Array(elements) if action.version == Version::V1_0 || !update.is_array() => {
                return append(elements, update, at, source.clone(), &mut self.origins);
            }
            Value::Object(_) | Value::Array(_) => {}
            _ if action.version == Version::V1_0 || matches!(update, Value::Object(_) | Value::Array(_)) => {
                let message = format!("{at} is {}, which cannot be updated", kind(target));
                let help = "let the target select the object that holds it, and the update name the member";
                return self.out.push(action.error(codes::OVERLAY_PRIMITIVE_TARGET, "target", message).help(help));
            }
            _ => {}
        }
        for mismatch in merge(target, update, at, source, &mut self.origins) {
            let (old, new) = mismatch.kinds;
            let message = format!("{} is {old} and cannot be merged with {new}", mismatch.at);
            let help = "to replace it, remove it in an action of its own before this one";
            self.out.push(action.error(codes::OVERLAY_MISMATCH, member, message).help(help));
        }
    }

    /// Removes the deepest nodes first, and those of one array or object together, so that the other selected nodes keep their places.
    fn remove(&mut self, action: &Action<'_>, targets: Vec<Pointer>) {
        let mut removed: BTreeMap<(usize, Pointer), HashSet<String>> = BTreeMap::new();
        for at in targets {
            match at.last() {
                Some(last) => {
                    let from = removed.entry((at.depth(), at.parent())).or_default();
                    from.insert(last.to_owned());
                }
                None => {
                    let error =
                        action.error(codes::OVERLAY_REMOVE_ROOT, "target", "the whole document cannot be removed");
                    self.out.push(error.help("let the target select a member"));
                }
            }
        }
        for ((_, from), names) in removed.into_iter().rev() {
            match from.resolve_mut(&mut self.root) {
                Some(Value::Object(members)) => members.retain(|key, _| !names.contains(key)),
                Some(Value::Array(elements)) => {
                    let indexes = (0..elements.len()).filter(|index| names.contains(&index.to_string()));
                    let indexes: Vec<usize> = indexes.collect();
                    let mut index = 0;
                    elements.retain(|_| {
                        index += 1;
                        indexes.binary_search(&(index - 1)).is_err()
                    });
                    self.origins.record_removal(from, indexes);
                }
                _ => {}
            }
        }
    }
}

/// How many nodes a value has, and how deeply they are nested.
pub(crate) fn extent(value: &Value) -> (usize, usize) {
    let children: Vec<&Value> = match value {
        Value::Object(members) => members.values().collect(),
        Value::Array(elements) => elements.iter().collect(),
        _ => return (1, 0),
    };
    let each = children.into_iter().map(extent);
    let (nodes, height) = each.fold((1, 0), |(nodes, height), (more, below)| (nodes + more, height.max(below)));
    (nodes, height + 1)
}
