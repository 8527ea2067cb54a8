//! Schemas of `components` that were added, removed or renamed.

use std::collections::{HashMap, HashSet};

use generator::document::{Document, Node};
use serde_json::Value;

use crate::rules::doc;
use crate::wire::Walk;
use crate::wire::finding::Finding;
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::schemas::hidden::schemas;
use crate::wire::schemas::shape::{DEEP, shape};

impl<'d> Walk<'d> {
    /// Compares which schemas there are.
    pub(in crate::wire) fn components(&mut self) {
        let (old, new) = (schemas(self.old), schemas(self.new));
        let names = |list: &[(&'d str, Located<'d>)]| list.iter().map(|(name, _)| *name).collect::<HashSet<_>>();
        let (old_names, new_names) = (names(&old), names(&new));
        let mut removed: Vec<(&str, Located)> = old.into_iter().filter(|(name, _)| !new_names.contains(name)).collect();
        let mut added: Vec<(&str, Located)> = new.into_iter().filter(|(name, _)| !old_names.contains(name)).collect();
        for (before, after) in self.renames(&mut removed, &mut added) {
            let what = format!("has another name: `{}` instead of `{}`", after.0, before.0);
            let rule = &doc::SCHEMA_RENAMED;
            let found = finding(rule, Some(&before.1.node), Some(&after.1.node), what);
            self.findings.add(&found.values(Some(before.0), Some(after.0)));
        }
        let mut inlined = moved(self.new, &added, self.old);
        for (_, at) in &added {
            let rule = &doc::SCHEMA_ADDED;
            let found = finding(rule, None, Some(&at.node), "is a new schema");
            let more = inlined.remove(&at.node).unwrap_or_default();
            self.findings.add(&Finding { more: more.into_iter().map(|node| (Some(node), None)).collect(), ..found });
        }
        let mut inlined = moved(self.old, &removed, self.new);
        for (_, at) in &removed {
            let rule = &doc::SCHEMA_REMOVED;
            let what = "is no longer a schema of the components";
            let found = finding(rule, Some(&at.node), None, what);
            let more = inlined.remove(&at.node).unwrap_or_default();
            self.findings.add(&Finding { more: more.into_iter().map(|node| (None, Some(node))).collect(), ..found });
        }
    }

    /// Removes corresponding schemas from both lists: those with the same use, or with a shape that is unique.
    #[expect(clippy::type_complexity, reason = "a pair of the lists' elements")]
    fn renames(
        &mut self,
        removed: &mut Vec<(&'d str, Located<'d>)>,
        added: &mut Vec<(&'d str, Located<'d>)>,
    ) -> Vec<((&'d str, Located<'d>), (&'d str, Located<'d>))> {
        let mut by_shape: HashMap<u64, (usize, usize)> = HashMap::new();
        for (_, at) in removed.iter() {
            let view = self.graph.old.view_of(vec![at.clone()]);
            by_shape.entry(shape(&mut self.graph.old, &view, DEEP)).or_default().0 += 1;
        }
        for (_, at) in added.iter() {
            let view = self.graph.new.view_of(vec![at.clone()]);
            by_shape.entry(shape(&mut self.graph.new, &view, DEEP)).or_default().1 += 1;
        }
        let mut found = Vec::new();
        removed.retain(|before| {
            let view = self.graph.old.view_of(vec![before.1.clone()]);
            let own = shape(&mut self.graph.old, &view, DEEP);
            let used = self.graph.renamed.get(&before.1.node).cloned();
            let position = added.iter().position(|(_, after)| match &used {
                Some(used) => *used == after.node,
                None => {
                    let view = self.graph.new.view_of(vec![after.clone()]);
                    by_shape.get(&own) == Some(&(1, 1)) && shape(&mut self.graph.new, &view, DEEP) == own
                }
            });
            match position {
                Some(position) => {
                    found.push((before.clone(), added.remove(position)));
                    false
                }
                None => true,
            }
        });
        found
    }
}

/// For each of some components, the places that refer to it here and hold an inline schema in the other document. The schema was moved.
fn moved(document: &Document, components: &[(&str, Located<'_>)], other: &Document) -> HashMap<Node, Vec<Node>> {
    let mut found: HashMap<Node, Vec<Node>> = HashMap::new();
    let known: HashSet<&Node> = components.iter().map(|(_, at)| &at.node).collect();
    let mut pending: Vec<Located<'_>> = Vec::new();
    if !known.is_empty() {
        pending.extend(Located::new(document, document.root()));
    }
    while let Some(at) = pending.pop() {
        if let Some(target) = at.text("$ref").and_then(|text| document.target(&at.node, text).ok())
            && known.contains(&target)
        {
            let there = Node { file: other.root().file, pointer: at.node.pointer.clone() };
            let is_schema = |value: &Value| value.is_object() && value.get("$ref").is_none();
            if other.value(&there).is_some_and(is_schema) {
                found.entry(target).or_default().push(there);
            }
        }
        pending.extend(at.members().map(|(_, member)| member).chain(at.elements()));
    }
    found
}
